#include "tests/hamlet.h"

#include "sim/err.h"

#include <stdio.h>

static FILE *
table(const struct program *p, const char *name, const char *head)
{
    char path[PROGRAM_PATH + 32];

    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    FILE *f = fopen(path, "w");
    BUG_IF(f == NULL);
    fprintf(f, "%s\n", head);
    return f;
}

static void
done(FILE *f)
{
    BUG_IF(fclose(f) != 0);
}

static void
write_people(FILE *f)
{
    enum { GROUPS = 9 };
    static const int persons[GROUPS] = {100, 100, 100, 100, 100, 200, 110, 60, 30};
    static const char *const sexes[] = {"male", "female"};

    for (int s = 0; s < 2; s++)
        for (int i = 0; i < GROUPS; i++)
            fprintf(f, "539001,%s,%d,%d,%d,made up,assumption\n", sexes[s], 10 * i,
                i + 1 < GROUPS ? 10 * i + 9 : 120, persons[i]);
}

void
hamlet_write(const struct program *p, const char *targets)
{
    FILE *f = table(p, "counties.csv",
        "adcode,name_en,name_zh,population,pop_60plus,urban_share,households,"
        "one_person_households,hh_with_65plus,hh_with_one_65plus,hh_with_two_65plus,"
        "collective_population,e0_male,e0_female,tfr,longitude,latitude,townships,"
        "villages_and_communities,source,quality");

    fprintf(f, "539001,Hamlet,小村,1800,400,0.3,600,60,200,150,50,30,73.6,79.7,1.2,"
               "100,25,1,1,made up,assumption\n");
    done(f);
    f = table(p, "people.csv", "adcode,sex,age_from,age_to,persons,source,quality");
    write_people(f);
    done(f);
    f = table(p, "facilities.csv",
        "id,adcode,name,name_zh,kind,homes,ordinary_beds,nursing_beds,operating,"
        "source,quality");
    fprintf(f, "home,539001,Home,院,public_home,1,10,10,1,made up,assumption\n");
    done(f);
    f = table(p, "targets.csv", "name,indicator,value,by");
    fputs(targets, f);
    done(f);
}
