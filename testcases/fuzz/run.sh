#!/bin/sh
# Runs the fuzz targets, or says how much of the code they reach:
#
#     testcases/fuzz/run.sh [SECONDS] [TARGET...]      60 seconds each, all targets, as many at a time as there are cores
#     testcases/fuzz/run.sh coverage [TARGET...]       lines of the files each target is made for, after a run
#
# SO2_FUZZ_JOBS: targets at a time. SO2_FUZZ_BUILD: the build folder (build-fuzz). In it, corpus/TARGET grows from run to run, and
# what fails is found/TARGET/*; such an input goes to testcases/fuzz/TARGET/found/ once the mistake is mended.
# Status 1: a target failed.
set -eu
cd "$(dirname "$0")/../.."
folder=testcases/fuzz
build=${SO2_FUZZ_BUILD:-build-fuzz}
jobs=${SO2_FUZZ_JOBS:-$(nproc)}

# an input may take so long, the process so much memory
timeout_seconds=20
memory_mb=2048
longest_input=8192

all_targets() { # FOLDER_OF_BUILD
	cut -d' ' -f1 "$1/$folder/targets.txt"
}

# ---- one target, in a process of its own ------------------------------------------------

run_one() { # SECONDS TARGET
	target=$2
	corpus=$build/corpus/$target
	found=$build/found/$target
	log=$build/log/$target.txt
	temporary=$PWD/$build/tmp/$target
	case $build in /*) temporary=$build/tmp/$target ;; esac
	rm -rf "$temporary"
	mkdir -p "$corpus" "$found" "$build/log" "$temporary"
	set -- -max_total_time="$1" -timeout=$timeout_seconds -rss_limit_mb=$memory_mb -malloc_limit_mb=1024 \
		-max_len=$longest_input -print_final_stats=1 -artifact_prefix="$found/" "$corpus" "$folder/$target/corpus"
	[ ! -d "$folder/$target/found" ] || set -- "$@" "$folder/$target/found"
	[ ! -f "$folder/$target/words.dict" ] || set -- -dict="$folder/$target/words.dict" "$@"
	result=ok
	TMPDIR=$temporary LSAN_OPTIONS=suppressions=$folder/libclang.supp:print_suppressions=0 UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=0 \
		"$build/$folder/fuzz_$target" "$@" >"$log" 2>&1 || result=FAILED
	rm -rf "$temporary" # what a target that was stopped left
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
	edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
	printf '%-10s %10s %9s %7s %8s  %s\n' "$target" "${runs:--}" "${rate:--}" "${edges:--}" \
		"$(find "$corpus" -type f | wc -l)" "$result"
	[ $result = ok ] || grep -E -m 1 -A 20 'ERROR: |runtime error: |does not hold: ' "$log" >&2 || tail -n 20 "$log" >&2
	[ $result = ok ]
}

if [ "${1:-}" = --one ]; then
	run_one "$2" "$3"
	exit
fi

# ---- coverage ------------------------------------------------------------------------------

cover_one() { # TARGET FOLDER_OF_BUILD
	target=$1
	program=$2/$folder/fuzz_$target
	profile=$2/$target
	covered=$(sed -n "s/^$target //p" "$2/$folder/targets.txt")
	set -- "$folder/$target/corpus"
	[ ! -d "$folder/$target/found" ] || set -- "$@" "$folder/$target/found"
	[ ! -d "$build/corpus/$target" ] || set -- "$@" "$build/corpus/$target"
	LLVM_PROFILE_FILE=$profile.profraw "$program" "$@" >"$profile.txt" || tail -n 3 "$profile.txt"
	llvm-profdata-19 merge -o "$profile.profdata" "$profile.profraw"
	rm "$profile.profraw"
	set --
	for path in $covered; do
		set -- "$@" "$PWD/checker/$path"
	done
	llvm-cov-19 report "$program" -instr-profile="$profile.profdata" "$@" | awk -v target="$target" -v covered="$covered" '
		$1 == "TOTAL" { printf "%-10s %7d of %6d lines (%s)  %s\n", target, $8 - $9, $8, $10, covered }'
}

if [ "${1:-}" = coverage ]; then
	shift
	command -v llvm-cov-19 >/dev/null || { echo "llvm-cov-19 is not installed (package llvm-19)" >&2; exit 2; }
	counted=build-coverage
	cmake --preset coverage -G Ninja >/dev/null
	cmake --build "$counted" --target fuzzers >"$counted/build.log" || { tail -n 40 "$counted/build.log"; exit 2; }
	[ $# -gt 0 ] || set -- $(all_targets "$counted")
	for target in "$@"; do
		cover_one "$target" "$counted"
	done
	exit
fi

# ---- all ------------------------------------------------------------------------------------

seconds=60
case ${1:-} in
[0-9]*)
	seconds=$1
	shift
	;;
esac
cmake --preset fuzz -G Ninja -B "$build" >/dev/null
mkdir -p "$build/log"
cmake --build "$build" --target fuzzers >"$build/log/build.txt" || { tail -n 40 "$build/log/build.txt"; exit 2; }
# shellcheck disable=SC2046 # names of targets are words
[ $# -gt 0 ] || set -- $(all_targets "$build")
printf '%-10s %10s %9s %7s %8s  %s\n' target executions per_s edges corpus result
printf '%s\n' "$@" | xargs -P "$jobs" -n 1 sh "$folder/run.sh" --one "$seconds"
