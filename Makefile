# docket. `make` builds the programs into build/, `make demo` and `make check` install what they need and do all of it.
BUILD ?= build
prefix ?= /usr/local
CC := gcc
CXX := g++
OPT ?= -O2
programs := docketd docket-worker docket docket-seed

docketd_parts := base store cases capture index pipeline reports
docket_parts := base store cases capture index pipeline reports
docket-worker_parts := base extract classify
docket-seed_parts := base classify

base_pkgs := glib-2.0 jansson libfyaml zlib libdeflate libseccomp icu-i18n icu-uc nettle
store_pkgs := sqlite3
cases_libs := -lcsv
capture_libs := -linotifytools
extract_pkgs := tesseract lept poppler-glib libqpdf libmagic zbar libtiff-4 libjpeg libwebp uchardet cairo
extract_libs := -lgomp
classify_libs := -lcld2 -llinear
index_pkgs := xapian-core
# Of the program docket alone: vocabularies as Turtle.
cmd-docket_pkgs := serd-0
# Of the programs that draw letters.
samples_pkgs := pangocairo cairo lept libtiff-4

# What a unit test of a folder is linked with: the folders that the table of STYLE lets it include.
store_needs := base
cases_needs := base store
capture_needs := base store
extract_needs := base
classify_needs := base
index_needs := base
pipeline_needs := base store cases capture index
reports_needs := base store cases
samples_needs := base

SAN ?= 0
ifeq ($(SAN),1)
override BUILD := $(BUILD)/san
OPT := -O1 -g -fno-omit-frame-pointer
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -DDK_FAULTS -DDK_TEST_HOOKS -DDK_SANITIZED
LDFLAGS += -fsanitize=address,undefined
endif

DATADIR := $(prefix)/share/docket
WARN := -Wall -Wextra -Wshadow -Wvla
folders := base store cases capture extract classify index pipeline reports
all_pkgs := $(foreach f,$(folders) cmd-docket samples,$($(f)_pkgs))
ifneq ($(filter-out deps demo check bench clean cover format fuzz lint,$(or $(MAKECMDGOALS),all)),)
PKG_CFLAGS := $(shell pkg-config --cflags $(all_pkgs))
endif
CPPFLAGS += -I. -D_GNU_SOURCE -DDOCKET_DATADIR='"$(DATADIR)"' -DDOCKET_VERSION='"$(shell cat VERSION)"'
CFLAGS += -std=c17 $(OPT) $(WARN) -Wmissing-prototypes -Wstrict-prototypes $(SANFLAGS)
CXXFLAGS += -std=c++17 $(OPT) $(WARN) $(SANFLAGS)

