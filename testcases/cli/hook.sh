#!/bin/sh
# The git hook in real repositories: it looks at what is staged, and stops what a commit brings.
hook=$(cd "$(dirname "$0")/../../integration" && pwd)/pre-commit
. "$(dirname "$0")/lib.sh"

command -v git > /dev/null || exit 77
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
export SO2CHECK="$so2check" HOME="$work" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org

repository() {
	cd "$work" && git init -q -b main "$1" && cd "$1" || exit 1
	ln -s "$hook" .git/hooks/pre-commit
}

# commits EXPECTED MESSAGE: 0, the commit is made; 1, the hook stops it
commits() {
	last="commit $2"
	git commit -q -m "$2" > out 2> err
	status=$?
	if [ $status -eq "$1" ]; then pass; else fail "git commit gave $status, not $1"; fi
}

repository first
write_good good.c
git add good.c
commits 0 "a good file"
write_bad bad.c
git add bad.c
commits 1 "a bad one"
has err "bad.c:10:3: error: device_lock is still held"
has err "commit stopped"
check "nothing was committed" sh -c 'test "$(git rev-list --count HEAD)" = 1'

# what is staged counts, not what lies there
write_good bad.c
commits 1 "staged bad, mended meanwhile"
git add bad.c
write_bad bad.c
commits 0 "staged good, broken meanwhile"
git checkout -q -- bad.c

# what was there before does not stop a commit
write_bad old.c
git add old.c
git commit -q --no-verify -m "with a finding"
sed -i 's|return 0;|return 0; /* well */|' old.c
git add old.c
commits 0 "known"
sed -i 's|/\* well \*/|/* better */|' old.c
git add old.c
last="all"
SO2CHECK_HOOK=all git commit -q -m "all" > out 2> err
check "all findings count when asked for" test $? -ne 0
has err "old.c:10:3: error"
git commit -q --no-verify -m "as it is"
sed 's/device_/other_/' old.c | sed 1,4d >> old.c
git add old.c
commits 1 "a second one"
has err "other_poll"
hasnt err "when device_poll"

# files that include a changed header, also by another one
repository headers
mkdir inc drv
printf '#define RELEASE(lock) spin_unlock(lock)\n' > inc/lock.h
printf '#include "lock.h"\n' > inc/all.h
write_bad drv/user.c
sed -i 's|#include <linux/spinlock.h>|&\n#include "../inc/all.h"|; s|\treturn -22;|{ RELEASE(\&device_lock); return -22; }|' drv/user.c
git add .
commits 0 "a driver and its headers"
printf '#define RELEASE(lock) do { } while (0)\n' > inc/lock.h
git add inc
commits 1 "the header breaks the driver"
has err "drv/user.c"

# the rest of the driver is looked at, too
repository parts
printf '#include <linux/spinlock.h>\n\nint poll_leave(spinlock_t *lock)\n{\n\tspin_unlock(lock);\n\treturn 0;\n}\n' > leave.c
write_bad enter.c
sed -i 's|^static DEFINE|int poll_leave(spinlock_t *lock);\n&|; s|return -22;|return poll_leave(\&device_lock);|' enter.c
git add .
commits 0 "a driver of two files"
sed -i '/spin_unlock/d' leave.c
git add leave.c
commits 1 "one breaks the other"
has err "enter.c"

# names, and a first commit
repository 'with a blank'
mkdir 'some folder'
write_bad 'some folder/a [b] file.c'
git add 'some folder'
commits 1 "bad from the start"
has err "some folder/a [b] file.c:10:3: error"
write_good 'some folder/a [b] file.c'
git add 'some folder'
commits 0 "good from the start"
printf 'text\n' > notes
git add notes
commits 0 "no C file"
git mv 'some folder/a [b] file.c' moved.c
commits 0 "a file moved"
git rm -q moved.c
commits 0 "a file gone"

# what cannot be analysed is let through, but not with what was found beside it
printf '#include "nowhere.h"\nint f(void) { return g(; }\n' > broken.c
git add broken.c
commits 0 "broken"
printf '/* */\n' >> broken.c
mkdir d
write_bad d/bad.c
git add broken.c d
commits 1 "broken, and a finding"
git rm -q -r --cached d

# many files: as they are
write_bad large.c
git add large.c
last="large"
SO2CHECK_HOOK_FILES=1 git commit -q -m large > out 2> err
check "a large repository is checked in place" test $? -ne 0
has err "checked as they are"
has err "large.c:10:3: error"
git rm -q --cached large.c

# part of what is staged
write_bad one.c
write_good two.c
git add one.c two.c
last="two.c"
git commit -q -m two two.c > out 2> err
check "a commit of some files looks at these" test $? -eq 0

# put in place by the program itself
cd "$work" && git init -q -b main "it's new" && cd "it's new" || exit 1
rm -rf .git/hooks
run 0 hook install
has out ".git/hooks/pre-commit: checks what is about to be committed"
check "git can run it" test -x .git/hooks/pre-commit
write_bad bad.c
git add bad.c
unset SO2CHECK
commits 1 "stopped by the installed hook"
has err "bad.c:10:3: error"
export SO2CHECK="$so2check"
mkdir deep
cd deep || exit 1
run 0 hook install
cd ..
check "a second time it is the same file" sh -c 'test "$(ls .git/hooks | tr "\n" " ")" = "pre-commit "'
echo '#!/bin/sh' > .git/hooks/pre-commit
run 2 hook install
has err "there is a hook already; let it call: sh "
check "somebody's own hook stays" sh -c 'test "$(cat .git/hooks/pre-commit)" = "#!/bin/sh"'
run 2 hook remove
has err "so2check hook install"
run 2 hook
cd "$work" || exit 1
run 2 hook install
has err "this folder is in no git repository"
cd "with a blank" || exit 1

# without the program nobody is kept from working
echo '/* */' >> two.c
git add two.c
last="no program"
SO2CHECK=nothing-of-this-name git commit -q -m "not checked" two.c > out 2> err
check "the commit is made" test $? -eq 0
has err "this commit is not checked"

finish
