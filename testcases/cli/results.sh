#!/bin/sh
# Results of earlier runs: given again while nothing has changed, and never when something has.
rules=$(cd "$(dirname "$0")/../../rules" && pwd)
. "$(dirname "$0")/lib.sh"

# What has only just been written could be written again with the same time.
settle() { sleep 3; }

known() { # NUMBER of units
	has err "stats: results of an earlier run $1"
}

mkdir -p inc first many driver
cat > inc/kernel.h <<'C'
#define LIMIT 1
typedef struct spinlock { int raw; } spinlock_t;
extern void spin_lock(spinlock_t *lock);
extern void spin_unlock(spinlock_t *lock);
C
cat > driver/a.c <<'C'
#include <kernel.h>
#include "part.h"

int work(spinlock_t *lock, int x)
{
	spin_lock(lock);
	if (FAILS(x == LIMIT))
		return -1;
	spin_unlock(lock);
	return 0;
}
C
echo '#define FAILS(x) (x)' > driver/part.h
settle
lin() { # STATUS [ARG...]
	status=$1
	shift
	run "$status" --stats --target linux "$@" driver/a.c -- -isystem "$work/first" -isystem "$work/inc" -I"$work/driver"
}

# the same report, in every format, in any number of processes
for format in text json sarif; do
	lin 1 --format $format --no-cache
	known 0
	cp out plain.$format
done
lin 1
known 0
for format in text json sarif; do
	for jobs in 0 1 2; do
		lin 1 --format $format -j $jobs
		known 1
		check "$format from what is known" cmp -s plain.$format out
	done
done
has err "0 skipped before parsing"

# other rules, other arguments, another folder to look from
lin 0 --disable lin-lock-held-on-exit
known 0
lin 0 --disable lin-lock-held-on-exit
known 1
mkdir -p own/linux
printf 'name: own\nversion: 1\n' > own/pack.yaml
echo '# mine' > own/linux/lin-lock-held-on-exit.md
own_rule() { # SEVERITY
	sed "s/^severity: .*/severity: $1/" "$rules/linux/lin-lock-held-on-exit.yaml" > own/linux/lin-lock-held-on-exit.yaml
}
own_rule error
settle
lin 1 --rules own
known 0
lin 1 --rules own
known 1
own_rule warning
lin 1 --rules own
known 0
has out ": warning: "
lin 1 --rules own
known 1
has out ": warning: "
own_rule error # as it was before
lin 1 --rules own
known 1
has out ": error: "

# a changed header of the driver, of the kernel, and one that would now be found first
lin 1
known 1
echo '#define FAILS(x) 0' > driver/part.h
lin 0
known 0
lin 0 # too fresh to be kept
known 0
settle
lin 0
known 0
lin 0
known 1
echo '#define FAILS(x) (x)' > driver/part.h
lin 1
known 0
settle
lin 1
known 0
sed -i 's/LIMIT 1/LIMIT 2/' inc/kernel.h
lin 1
known 0
settle
lin 1
known 0
lin 1
known 1
cp inc/kernel.h first/kernel.h
settle
lin 1
known 0
rm first/kernel.h
lin 1
known 0

# a file that is only touched, or written anew with the same text
settle
lin 1
lin 1
known 1
cp driver/a.c copy && cp copy driver/a.c
touch driver/part.h inc/kernel.h
lin 1
known 1

# a missing header that comes
printf '#include <kernel.h>\n#include "late.h"\nint g(spinlock_t *l) { spin_lock(l); END }\n' > driver/late.c
printf '#define END spin_unlock(l); return 0;\n' > late
settle
run 3 --stats --target linux driver/late.c -- -isystem "$work/inc"
run 3 --stats --target linux driver/late.c -- -isystem "$work/inc"
known 1
cp late driver/late.h
run 0 --stats --target linux driver/late.c -- -isystem "$work/inc"
known 0

# a driver of several files: what did not change is not parsed again
printf '#include <linux/module.h>\n#include <linux/spinlock.h>\nvoid take(spinlock_t *l);\nint use(spinlock_t *l)\n{\n\tspin_lock(l);\n\ttake(l);\n\tspin_unlock(l);\n\treturn 0;\n}\nMODULE_LICENSE("GPL");\n' > many/use.c
printf '#include <linux/delay.h>\n#include <linux/spinlock.h>\nvoid take(spinlock_t *l);\nvoid take(spinlock_t *l)\n{\n\tudelay(1);\n}\n' > many/take.c
echo 'obj-m += both.o
both-objs := use.o take.o' > many/Makefile
settle
run 0 --stats many
known 0
run 0 --stats many
known 2
has err "modules 0"
sed -i 's/udelay/msleep/' many/take.c
run 1 --stats many
known 1
has err "modules 1, of several units 1"
cp out again
run 1 --no-cache many
check "the same report with one unit known" cmp -s again out
has out "many/use.c"

# another so2check
cp "$so2check" other
if ./other check --stats many > out 2> err; [ -s out ]; then
	known 0
fi

# nowhere to keep it, and nothing left of it
run 0 cache --clear
has out "0 files, 0.0 MB"
lin 1
known 0
finish
