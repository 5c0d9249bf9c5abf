#!/bin/sh
# Runs all tests with the newest libclang that is installed (22, 19), built with AddressSanitizer and UBSan. An older one
# changes what is parsed: with it those of the stages that see it are run with sanitizers, the cases of the rules in a plain
# build, which is also the one that clang makes and the one in which strace watches the hostile cases.
set -eu
cd "$(dirname "$0")/.."

# Not the user's own cache.
XDG_CACHE_HOME=$PWD/build-test-cache
export XDG_CACHE_HOME

# Most files are the same for each libclang: they are compiled once. The release build, the package and the comparison of two
# builds do without.
if command -v ccache >/dev/null; then
	CMAKE_C_COMPILER_LAUNCHER=ccache
	CCACHE_DIR=$XDG_CACHE_HOME/ccache
	CCACHE_BASEDIR=$PWD
	CCACHE_NOHASHDIR=1
	export CMAKE_C_COMPILER_LAUNCHER CCACHE_DIR CCACHE_BASEDIR CCACHE_NOHASHDIR
fi

# Freed memory is kept from use for 16 MB, not 256: a worker frees a syntax tree for each file, and a third of the time
# went to fresh pages.
ASAN_OPTIONS=quarantine_size_mb=16:thread_local_quarantine_size_kb=64${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export ASAN_OPTIONS

# scale: what integration/README.md tells of, with services of other packages, which .ci/run runs beside this; drill:
# testcases/drill, minutes long; package: testcases/package, which .ci/run runs by itself
apart="scale|drill|package"

run_tests() { # VERSION PRESET FOLDER COMPILER CTEST_ARGS...
	echo "== libclang $1, $2, $4"
	cmake --preset "$2" -G Ninja -B "$3" -DSO2_LLVM_VERSION="$1" -DSO2_VERIFY=ON -DCMAKE_C_COMPILER="$4" >/dev/null
	cmake --build "$3"
	folder=$3
	shift 4
	ctest --test-dir "$folder" --output-on-failure -j "$(nproc)" "$@"
}

versions=
for version in 19 22; do
	[ ! -d "/usr/lib/llvm-$version/include/clang-c" ] || versions="$versions $version"
done
if [ -z "$versions" ]; then
	echo "no libclang found: run integration/setup.sh first" >&2
	exit 1
fi
oldest=${versions# }
oldest=${oldest%% *}
newest=${versions##* }
if [ "$oldest" = "$newest" ]; then
	run_tests "$newest" sanitize "build-test-$newest" gcc -LE "$apart"
else
	run_tests "$oldest" sanitize "build-test-$oldest" gcc -L "frontend|summary|engine|stages"
	run_tests "$oldest" release "build-test-$oldest-plain" clang-19 -L "rules|hostile"
	run_tests "$newest" sanitize "build-test-$newest" gcc -LE "$apart|hostile"
fi
