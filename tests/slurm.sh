# Usage: slurm.sh   Under a Slurm of its own on this machine: ranks that srun starts give
# the digest of one process, and a rank that is killed ends the run, with a message and
# nothing written. Needs carecap, carecap-mpi and root; run from the project's root.
if [ "$(id -u)" != 0 ]; then
    echo "slurm.sh: skipped, as it needs root"
    exit 0
fi
folder=$(mktemp -d)
host=$(hostname -s)
export SLURM_CONF="$folder/slurm.conf"
stop() {
    scontrol shutdown >/dev/null 2>&1
    [ -e "$folder/munge.pid" ] && kill "$(cat "$folder/munge.pid")" 2>/dev/null
    sleep 1
    rm -rf "$folder"
}
trap stop EXIT
fail() {
    echo "slurm.sh: $*"
    exit 1
}

cat >"$SLURM_CONF" <<END
ClusterName=carecap
SlurmctldHost=$host(127.0.0.1)
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=2000 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES State=UP OverSubscribe=FORCE:8
SlurmUser=root
SlurmctldPort=16817
SlurmdPort=16818
AuthInfo=socket=$folder/munge.socket
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MailProg=/bin/true
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ReturnToService=2
END
mkdir "$folder/state" "$folder/spool"
head -c 1024 /dev/urandom >"$folder/munge.key"
chmod 700 "$folder"
chmod 400 "$folder/munge.key"
munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
    --pid-file="$folder/munge.pid" --log-file="$folder/munge.log" \
    --seed-file="$folder/munge.seed" || fail "munged does not start"
slurmctld && slurmd || fail "Slurm does not start"
for try in 1 2 3 4 5 6 7 8 9 10; do
    [ "$(sinfo -h -o %T 2>/dev/null)" = idle ] && break
    sleep 1
done
[ "$(sinfo -h -o %T)" = idle ] || fail "no node is idle: $(sinfo -h; cat "$folder"/*.log)"

digest() { sed -n 's/^digest  //p'; }
run="scenarios/dali/plan.yaml --until 2021-03-31 --replicates 2 --quiet --threads 1"
want=$(./carecap run $run -o "$folder/one.h5" | digest)
[ -n "$want" ] || fail "carecap gave no digest"
for ranks in 1 2; do
    got=$(srun --mpi=pmix -n $ranks ./carecap-mpi run $run -o "$folder/$ranks.h5" | digest)
    [ "$got" = "$want" ] || fail "$ranks ranks gave digest '$got', one process '$want'"
done

# The second rank dies after three seconds of a long run.
srun --mpi=pmix -n 2 sh -c '[ "$SLURM_PROCID" = 1 ] && { sleep 3; kill -9 $$; } &
    exec ./carecap-mpi run scenarios/dali/plan.yaml --replicates 100 --teams 1 --quiet \
    --threads 1 -o '"$folder"'/killed.h5' >"$folder/said" 2>&1
status=$?
[ $status -ne 0 ] || fail "a rank was killed, and the run ended with status 0"
grep -q "task 1.*Killed" "$folder/said" || fail "no message of the killed rank: $(cat "$folder/said")"
[ -z "$(ls "$folder" | grep killed)" ] || fail "a killed run left $(ls "$folder" | grep killed)"
echo "slurm.sh: srun gives the digest of one process; a killed rank ends the run, nothing is written"
