# Usage: run.sh TEST...   Runs every test program and closes with `N passed, N failed`.
passed=0 failed=0 skipped=0
log=$(mktemp)
for t in "$@"; do
    "$t" >"$log" 2>&1
    status=$?
    skipped=$((skipped + $(grep '^\[  SKIPPED \] [a-z_0-9]*$' "$log" | sort -u | wc -l)))
    ok=$(grep -c '^\[       OK \]' "$log")
    bad=$(grep '^\[  FAILED  \] [a-z_0-9]*$' "$log" | sort -u | wc -l) # named twice
    if [ "$status" -ne 0 ]; then
        cat "$log"
        [ "$bad" -eq 0 ] && bad=1 # crashed: cmocka could not say which
    fi
    echo "$(basename "$t"): $ok passed, $bad failed"
    passed=$((passed + ok)) failed=$((failed + bad))
done
rm -f "$log"
[ "$skipped" -gt 0 ] && skipped=", $skipped skipped" || skipped=
echo "$passed passed, $failed failed$skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