objs = $(patsubst %,$(BUILD)/%.o,$(basename $(filter-out samples/make.c,$(wildcard $(1:%=%/*.c) $(1:%=%/*.cc)))))
pkgs = $(foreach f,$(1),$($(f)_pkgs))
libs = $(if $(strip $(call pkgs,$(1))),$$(pkg-config --libs $(call pkgs,$(1)))) $(foreach f,$(1),$($(f)_libs)) -lm

.PHONY: all deps demo check lint format bench cover fuzz install clean
all: $(programs:%=$(BUILD)/%) $(BUILD)/seed.model

define program
$(BUILD)/$(1): $(BUILD)/cmd/$(1).o $(call objs,$($(1)_parts)) $(if $(filter docket,$(1)),$(patsubst %.c,$(BUILD)/%.o,$(wildcard cmd/docket_*.c)))
	@echo LINK $$@
	@$$(CXX) $$(LDFLAGS) -o $$@ $$^ $$(call libs,$($(1)_parts) cmd-$(1))
endef
$(foreach p,$(programs),$(eval $(call program,$(p))))

# What docket knows of letters before it is taught. It is the same in every build: the sanitized one takes that of the
# plain one where that is up to date. The folders stand there too, for a file that was taken out of one.
plain_seed := $(BUILD:/san=)/seed.model
$(BUILD)/seed.model: $(BUILD)/docket-seed $(wildcard conf/letters conf/letters/*.tsv conf/vocabulary conf/vocabulary/*.yaml)
	@echo LEARN $@
	@if [ $(SAN) = 1 ] && $(MAKE) --no-print-directory -s -q SAN=0 BUILD=$(BUILD:/san=) $(plain_seed); then \
	  cp $(plain_seed:.model=.letters) $(plain_seed) $(@D); else $(BUILD)/docket-seed conf $@ $(@:.model=.letters); fi

# Its loops over pixels become loops over vectors.
ifeq ($(SAN),0)
$(BUILD)/extract/grey.o $(BUILD)/extract/shadows.o $(BUILD)/extract/engine_loops.o $(BUILD)/extract/bit_blocks.o: OPT := -O3 -fno-trapping-math
endif
$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo CC $<
	@$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/%.o: %.cc
	@mkdir -p $(@D)
	@echo CXX $<
	@$(CXX) $(CPPFLAGS) $(PKG_CFLAGS) $(CXXFLAGS) -MMD -MP -c -o $@ $<

# tests/unit/test-FOLDER-MODULE.c is linked with FOLDER and what it may include.
unit_tests := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/test-*.c))
define unit
$(BUILD)/tests/unit/$(1): $(BUILD)/tests/unit/$(1).o $(BUILD)/tests/unit/fixture.o $(call objs,$(word 2,$(subst -, ,$(1))) $($(word 2,$(subst -, ,$(1)))_needs))
	@echo LINK $$@
	@$$(CXX) $$(LDFLAGS) -o $$@ $$^ $$(call libs,$(word 2,$(subst -, ,$(1))) $($(word 2,$(subst -, ,$(1)))_needs))
endef
$(foreach t,$(notdir $(unit_tests)),$(eval $(call unit,$(t))))
.PHONY: units
units: $(unit_tests)

# tests/fuzz/fuzz-FOLDER-MODULE.c likewise, with clang's libFuzzer or a driver of our own.
fuzz_main := driver
fuzzers_built := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%,$(wildcard tests/fuzz/fuzz-*.c))
define fuzzer
$(BUILD)/tests/fuzz/$(1): $(BUILD)/tests/fuzz/$(1).o $(BUILD)/tests/fuzz/fuzz.o $(BUILD)/tests/fuzz/$(fuzz_main).o $(call objs,$(word 2,$(subst -, ,$(1))) $($(word 2,$(subst -, ,$(1)))_needs))
	@echo LINK $$@
	@$$(CXX) $$(LDFLAGS) $$(FUZZ_LDFLAGS) -o $$@ $$^ $$(call libs,$(word 2,$(subst -, ,$(1))) $($(word 2,$(subst -, ,$(1)))_needs))
endef
$(foreach t,$(notdir $(fuzzers_built)),$(eval $(call fuzzer,$(t))))
.PHONY: fuzzers
fuzzers: $(fuzzers_built)

deps:
	conf/install-packages run build

# The main job on the shipped sample mail, through a drop folder, ending by itself.
demo: deps
	$(MAKE) --no-print-directory -j$(shell nproc) all
	samples/demo.sh

check:
	conf/install-packages run build check
	$(MAKE) --no-print-directory -j$(shell nproc) all build/tests/unit/test-base-sandbox build/tests/unit/test-base-serve
	$(MAKE) --no-print-directory -j$(shell nproc) SAN=1 all units fuzzers
	tests/run

# Every fuzz target for SECONDS, or those of FUZZ; what crashes one is left in build/fuzz.
SECONDS ?= 30
libfuzzer = $(wildcard $(shell clang --print-runtime-dir 2>/dev/null)/libclang_rt.fuzzer-x86_64.a)
fuzz:
	conf/install-packages run build
	$(MAKE) --no-print-directory -j$(shell nproc) SAN=1 $(if $(libfuzzer),BUILD=$(BUILD)/clang CC=clang CXX=clang++ \
	  fuzz_main=libfuzzer FUZZ_LDFLAGS=-fsanitize=fuzzer WARN=-Wall OPT='-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link') \
	  fuzzers
	tests/fuzz/run $(BUILD)$(if $(libfuzzer),/clang)/san/tests/fuzz $(SECONDS) $(FUZZ)

# Which lines the unit tests run, by folder. Children that are shut in cannot write what they ran.
cover:
	conf/install-packages run build check
	$(MAKE) --no-print-directory -j$(shell nproc) BUILD=$(BUILD)/cover OPT='-O0 -g' LDFLAGS=--coverage \
	  SANFLAGS='--coverage -DDK_FAULTS -DDK_TEST_HOOKS' all units
	tests/cover $(BUILD)/cover

bench:
	conf/install-packages run build bench
	$(MAKE) --no-print-directory -j$(shell nproc) all benches
	tests/bench/run.sh

# Programs of the benches, each with the folder it measures.
bench_classify := classify
bench_fields := classify
bench_clocks := store cases
bench_learn := classify
bench_ledger := store cases
bench_pages := samples
bench_read := extract
bench_score :=
bench_programs := $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/*.c))
.PHONY: benches
benches: $(bench_programs:%=$(BUILD)/tests/bench/%)
define bench_program
$(BUILD)/tests/bench/$(1): $(BUILD)/tests/bench/$(1).o $(call objs,base $(bench_$(1)))
	@echo LINK $$@
	@$$(CXX) $$(LDFLAGS) -o $$@ $$^ $$(call libs,base $(bench_$(1)))
endef
$(foreach b,$(bench_programs),$(eval $(call bench_program,$(b))))

sources = $(shell git ls-files '*.c' '*.h' '*.cc')
format:
	clang-format -i $(sources)
lint:
	@clang-format --dry-run --Werror $(sources)
	@cppcheck --quiet --std=c17 --language=c --library=gtk --inline-suppr --enable=warning,performance,portability \
	  --error-exitcode=1 --suppress=missingInclude --suppress=unknownMacro --suppress=leakNoVarFunctionCall -I. \
	  $(filter-out tests/%,$(filter %.c,$(sources)))
	@shellcheck -S warning -x -e SC1091 -e SC1111 -e SC1112 -e SC2086 conf/install-packages tests/run tests/cover tests/fuzz/run tests/check-* tests/flow/*.sh tests/bench/*.sh samples/*.sh

install: all
	install -d $(DESTDIR)$(prefix)/bin $(DESTDIR)$(prefix)/libexec/docket $(DESTDIR)$(DATADIR) $(DESTDIR)$(prefix)/share/man
	install -m 755 $(BUILD)/docket $(BUILD)/docketd $(DESTDIR)$(prefix)/bin
	install -m 755 $(BUILD)/docket-worker $(DESTDIR)$(prefix)/libexec/docket
	install -m 644 $(BUILD)/seed.model $(BUILD)/seed.letters $(DESTDIR)$(DATADIR)
	cp -r $(filter-out conf/packages conf/install-packages,$(wildcard conf/*)) $(DESTDIR)$(DATADIR)
	for page in doc/man/*.[1-8]; do \
	  section=$${page##*.}; install -D -m 644 -t $(DESTDIR)$(prefix)/share/man/man$$section $$page; done

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
