#!/bin/sh
# What keeps a defect of so2check's own from being of use to whoever wrote the sources, read off the program.
. "$(dirname "$0")/lib.sh"

if ! command -v readelf > /dev/null; then
	echo "SKIPPED: readelf is not installed"
	exit 77
fi
last="readelf"
readelf -hlW "$so2check" > out
readelf -dW "$so2check" > err
has out "DYN (" # at another address each time
has out "GNU_RELRO"
check "the stack cannot be run" grep -q 'GNU_STACK .* RW  ' out
check "pointers to functions of libraries are read-only" grep -q 'BIND_NOW' err
hasnt out " RWE "
hasnt err "TEXTREL"
check "no folder but absolute ones is searched for libraries" \
	test -z "$(sed -n 's/.*R.*PATH.*\[\(.*\)\]/:\1:/p' err | grep -E '::|:[^/:]')"
readelf -sW "$so2check" > out
if ! grep -q __asan_init "$so2check"; then # sanitizers see more
	has out "__stack_chk_fail"
fi
if ! grep -q __asan_init "$so2check" && grep -q "O2" "$(dirname "$so2check")/compile_commands.json" 2> /dev/null; then
	has out "_chk@" # _FORTIFY_SOURCE
fi
finish
