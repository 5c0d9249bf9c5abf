#!/bin/sh
# The hook of the pre-commit framework, run by the framework.
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib.sh"

command -v git > /dev/null && command -v pre-commit > /dev/null || exit 77
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
export SO2CHECK="$so2check" HOME="$work" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org

# where the framework gets it from
git init -q -b main "$work/so2check" && cd "$work/so2check" || exit 1
mkdir integration
cp "$root/.pre-commit-hooks.yaml" .
cp "$root/integration/pre-commit" integration/
git add . && git commit -q -m hooks
revision=$(git rev-parse HEAD)

git init -q -b main "$work/driver" && cd "$work/driver" || exit 1
cat > .pre-commit-config.yaml <<C
repos:
- repo: $work/so2check
  rev: $revision
  hooks:
  - id: so2check
C
git add .
pre-commit install > out 2> err || { cat out err; exit 1; }
last="git commit"

write_bad bad.c
git add bad.c
git commit -q -m bad > out 2>&1
check "a finding stops the commit" test $? -ne 0
has out "bad.c:10:3: error: device_lock is still held"
check "nothing was committed" sh -c '! git rev-parse -q --verify HEAD'

# the framework puts aside what is not staged
write_good bad.c
git add bad.c
write_bad bad.c
git commit -q -m good > out 2>&1
check "what is staged is good" test $? -eq 0
check "what is not staged is back" grep -q 'return -22' bad.c
check "one commit" test "$(git rev-list --count HEAD)" = 1

printf 'text\n' > notes
git add notes
git stash -q --keep-index
git commit -q -m notes > out 2>&1
check "no C file, no check" test $? -eq 0
has out "Skipped"

finish
