#!/bin/sh
# make C=2 CHECK="so2check --kbuild": one source of a kernel build at a time, said as a compiler says it.
. "$(dirname "$0")/lib.sh"
mkdir bin
ln -s "$so2check" bin/so2check

# ---- by hand ----
cat > alone.c <<'C'
int printk(const char *format, ...);
#ifdef __CHECKER__
#error "Sparse's own"
#endif
#ifdef WRONG_MACHINE
#ifndef __aarch64__
#error "not the machine that is built for"
#endif
#endif
#ifndef LEVEL
#error "no level"
#endif
int alone(void)
{
	return printk("x") + LEVEL;
}
C
flags="-D__linux__ -Dlinux -D__STDC__ -Wbitwise -Wno-return-void --arch=x86 -mlittle-endian -m64 -Wp,-MMD,.alone.o.d \
-mno-sse -mpreferred-stack-boundary=3 -fplugin=x.so -fno-allow-store-data-races --param=allow-store-data-races=0 \
-D__KERNEL__ -DMODULE -DKBUILD_MODNAME=\"alone\" -std=gnu11"
# shellcheck disable=SC2086 # a list of arguments
{
	run 0 --kbuild=error $flags -DLEVEL=1 alone.c
	check "nothing to say" test ! -s err
	check "the report is no output" test ! -s out
	run 3 --kbuild=error $flags alone.c
	has err "alone.c: warning: analysed in part: syntax errors"
	run 0 --kbuild $flags alone.c
	has err "no level"
	run 0 --kbuild=error $flags -D__CHECKER__ -D__CHECK_ENDIAN__ -DLEVEL=1 alone.c
	run 0 --kbuild $flags -DWRONG_MACHINE -DLEVEL=1 alone.c
	has err "not the machine"
	export CC="ccache aarch64-linux-gnu-gcc-12"
	run 0 --kbuild=error -D__KERNEL__ -DWRONG_MACHINE -DLEVEL=1 alone.c
	unset CC
	run 0 --kbuild $flags gone.c
	has err "gone.c: warning: not analysed: cannot be opened: No such file"
	run 3 --kbuild=error $flags gone.c
	# our options before or right behind it, a compiler's --target left alone
	run 0 --kbuild --only lin-lock-double --format text $flags --target=x86_64-linux-gnu -DLEVEL=1 alone.c
	has err "1 unit, 1 function checked"
	run 2 --only lin-lock-duble --kbuild $flags -DLEVEL=1 alone.c
	has err "did you mean \`lin-lock-double\`"
}
run 2 --kbuild
has err 'make C=2 CHECK="so2check --kbuild"'
run 2 --kbuild=no alone.c
has err "\`no\` is not \`error\`"
run 2 --kbuild --format json alone.c
has err "it writes short or text"
run 2 --kbuild --onyl lin-lock-double -DX alone.c
has err "\`--onyl\` is no option of so2check"
run 2 -o report --kbuild -DX alone.c
has err "none of --output"
run 2 other.c --kbuild -DX alone.c
has err "not \`other.c\`"

# ---- real modules ----
headers=$(find /usr/src -maxdepth 1 -name 'linux-headers-*-amd64' 2> /dev/null | sort | tail -n 1)
if [ ! -f "$headers/Makefile" ] || ! command -v make > /dev/null; then
	echo "SKIPPED: no kernel headers to build modules with (linux-headers-amd64)"
	finish
fi
mkdir mod
cat > mod/Kbuild <<'K'
obj-m := pump.o lamp.o
pump-y := pump_main.o pump_level.o
ccflags-y := -DPUMP_SLOTS=4
K
echo 'int pump_set(int level);' > mod/pump.h
cat > mod/pump_main.c <<'C'
#include <linux/module.h>
#include "pump.h"

static int __init pump_init(void)
{
	return pump_set(PUMP_SLOTS);
}

static void __exit pump_exit(void)
{
	pump_set(0);
}

module_init(pump_init);
module_exit(pump_exit);
MODULE_LICENSE("GPL");
C
cat > mod/pump_level.c <<'C'
#include <linux/module.h>
#include <linux/spinlock.h>
#include "pump.h"

static DEFINE_SPINLOCK(gate);

int pump_set(int level)
{
	spin_lock(&gate);
	if (level < 0)
		return -EINVAL;
	spin_unlock(&gate);
	return 0;
}
C
cat > mod/lamp.c <<'C'
#include <linux/module.h>
#include <linux/workqueue.h>

static void lamp_blink(struct work_struct *work)
{
}

static DECLARE_WORK(lamp_work, lamp_blink);

static int __init lamp_init(void)
{
	schedule_work(&lamp_work);
	return 0;
}

static void __exit lamp_exit(void)
{
}

module_init(lamp_init);
module_exit(lamp_exit);
MODULE_LICENSE("GPL");
C
build() { # STATUS C CHECK ARGS...: makes the modules
	expected=$1 mode=$2 checker=$3
	shift 3
	last="make C=$mode CHECK=\"$checker\" $*"
	PATH=$PWD/bin:$PATH make -C "$headers" "M=$PWD/mod" "C=$mode" "CHECK=$checker" "$@" > out 2> err < /dev/null
	made=$?
	[ $made -eq 0 ] || made=1
	if [ $made -eq "$expected" ]; then pass; else fail "make ended with $made, not $expected"; fi
}
build 0 1 "so2check --kbuild"
has err "$work/mod/pump_level.c:11:3: error: gate is still held when pump_set returns here [lin-lock-held-on-exit]"
has err "$work/mod/pump_level.c:9:2: note: gate is locked here"
has err "mod/lamp.c:12:2: error: lamp_work is queued here, and nothing in the module cancels it"
has err "note: the 2 sources of pump are checked one by one; \`so2check $work/mod\` follows the calls between them"
check "that is said once" test "$(grep -c 'one by one' err)" = 1
check "the modules are there" test -f mod/pump.ko
grep 'mod/.*\.c:' err | sort > alone.txt
build 0 2 "so2check --kbuild" -j4
grep 'mod/.*\.c:' err | sort > beside.txt
check "the same from jobs side by side" cmp alone.txt beside.txt
build 1 2 "so2check --kbuild=error" -k
has err "[lin-lock-held-on-exit]"
has err "[lin-work-not-cancelled]"
build 0 2 "so2check --kbuild=error --only lin-lock-double"
hasnt err "lin-"

finish
