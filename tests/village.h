/*
 * village.h - a small plan in which nothing is odd, for tests of the linter: a county
 * of 1,800 people, one home, projects and caregivers that do what the targets ask for.
 * Each test changes what it wants to see found.
 */
#ifndef TESTS_VILLAGE_H
#define TESTS_VILLAGE_H

#include "models/lint.h"
#include "output/findings.h"
#include "tests/dali.h"

/* Parts of the plan; NULL: as it is in order. */
struct village {
    const char *targets; /* name,indicator,item,area,over,bound,value,by */
    const char
        *statements;      /* name,says,what,item,topic,value,unit,year,part,of,total */
    const char *projects; /* id,kind,homes,ordinary_beds,nursing_beds,opens */
    const char *levers;   /* name,kind,service,to_service,staff,bed,amount,homes,
                             from,to */
    const char *set;      /* one parameter more: section.key=value */
};

/* One that has been read, set up and looked at. */
struct visit {
    struct scratch scratch;
    struct dali dali;
    struct findings findings;
};

/* `self` must not move. */
void village_visit(struct visit *self, const struct village *village);
void village_leave(struct visit *self);

/* The finding of a rule about something, NULL when there is none; about NULL: any. */
const struct lint_finding *village_finding(
    const struct visit *self, const char *rule, const char *about);

/* Looks at a plan and fails the test unless the rule finds that, and its English text
 * holds `text` (NULL: nothing may be found by the rule). */
void village_finds(const struct village *village, const char *rule, const char *about,
    const char *text);

#endif
