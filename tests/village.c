#define _XOPEN_SOURCE 700
#include "tests/village.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define ROW "made up,assumption\n"

static const char targets[] =
    "beds,beds_per_1000_elders,,prefecture,point,at_least,60,2025-12-31\n"
    "nursing,nursing_share,,prefecture,point,at_least,55,2025-12-31\n"
    "carers,caregivers,,prefecture,point,at_least,40,2025-12-31\n";

static const char statements[] =
    "now,is,beds,,,20,bed,2020,,,\n"
    "nursing_now,is,nursing_beds,,,10,bed,2020,,,\n"
    "share_now,is,nursing_share,,,50,%,2020,nursing_now,now,\n"
    "carers_now,is,caregivers,,,20,person,2020,,,\n"
    "carers_more,adds,trained,caregiver,,200,person,2025,,,\n"
    "more,adds,new_beds,,,40,bed,2025,,,\n"
    "more_public,adds,new_places,public_home,,30,bed,2025,,,more\n"
    "more_private,adds,new_places,private_home,,10,bed,2025,,,more\n"
    "wanted,at_least,beds_per_1000_elders,,,60,1/1000,2025,,,\n";

static const char projects[] = "one,public_home,1,10,20,2022-07-01\n"
                               "two,private_home,1,0,10,2024-07-01\n";

static const char people[] =
    "adcode,sex,age_from,age_to,persons,source,quality\n"
    "539001,male,0,9,100," ROW "539001,male,10,19,100," ROW "539001,male,20,29,100," ROW
    "539001,male,30,39,100," ROW "539001,male,40,49,100," ROW
    "539001,male,50,59,200," ROW "539001,male,60,69,110," ROW
    "539001,male,70,79,60," ROW "539001,male,80,120,30," ROW
    "539001,female,0,9,100," ROW "539001,female,10,19,100," ROW
    "539001,female,20,29,100," ROW "539001,female,30,39,100," ROW
    "539001,female,40,49,100," ROW "539001,female,50,59,200," ROW
    "539001,female,60,69,110," ROW "539001,female,70,79,60," ROW
    "539001,female,80,120,30," ROW;

static const char counties[] =
    "adcode,name_en,name_zh,population,pop_60plus,urban_share,households,"
    "one_person_households,hh_with_65plus,hh_with_one_65plus,hh_with_two_65plus,"
    "collective_population,e0_male,e0_female,tfr,longitude,latitude,townships,"
    "villages_and_communities,source,quality\n"
    "539001,Village,小村,1800,400,0.3,600,60,200,150,50,30,73.6,79.7,1.2,100,25,1,2,"
    "made up,assumption\n";

static const char facilities[] =
    "id,adcode,name,name_zh,kind,homes,ordinary_beds,nursing_beds,operating\n"
    "home,539001,Home,院,public_home,1,10,10,1\n";

/* A table with what the village says, or else what is in order. */
static void
write_table(struct scratch *scratch, const char *name, const char *head,
    const char *rows, const char *otherwise)
{
    char text[SCRATCH_TEXT];

    snprintf(text, sizeof text, "%s\n%s", head, rows != NULL ? rows : otherwise);
    scratch_write(scratch, name, text);
}

/* The same for projects, which all stand in the one county. */
static void
write_projects(struct scratch *scratch, const char *rows)
{
    char text[SCRATCH_TEXT];
    size_t used = (size_t)snprintf(text, sizeof text,
        "adcode,name,name_zh,cost_cny,id,kind,homes,ordinary_beds,nursing_beds,"
        "opens\n");

    for (const char *line = rows; *line != '\0'; line = strchr(line, '\n') + 1)
        used += (size_t)snprintf(text + used, sizeof text - used,
            "539001,New,新,1000,%.*s\n", (int)strcspn(line, "\n"), line);
    scratch_write(scratch, "projects.csv", text);
}

static void
write_plan(struct scratch *scratch, const char *base)
{
    char text[2048];

    snprintf(text, sizeof text,
        "base: %s\nstart: 2021-01-01\nend: 2026-12-31\nreplicates: 1\nseed: 1\n"
        "county:\n  table: counties.csv\n"
        "population:\n  people: people.csv\n"
        "migration:\n  net: []\n  between: 0\n"
        "workforce:\n  caregivers: 20\n  recruits: 40\n"
        "facility:\n  facilities: facilities.csv\n  projects: projects.csv\n"
        "lever:\n  levers: levers.csv\n"
        "plan:\n  targets: targets.csv\n  statements: statements.csv\n",
        base);
    scratch_write(scratch, "plan.yaml", text);
}

void
village_visit(struct visit *self, const struct village *village)
{
    struct scratch *scratch = &self->scratch;
    const char *set[] = {village->set};
    char *base = realpath("scenarios/base/base.yaml", NULL);

    assert_non_null(base);
    scratch_open(scratch);
    scratch_write(scratch, "people.csv", people);
    scratch_write(scratch, "counties.csv", counties);
    scratch_write(scratch, "facilities.csv", facilities);
    write_table(scratch, "targets.csv", "name,indicator,item,area,over,bound,value,by",
        village->targets, targets);
    write_table(scratch, "statements.csv",
        "name,says,what,item,topic,value,unit,year,part,of,total", village->statements,
        statements);
    write_table(scratch, "levers.csv",
        "name,kind,service,to_service,staff,bed,amount,homes,from,to", village->levers,
        "");
    write_projects(scratch, village->projects != NULL ? village->projects : projects);
    write_plan(scratch, base);
    free(base);
    dali_open(&self->dali, scratch_path(scratch, "plan.yaml"), set,
        village->set != NULL ? 1 : 0);
    findings_init(&self->findings, &self->dali.setup, NULL);
}

void
village_leave(struct visit *self)
{
    findings_free(&self->findings);
    dali_close(&self->dali);
    scratch_close(&self->scratch);
}

const struct lint_finding *
village_finding(const struct visit *self, const char *rule, const char *about)
{
    const struct lint *l = &self->findings.lint;

    for (int i = 0; i < l->n; i++)
        if (strcmp(l->finding[i].rule->name, rule) == 0 &&
            (about == NULL || strcmp(l->finding[i].about.name, about) == 0))
            return &l->finding[i];
    return NULL;
}

void
village_finds(const struct village *village, const char *rule, const char *about,
    const char *text)
{
    struct visit visit;

    village_visit(&visit, village);
    const struct lint_finding *f = village_finding(&visit, rule, about);
    if (text == NULL) {
        if (f != NULL)
            print_error("%s\n", f->text);
        assert_null(f);
    } else {
        if (f == NULL || strstr(f->text, text) == NULL)
            print_error("%s of %s: %s\n  expected: %s\n", rule, about,
                f != NULL ? f->text : "nothing found", text);
        assert_non_null(f);
        assert_non_null(strstr(f->text, text));
        assert_null(strchr(f->text, '{'));
        assert_null(strchr(f->text_zh, '{'));
    }
    village_leave(&visit);
}
