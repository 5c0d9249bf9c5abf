# Our Windows headers: each *.c here must be read without an error, and its
# lowered form must have what stands in the *.txt of its name: calls.txt lists
# functions that must be called, the others lines (without their place).
# POSIX sh; the program's path in $1. Status 77: no driver headers are installed.
program=$1
cases=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/so2check-headers.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
failed=0

fail() {
	echo "FAILED: $1"
	failed=1
}

lower() {
	"$program" --target windows --dump=ir "$cases/$1.c" > "$work/dump" 2> "$work/errors" < /dev/null
	status=$?
	grep -q 'no Windows driver headers' "$work/errors" && exit 77
	[ $status -eq 0 ] || fail "$1.c: exit status $status"
	[ -s "$work/errors" ] && fail "$1.c: $(head -n 3 "$work/errors")"
	sed 's/^ *//; s/  @[0-9]*:[0-9]*$//; s,  // .*$,,' "$work/dump" > "$work/lines"
}

lower calls
tr -c 'A-Za-z0-9_(' '\n' < "$work/lines" | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)(.*$/\1/p' | sort -u > "$work/called"
missing=$(sort -u "$cases/calls.txt" | comm -23 - "$work/called")
[ -z "$missing" ] || fail "calls.c: not called under their names:" $missing

for case in annotations exceptions tracing kmdf minifilter ndis wsk; do
	lower $case
	while IFS= read -r line; do
		grep -qxF -e "$line" "$work/lines" || fail "$case.c: no line '$line'"
	done < "$cases/$case.txt"
done

# Headers that programs share may stand before and after those of drivers.
mkdir "$work/order"
echo '#include <wdm.h>' > "$work/order/after.c"
while IFS= read -r header; do
	printf '#include <%s>\n#include <ntifs.h>\nPVOID object;\n' "$header" > "$work/order/$header.c"
	echo "#include <$header>" >> "$work/order/after.c"
done < "$cases/order.txt"
"$program" --target windows --stats "$work/order" > "$work/stats" 2>&1 < /dev/null
grep -q 'parse errors 0,' "$work/stats" || fail "order of headers: $(grep 'parse errors' "$work/stats")"
[ $failed -eq 0 ] && echo "all passed"
exit $failed
