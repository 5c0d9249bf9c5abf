# Shared by the tests of the program: POSIX sh, sourced with the program's path in $1.
#
#   run STATUS ARGS...    runs so2check; the exit status must be STATUS; the
#                         output is left in the files out and err
#   has FILE TEXT         the file has a line with the text
#   hasnt FILE TEXT
#   check NAME COMMAND... the command succeeds
#   write_driver, parts   see there
#   finish                prints `N passed, N failed` and exits
#
# Each test works in a folder of its own, thrown away at the end.

so2check=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$so2check" ] || { echo "no program at $so2check"; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/so2check-cli.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
cd "$work" || exit 1
unset NO_COLOR POSIXLY_CORRECT
export LC_ALL=C XDG_CACHE_HOME="$work/cache"
# a sanitizer's own status, 1, would pass for findings
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}exitcode=99"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}exitcode=99"
passed=0 failed=0 last=

pass() {
	passed=$((passed + 1))
}

fail() {
	failed=$((failed + 1))
	echo "FAILED: $1"
	echo "  after: so2check $last"
	for file in out err; do
		[ -s $file ] && sed "s/^/  $file: /" $file | head -n 8
	done
}

run() {
	expected=$1
	shift
	last="$*"
	"$so2check" "$@" > out 2> err < /dev/null
	status=$?
	if [ $status -eq "$expected" ]; then pass; else fail "exit status $status, not $expected"; fi
}

has() {
	if grep -qF -e "$2" "$1"; then pass; else fail "$1 lacks: $2"; fi
}

hasnt() {
	if grep -qF -e "$2" "$1"; then fail "$1 has: $2"; else pass; fi
}

check() {
	name=$1
	shift
	if "$@"; then pass; else fail "$name"; fi
}

# A driver with one finding of lin-lock-held-on-exit, and the same without.
write_bad() {
	cat > "$1" <<'C'
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(device_lock);

int device_poll(int wanted)
{
	spin_lock(&device_lock);
	if (wanted < 0)
		return -22;
	spin_unlock(&device_lock);
	return 0;
}
C
}

write_good() {
	cat > "$1" <<'C'
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(device_lock);

int device_poll(int wanted)
{
	if (wanted < 0)
		return -22;
	spin_lock(&device_lock);
	spin_unlock(&device_lock);
	return 0;
}
C
}

# write_driver FILE NAME BYTES [LINE]: a driver of its own with one finding; the line goes before the defect's
write_driver() {
	cat > "$1" <<C
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK($2_lock);

int $2_poll(int wanted)
{
	spin_lock(&$2_lock);
	$4
	if (wanted < 0) return -22;
	spin_unlock(&$2_lock);
	return 0;
}

static int __init $2_init(void)
{
	return $2_poll(1);
}
module_init($2_init);
C
	{
		printf '/*'
		head -c "$3" /dev/zero | tr '\0' 'x'
		printf '*/\n'
	} >> "$1"
}

# parts N FORMAT PATH...: the reports of all N shards, in the folder parts
parts() {
	count=$1 form=$2
	shift 2
	rm -rf parts
	mkdir parts
	number=1
	while [ $number -le "$count" ]; do
		"$so2check" --shard "$number/$count" --format "$form" -o "parts/$number.$form" "$@" 2> err
		[ $? -ne 2 ] || fail "shard $number/$count of $*"
		number=$((number + 1))
	done
}

finish() {
	echo "$passed passed, $failed failed"
	[ $failed -eq 0 ]
	exit $?
}
