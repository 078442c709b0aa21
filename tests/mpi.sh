# Usage: mpi.sh   The same digest from one process and from one, two and three ranks, and
# from six, of which two teams run a replicate each; likewise until it is decided, and
# where three of four teams have nothing to do.
# Needs carecap and carecap-mpi; run from the project's root.
folder=$(mktemp -d)
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
    said=$(OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 \
        mpirun --oversubscribe -n "$ranks" ./carecap-mpi run "$@" $teams --quiet --threads 2 \
        -o "$folder/$name-$ranks.h5") || { echo "mpi.sh: $ranks ranks failed"; exit 1; }
    got=$(echo "$said" | digest)
    if [ "$got" != "$want" ]; then
        echo "mpi.sh: $ranks ranks gave digest '$got', one process '$want'"
        exit 1
    fi
}

for ranks in 1 2 3 6; do
    compare quarter $ranks scenarios/dali/plan.yaml --until 2021-03-31 --replicates 2
done
compare decided 4 scenarios/xingan/plan.yaml --until-decided --error 0.4 --most 5
teams="--teams 4"
compare idle 4 scenarios/xingan/plan.yaml --until 2021-01-31 --replicates 1
echo "mpi.sh: 1 to 6 ranks give the digest of one process"
