#!/bin/sh
# The box that sources are read in: options, what is trusted, what is shown of it, a loss that is told.
. "$(dirname "$0")/lib.sh"

mkdir -p lab shared
write_bad lab/bad.c
write_good lab/good.c
run 0 --sandbox require lab/good.c
if [ -s err ]; then
	fail "a notice although there is a box"
fi
run 0 --no-sandbox lab/good.c
run 0 --sandbox off --jobs 0 lab/good.c
run 2 --sandbox require --jobs 0 lab/good.c
has err "there is no worker (--jobs 0)"
run 2 --sandbox perhaps lab/good.c
has err "\`perhaps\` is none of auto, require, off"
run 2 --sandbox require rules
has err "option --sandbox does not belong to \`rules\`"

# a defect in a header beside: found and shown when trusted, else neither
sed 's/device_/shared_/g' lab/bad.c > shared/shared.h
printf '#include <linux/module.h>\n#include "../shared/shared.h"\nint user(void) { return shared_poll(1); }\n' > lab/user.c
run 0 gate lab/user.c
has out "shared/shared.h' may not be read: it lies outside of what is checked (--trust DIR)"
hasnt out "spin_lock"
run 1 gate --trust shared lab/user.c
has out "return -22;"
has out "spin_lock(&shared_lock);"
run 1 lab/user.c # by hand the current folder counts, too
has out "return -22;"
cd lab || exit 1
run 0 user.c
has out "may not be read"
git init -q ..
run 1 user.c # and the repository around it, whatever an earlier run in a smaller box has left
has out "shared.h:10:3: error"
cd .. || exit 1

# without the box the header is read, but not shown
run 1 gate --no-sandbox lab/user.c
has out "shared.h:10:3: error"
hasnt out "return -22;"

# the folder of a database that the user names by hand is believed, a submission's is not
printf '[{"directory": "%s", "file": "lab/angle.c", "command": "gcc -D__KERNEL__ -I%s -c lab/angle.c"}]\n' \
	"$work/lab/.." "$work/shared" > lab/compile_commands.json
sed 's/"..\/shared\/shared.h"/<shared.h>/' lab/user.c > lab/angle.c
rm -rf .git
run 0 gate -p lab lab/angle.c
has out "lies outside of what is checked; left out (--trust DIR)"
cd lab || exit 1
run 3 -p . angle.c # the header of its folder; the kernel's are not in the database
has out "shared.h:2:10: note: header 'linux/spinlock.h' was not found"
hasnt out "left out"
cd .. || exit 1
finish
