/*
 * hamlet.h - a county of 1,800 people, one home and 20 caregivers, on the rates of the
 * base: a whole run of it takes milliseconds, so that a test can have hundreds.
 */
#ifndef TESTS_HAMLET_H
#define TESTS_HAMLET_H

#include "tests/program.h"

/*
 * Words of a command line, behind `run` or `check`: the scenario and its tables. No
 * one is trained, nobody who quits is replaced: the number of caregivers is 20 less
 * those who have quit, at the rate workforce.quits each.
 */
#define HAMLET                                                                   \
    "scenarios/dali/plan.yaml --set county.table=@/counties.csv "                \
    "--set population.people=@/people.csv --set migration.net=[] "               \
    "--set facility.facilities=@/facilities.csv --set facility.projects=[] "     \
    "--set workforce.caregivers=20 --set workforce.recruits=0 "                  \
    "--set workforce.replaced=0 --set lever.levers=[] --set plan.statements=[] " \
    "--set plan.targets=[] --set plan.targets=@/targets.csv "

/* Writes the tables into the folder; `targets` are rows `name,indicator,value,by`. */
void hamlet_write(const struct program *p, const char *targets);

#endif
