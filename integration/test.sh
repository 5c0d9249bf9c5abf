#!/bin/sh
# Runs all tests, built with AddressSanitizer and UBSan, once with each libclang
# that Debian ships (19 and 22) as far as they are installed.
set -eu
cd "$(dirname "$0")/.."

# Not the user's own cache.
XDG_CACHE_HOME=$PWD/build-test-cache
export XDG_CACHE_HOME

ran=0
for version in 19 22; do
	[ -d "/usr/lib/llvm-$version/include/clang-c" ] || continue
	echo "== libclang $version"
	cmake --preset sanitize -G Ninja -B "build-test-$version" -DSO2_LLVM_VERSION="$version" >/dev/null
	cmake --build "build-test-$version"
	# scale: what integration/README.md tells of, with services of other packages; drill: testcases/drill, minutes long
	ctest --test-dir "build-test-$version" -LE "scale|drill" --output-on-failure -j "$(nproc)"
	ran=$((ran + 1))
done
if [ "$ran" = 0 ]; then
	echo "no libclang found: run integration/setup.sh first" >&2
	exit 1
fi
