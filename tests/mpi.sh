# Usage: mpi.sh   The same digest from one process and from one, two and three ranks.
# Needs carecap and carecap-mpi; run from the project's root.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
short="scenarios/dali/plan.yaml --until 2021-03-31 --replicates 2 --quiet"
digest() { sed -n 's/^digest  //p'; }
want=$(./carecap run $short --threads 1 -o "$folder/serial.h5" | digest)
[ -n "$want" ] || { echo "mpi.sh: carecap gave no digest"; exit 1; }
for ranks in 1 2 3; do
    # ranks that did not share the run would each write the file, and one would fail
    said=$(OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 \
        mpirun --oversubscribe -n $ranks ./carecap-mpi run $short --threads 2 \
        -o "$folder/$ranks.h5") || { echo "mpi.sh: $ranks ranks failed"; exit 1; }
    got=$(echo "$said" | digest)
    if [ "$got" != "$want" ]; then
        echo "mpi.sh: $ranks ranks gave digest '$got', one process '$want'"
        exit 1
    fi
done
echo "mpi.sh: 1, 2 and 3 ranks give the digest of one process, $want"
