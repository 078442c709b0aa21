# Usage: builds.sh   The same digest from the other compiler, without optimisation and with
# more, and from a processor that hides FMA and AVX2 from the C library. Needs carecap;
# builds the others beside it. Run from the project's root.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

digest() {
    "$1" run scenarios/dali/plan.yaml --until 2021-12-31 --replicates 1 --quiet --force \
        -o "$folder/one.h5" | sed -n 's/^digest  //p'
}

# same NAME PROGRAM
same() {
    got=$(digest "$2")
    [ "$got" = "$want" ] || { echo "builds.sh: $1 gives digest '$got', carecap '$want'"; exit 1; }
}

# build NAME OPTIONS: one program, by make
build() {
    name=$1
    shift
    make -s -j2 "B=build-$name" "PROGRAM=build-$name/carecap" "$@" "build-$name/carecap" \
        >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
    same "$name" "build-$name/carecap"
}

want=$(digest ./carecap)
[ -n "$want" ] || { echo "builds.sh: carecap gave no digest"; exit 1; }
GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2 same "a plain processor" ./carecap
build clang CC=clang
build O0 OPT="-O0"
build O3 OPT="-O3"
echo "builds.sh: gcc, clang, -O0, -O3 and a processor without FMA and AVX2 give one digest"
