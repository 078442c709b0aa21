# make          the program            make test     installs what is missing, all tests
# make run      installs what is missing, builds, answers Dali's plan
# make style    format, exports, no globals      make asan    tests, sanitised
# make bench    benchmarks             make check    what CI runs: style, both compilers, ...
# make validate the validation book: results/validation.html
# make MPI=1    the program for MPI, carecap-mpi, beside the other
# make reference  models/REFERENCE.md, from the tables in the code
# make deps     only installs what is missing    make clean   remove what was built
CC    = gcc
B     = build
OPT   = -O2 -g
WARN  = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wmissing-prototypes \
        -Wstrict-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla -Werror
PKGS  = hdf5-serial gsl yaml-0.1 libxxhash zlib
PROGRAM = carecap
ifdef MPI
B       = build-mpi
CC      = mpicc
PROGRAM = carecap-mpi
PKGS   += ompi-c
OPT    += -DCARECAP_MPI
endif
LIBS  = $(shell pkg-config --libs $(PKGS)) -lhdf5_hl -lm
INC   = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS)))
ALL   = -std=c11 $(OPT) $(WARN) -I. $(INC) -fopenmp -fno-common -ffp-contract=off
HDRS := $(wildcard */*.h)
OBJ  := $(patsubst %.c,$B/%.o,$(wildcard sim/*.c models/*.c output/*.c))
TESTS := $(patsubst %.c,$B/%,$(wildcard tests/test_*.c))
BENCH := $(patsubst %.c,$B/%,$(wildcard bench/bench_*.c))
HELP := $(patsubst %.c,$B/%.o,$(filter-out $(wildcard tests/test_*.c),$(wildcard tests/*.c)))
BOOK := $(patsubst %.c,$B/%.o,$(filter-out validation/validate.c,$(wildcard validation/*.c)))
VERSION := $(shell git describe --always --dirty 2>/dev/null || echo unknown)

$(PROGRAM): $B/carecap.o $(OBJ)
	@echo "  CC $@"; $(CC) $(ALL) $^ -o $@ $(LIBS)

$B/%.o: %.c | deps-there
	@mkdir -p $(@D)
	@echo "  CC $@"; $(CC) $(ALL) $(if $(filter output/provenance.c,$<),-DCARECAP_VERSION='"$(VERSION)"') \
	    -MMD -MP -c $< -o $@

$(TESTS) $B/validation/validate: %: %.o $(BOOK) $(HELP) $(OBJ)
	@echo "  CC $@"; $(CC) $(ALL) $^ -o $@ $(LIBS) -lcmocka

$(BENCH): %: %.o $(OBJ)
	@echo "  CC $@"; $(CC) $(ALL) $^ -o $@ $(LIBS)

# Says what is missing before a compiler does; installs only when asked (deps, run, test).
deps-there:
	@sh .ci/install --check $(if $(MPI),--mpi)

deps:
	@sh .ci/install $(if $(MPI),--mpi)

run: deps
	@$(MAKE) --no-print-directory $(PROGRAM)
	@mkdir -p results
	./$(PROGRAM) run scenarios/dali/plan.yaml -o results/dali.h5 --force
	./$(PROGRAM) plot results/dali.h5 beds -o results

test: deps
	@$(MAKE) --no-print-directory tests-run

# The validation book: results/validation.html and .md; OPTIONS="--only erlang_c", ...
validate: deps
	@$(MAKE) --no-print-directory $B/validation/validate
	@mkdir -p results
	@$B/validation/validate $(OPTIONS)

tests-run: $(PROGRAM) $(TESTS)
	@sh tests/run.sh $(TESTS)

asan: deps
	@$(MAKE) --no-print-directory B=build-asan PROGRAM=build-asan/carecap \
	    OPT="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover" tests-run

# The other compiler must build everything.
CLANG := B=build-clang CC=clang PROGRAM=build-clang/carecap
clang: deps
	@$(MAKE) --no-print-directory $(CLANG) tests-run

clang-built:
	@$(MAKE) --no-print-directory $(CLANG) all-built

all-built: $(PROGRAM) $(TESTS) $(BENCH) $B/validation/validate

benches: $(BENCH)

bench: deps
	@$(MAKE) --no-print-directory $(PROGRAM) $(BENCH)
	@for b in $(BENCH); do $$b || exit 1; done
	@$B/bench/bench_run scenarios/scale/yunnan.yaml 1 yunnan
	@$B/bench/bench_ranks scenarios/scale/yunnan.yaml 64 10 8 end=2022-12-31 \
	    plan.targets=[]

# What parameters, events, results and levers there are, from the tables in the code.
reference: $(PROGRAM)
	@mkdir -p $B
	@./$(PROGRAM) list reference > $B/REFERENCE.md && mv $B/REFERENCE.md models/REFERENCE.md

style: $(OBJ)
	@clang-format-14 --dry-run -Werror $(wildcard *.c */*.[ch])
	@for h in $(HDRS); do $(CC) $(ALL) -fsyntax-only -x c $$h || exit 1; done
	@sh tests/style.sh $(OBJ)

clean:
	rm -rf build build-* carecap


.PHONY: all-built clang-built benches deps deps-there run test validate reference tests-run asan clang bench style clean check
.SECONDARY:
-include $(shell find $B -name '*.d' 2>/dev/null)
