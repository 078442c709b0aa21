# Usage: mpi.sh   The same digest from one process and from one, two and three ranks, and
# from six, of which two teams run a replicate each; likewise where counties are split,
# until it is decided, and where three of four teams have nothing to do. Ranks stop when asked to.
# Needs carecap and carecap-mpi; run from the project's root.
folder=$(mktemp -d)
export folder OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
trap 'rm -rf "$folder"' EXIT
digest() { sed -n 's/^digest  //p'; }

# compare NAME RANKS OPTIONS, of the ranks also $teams: ranks that did not share the run
# would each write the file, and one would fail
teams=
compare() {
    name=$1 ranks=$2
    shift 2
    want=$(./carecap run "$@" --quiet --threads 1 -o "$folder/$name-serial.h5" --force | digest)
    [ -n "$want" ] || { echo "mpi.sh: carecap gave no digest"; exit 1; }
    said=$(mpirun --oversubscribe -n "$ranks" ./carecap-mpi run "$@" $teams --quiet \
        --threads 2 -o "$folder/$name-$ranks.h5") || { echo "mpi.sh: $ranks ranks failed"; exit 1; }
    got=$(echo "$said" | digest)
    if [ "$got" != "$want" ]; then
        echo "mpi.sh: $ranks ranks gave digest '$got', one process '$want'"
        exit 1
    fi
}

for ranks in 1 2 3 6; do
    compare quarter $ranks scenarios/dali/plan.yaml --until 2021-03-31 --replicates 2
done
# Counties whose young are in shards of their own, most of them on other ranks.
here=$PWD/scenarios/dali
cat >"$folder/homes.yaml" <<END
base: $PWD/scenarios/base/base.yaml
title: Dali, homes only
start: 2021-01-01
end: 2021-06-30
replicates: 1
seed: 4
county: {table: {value: $here/counties.csv, source: test, quality: assumption}}
population: {people: {value: $here/people.csv, source: test, quality: assumption}}
migration: {net: {value: $here/migration.csv, source: test, quality: assumption}}
fertility: {level: {value: 1, source: test, quality: assumption}}
workforce: {caregivers: {value: 900, unit: person, source: test, quality: assumption}}
facility: {facilities: {value: homes.csv, source: test, quality: assumption}}
END
{
    echo id,adcode,name,name_zh,kind,homes,ordinary_beds,nursing_beds,operating,source,quality
    for county in 01 22 23 24 25 26 27 28 29 30 31 32; do
        echo a$county,5329$county,a,a,public_home,4,200,100,1,test,assumption
    done
} >"$folder/homes.csv"
for ranks in 1 2 3; do
    compare split $ranks "$folder/homes.yaml" --set county.split=60000
done
split=$want
compare whole 2 "$folder/homes.yaml" --set county.split=0
[ "$want" = "$split" ] || { echo "mpi.sh: counties split give digest '$split', whole '$want'"; exit 1; }
compare decided 4 scenarios/xingan/plan.yaml --until-decided --error 0.4 --most 5
teams="--teams 4"
compare idle 4 scenarios/xingan/plan.yaml --until 2021-01-31 --replicates 1

# Whichever rank is asked to stop, all do, cleanly, and nothing is written.
mpirun --oversubscribe -n 2 sh -c 'echo $$ >"$folder/pid-$OMPI_COMM_WORLD_RANK"
    exec ./carecap-mpi run scenarios/dali/plan.yaml --replicates 100 --teams 1 --quiet \
    --threads 1 -o "$folder/stopped.h5"' >/dev/null 2>&1 &
sleep 3
kill -INT "$(cat "$folder/pid-1")"
wait $!
status=$?
if [ $status -ne 75 ] || [ -e "$folder/stopped.h5" ]; then
    echo "mpi.sh: asked to stop, ranks ended with status $status"
    exit 1
fi
echo "mpi.sh: 1 to 6 ranks give the digest of one process, and stop when one is asked to"
