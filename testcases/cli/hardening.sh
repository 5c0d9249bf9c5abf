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
if grep -q __asan_init "$so2check"; then # sanitizers see more
	finish
fi
has out "__stack_chk_fail"

# what the compiler knows, as found out when the build folder was made
folder=$(dirname "$so2check")
knows() { grep -q "^so2_has_$1:INTERNAL=1" "$folder/CMakeCache.txt" 2> /dev/null; }
is_compiled_with() { # OPTION: all sources of the program are
	test -n "$(grep '"command": .*/checker/.*\.c' "$folder/compile_commands.json" | sed -n 1p)" &&
		! grep '"command": .*/checker/.*\.c' "$folder/compile_commands.json" | grep -qvF -e " $1 "
}
last="objdump"
if command -v objdump > /dev/null && [ "$(uname -m)" = x86_64 ]; then
	objdump -d --no-show-raw-insn "$so2check" > code
	if knows fcf_protection_full; then
		check "indirect calls end at marked places only" test "$(grep -c endbr64 code)" -gt 500
	fi
	if knows fstack_clash_protection; then # a page at a time, each touched
		check "large frames are touched page by page" grep -qE 'sub +\$0x1000,%rsp' code
	fi
fi
last="compile_commands.json"
if knows ftrivial_auto_var_init_zero; then
	check "variables begin as 0" is_compiled_with -ftrivial-auto-var-init=zero
fi
if grep -q "O2" "$folder/compile_commands.json" 2> /dev/null; then
	has out "_chk@" # _FORTIFY_SOURCE
	level=2
	! knows fortify_3 || level=3
	check "copies are checked" is_compiled_with -D_FORTIFY_SOURCE=$level
fi
finish
