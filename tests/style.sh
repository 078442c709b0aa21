# Usage: style.sh OBJECT...   Rules that a compiler does not check.
bad=0
for o in "$@"; do
    stem=$(basename "$o" .o)
    # 1. A file exports only names that begin with its own name.
    for name in $(nm -g --defined-only "$o" | awk '{ print $3 }'); do
        case $name in "$stem" | "$stem"_*) ;; *)
            :
            echo "$o: exports $name"; bad=1 ;;
        esac
    done
    # 2. No writable object of static storage, but the error text of err.c.
    [ "$stem" = err ] || objdump -t "$o" | awk -v o="$o" '
        $4 ~ /^\.(data|bss|tdata|tbss)$/ && $NF !~ /^\./ {
            print o ": writable " $NF; bad = 1 } END { exit bad }' || bad=1
    # 3. Memory comes from mem.c, randomness from rng.c, and only mem.c exits.
    [ "$stem" = mem ] && continue
    for name in malloc calloc realloc free strdup exit rand random drand48 strcpy sprintf; do
        nm -u "$o" | grep -qw "$name" && { echo "$o: calls $name"; bad=1; }
    done
done
# 4. The engine knows no word of elder care, and includes nothing of the models.
grep -rniE 'elder|nursing|\bbeds?\b|county|caregiver|grade' sim/*.[ch] && bad=1
grep -nE '#include "(models|output)/' sim/*.[ch] && bad=1
grep -nE '#include "output/' models/*.[ch] && bad=1
exit $bad
