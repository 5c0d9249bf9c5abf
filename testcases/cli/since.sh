#!/bin/sh
# --since: what a revision has is known, of the same paths as they were then.
. "$(dirname "$0")/lib.sh"

command -v git > /dev/null || exit 77
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
export HOME="$work" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org

git init -q -b main "$work/repository" && cd "$work/repository" || exit 1
mkdir lab
write_bad lab/bad.c
sed 's/device_/first_/g' lab/bad.c > lab/first.c
git add . && git commit -q -m one
git tag one
sed 's/device_/second_/g' lab/bad.c > lab/second.c
git add . && git commit -q -m two
sed -i 's|#include <linux/module.h>|/* moved */\n&|' lab/bad.c
sed 's/device_/third_/g' lab/bad.c > lab/third.c

run 1 --since HEAD lab
has out "lab/third.c:11:3: error"
has out "1 finding (1 error, 0 warnings, 0 notes), 3 known"
run 1 --since one lab
has out "2 findings (2 errors, 0 warnings, 0 notes), 2 known"
run 0 --since HEAD lab/bad.c lab/first.c
run 1 --since HEAD lab/third.c
has out "0 known"

# the same from anywhere below
cd lab || exit 1
run 1 --since HEAD .
has out "3 known"
run 1 --since HEAD ../lab/second.c third.c
has out "1 finding (1 error, 0 warnings, 0 notes), 1 known"
mkdir ../new
cp third.c ../new
cd ../new || exit 1
run 1 --since HEAD third.c
has out "0 known"
cd ..

# headers as they were then
printf '#define WRONG 0\n' > lab/state.h
{ echo '#include "state.h"'; sed 's/wanted < 0/WRONG/; s/device_/fourth_/g' lab/bad.c; } > lab/fourth.c
git add . && git commit -q -m four
printf '#define WRONG wanted < 0\n' > lab/state.h
run 1 --since HEAD lab/fourth.c
has out "1 finding (1 error, 0 warnings, 0 notes), 0 known"
check "the revision's files are kept for the next time" test -f .git/so2check/since/lab/fourth.c
check "and the working tree as it was" grep -q 'wanted' lab/state.h

# at any -j, and in other formats
run 1 --since HEAD -j 0 --format json -o 1.json lab
run 1 --since HEAD -j 4 --format json -o 2.json lab
check "the same report" cmp 1.json 2.json

# what the revision allowed is not known: without the comment it counts
sed 's|return -22;|// so2check: allow(lin-lock-held-on-exit) the caller unlocks\n\t\t&|' lab/bad.c > lab/fifth.c
git add . && git commit -q -m five
run 0 --since HEAD lab/fifth.c
has out "1 allowed, 0 known"
sed -i '/so2check: allow/d' lab/fifth.c
run 1 --since HEAD lab/fifth.c
has out "1 finding (1 error, 0 warnings, 0 notes), 0 known"

run 2 --since nothing lab
has err 'option --since: there is no revision `nothing`'
run 2 --since --help lab
has err 'there is no revision `--help`'
run 2 --since HEAD "$PWD/lab"
has err "is no path below this folder"
run 2 --since HEAD --baseline 1.json lab
has err "does not go with --baseline"
run 2 --since HEAD -p nowhere lab
has err "does not go with --database"
cd "$work" || exit 1
run 2 --since HEAD repository/lab
has err "this folder is in no git repository"

finish
