#!/bin/sh
# Runs all tests with the newest libclang that is installed (22, 19), built with AddressSanitizer and UBSan. An older one
# changes what is parsed: with it the units and the engine are tested with sanitizers, the cases of the rules and the
# program as users meet it, which take longest, in a plain build.
set -eu
cd "$(dirname "$0")/.."

# Not the user's own cache.
XDG_CACHE_HOME=$PWD/build-test-cache
export XDG_CACHE_HOME

# scale: what integration/README.md tells of, with services of other packages; drill: testcases/drill, minutes long;
# package: testcases/package, which .ci/run runs by itself
apart="scale|drill|package"

run_tests() { # VERSION PRESET FOLDER CTEST_ARGS...
	echo "== libclang $1, $2"
	cmake --preset "$2" -G Ninja -B "$3" -DSO2_LLVM_VERSION="$1" -DSO2_VERIFY=ON >/dev/null
	cmake --build "$3"
	folder=$3
	shift 3
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
for version in $versions; do
	if [ "$version" = "${versions##* }" ]; then
		run_tests "$version" sanitize "build-test-$version" -LE "$apart"
	else
		run_tests "$version" sanitize "build-test-$version" -LE "$apart|rules|cli|lsp|grade|browser"
		run_tests "$version" release "build-test-$version-plain" -L "rules|cli|lsp|grade"
	fi
done
