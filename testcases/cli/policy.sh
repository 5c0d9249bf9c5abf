#!/bin/sh
# The policy beside the sources: what it says of rules, severities, paths and comments; where it is found; mistakes in it.
document=$(cd "$(dirname "$0")/../../docs" && pwd)/policy.md
. "$(dirname "$0")/lib.sh"

# policy TEXT...: a line each
policy() {
	printf '%s\n' "$@" > .so2check.yaml
}

mkdir lab lab/old lab/new
write_driver lab/new/bad.c device 10
write_driver lab/old/bad.c old 10
write_good lab/good.c

# rules: by id, pattern, topic
policy 'rules:' '  disable: [lin-lock-held-on-exit]'
run 0 lab
has out "0 not analysed, policy .so2check.yaml"
policy 'rules:' '  disable: ["lin-lock-*"]'
run 0 lab/new
policy 'rules:' '  disable: [Locking]'
run 0 lab/new/bad.c
policy 'rules:' '  disable: ["*"]' '  enable: [lin-lock-held-on-exit]'
run 0 lab
policy 'rules:' '  only: [memory]'
run 0 lab
policy 'rules:' '  only: [memory]' '  enable: [lin-lock-held-on-exit]'
run 1 lab
has out "2 findings"
run 1 --no-policy lab
hasnt out ", policy"
has out "2 findings"
policy 'rules:' '  disable: [locking]'
run 1 --only lin-lock-held-on-exit lab
run 1 --no-policy lab

# severities, in each format
policy 'severity:' '  locking: warning' '  lin-lock-held-on-exit: note'
run 1 lab
has out "lab/new/bad.c:10:18: note: device_lock is still held"
has out "(0 errors, 0 warnings, 2 notes)"
run 1 --format json lab
has out '"severity": "note"'
run 1 --format sarif -o one.sarif lab
has one.sarif '"level": "note"'
run 1 merge one.sarif -o two.sarif
check "a merged report has them, too" cmp one.sarif two.sarif

# paths
policy 'paths:' '  exclude: [old]'
run 1 lab
has out "2 units"
has out "lab/new/bad.c:10:18: error"
hasnt out "lab/old"
policy 'paths:' '  include: [lab/old]'
run 1 lab
has out "1 unit,"
has out "lab/old/bad.c:10:18: error"
policy 'paths:' '  include: ["lab/**/b?d.c"]' '  exclude: [/lab/old/]'
run 1 lab
has out "1 finding ("
policy 'paths:' '  disable:' '    lab/old: [lin-lock-*]'
run 1 lab
has out "3 units"
has out "1 finding ("
hasnt out "lab/old/bad.c"
policy 'paths:' '  exclude: [lab]'
run 3 lab
has out ".so2check.yaml: not analysed: the policy leaves out every file that was found"
: > lab/old/empty.c
policy 'paths:' '  exclude: [old]'
run 1 lab
hasnt out "empty.c"
rm lab/old/empty.c

# of a driver whose files are linked all are read, and what is in excluded ones does not count
mkdir parts
printf 'obj-m := both.o\nboth-objs := enter.o leave.o\n' > parts/Makefile
printf '#include <linux/spinlock.h>\n\nint poll_leave(spinlock_t *lock)\n{\n\tspin_unlock(lock);\n\treturn 0;\n}\n' > parts/leave.c
write_bad parts/enter.c
sed -i 's|^static DEFINE|int poll_leave(spinlock_t *lock);\n&|; s|return -22;|return poll_leave(\&device_lock);|' parts/enter.c
policy 'paths:' '  exclude: [leave.c]'
run 0 parts
has out "2 units"
sed -i '/spin_unlock/d' parts/leave.c
run 1 parts
has out "parts/enter.c"
policy 'paths:' '  exclude: [enter.c]'
run 0 parts

# comments
sed 's|return -22;|return -22; /* so2check: allow(lin-lock-held-on-exit) the caller unlocks */|' lab/new/bad.c > allowed.c
policy 'allow-comments: true'
run 0 allowed.c
policy 'allow-comments: false'
run 1 allowed.c

# target, kernel, baseline: the last two relative to the policy
policy 'target: windows'
run 3 lab/good.c
run 0 --target linux lab/good.c
policy 'kernel: nowhere'
run 3 lab/good.c
has out "$work/nowhere"
run 1 --no-policy --format json -o lab/before.json lab
policy 'baseline: lab/before.json'
run 0 lab
has out "2 known"
cd lab || exit 1
run 0 --policy ../.so2check.yaml .
run 2 --policy ../.so2check.yaml --baseline nowhere.json .
cd ..

# where it is found: the nearest one, up to the repository
mkdir -p outer/inner/deep
cp lab/new/bad.c outer/inner/deep/bad.c
policy 'rules:' '  disable: [locking]'
mv .so2check.yaml outer/.so2check.yaml
run 0 outer/inner/deep/bad.c
cd outer/inner || exit 1
run 1 deep
run 1 "$PWD/deep"
mkdir ../.git
run 0 deep
run 0 "$PWD/deep/bad.c"
mkdir .git
run 1 deep
echo 'severity: {locking: note}' > deep/.so2check.yaml
run 1 deep
has out "10:18: note"
run 0 --policy ../.so2check.yaml deep
rm -r .git
cp deep/bad.c .
run 2 deep bad.c
has err '`bad.c` has another policy than `deep`'
run 2 --policy ../.so2check.yaml --no-policy deep
has err "exclude each other"
cd "$work" || exit 1

# the hook looks at what is staged, policy included
if command -v git > /dev/null; then
	unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
	export HOME="$work" GIT_CONFIG_NOSYSTEM=1
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
	git init -q -b main hooked && cd hooked || exit 1
	run 0 hook install
	policy 'rules:' '  disable: [locking]'
	cp ../lab/new/bad.c .
	git add bad.c
	git commit -q -m "without the policy" > out 2>&1
	check "a policy that is not staged does not count" test $? -eq 1
	git add .so2check.yaml
	git commit -q -m "with it" > out 2>&1
	check "the staged one does" test $? -eq 0
	policy 'paths:' '  include: [lab]'
	mkdir lab
	cp ../lab/old/bad.c lab/old.c
	git add lab && git commit -q --no-verify -m lab
	sed 's/device_/third_/g' bad.c > lab/new.c
	run 1 --since HEAD .
	has out "lab/new.c:10:18"
	has out "1 known"
	cd lab || exit 1
	run 1 --since HEAD .
	has out "1 known"
	cd "$work" || exit 1
fi

# a build says which sources it wants
printf 'int f(void) { return g(; }\n' > broken.c
policy 'rules:' '  disable: [locking]'
run 3 --kbuild=error -D__KERNEL__ -std=gnu11 broken.c
policy 'paths:' '  exclude: [broken.c]'
run 0 --kbuild=error -D__KERNEL__ -std=gnu11 broken.c
check "nothing is said" test ! -s err

# mistakes: file, line, field
policy 'rules:' '  disabled: [locking]'
run 2 lab
has err ".so2check.yaml:2:3: error: rules: unknown key 'disabled' (did you mean 'disable'?)"
policy 'rules:' '  disable: [lin-lock-held-on-exti]'
run 2 lab
has err '.so2check.yaml:2:13: error: no rule and no topic is called `lin-lock-held-on-exti`; did you mean `lin-lock-held-on-exit`?'
policy 'severity:' '  locking: fatal'
run 2 lab
has err ".so2check.yaml:2:12: error: severity.locking: unknown word 'fatal'; expected error, warning or note"
policy 'gate:' '  errors: -1' '  warnings: many'
run 2 lab
has err ".so2check.yaml:2:11: error: gate.errors: expected a whole number, or any, found '-1'"
has err ".so2check.yaml:3:13: error: gate.warnings: expected"
policy 'severity:' '  "a\eb": note'
run 2 lab
has err ".so2check.yaml:2:3: error: severity: expected a text on one line as a key"
policy 'allow-comments: yes'
run 2 lab
has err ".so2check.yaml:1:17: error: allow-comments: expected true or false, found 'yes'"
policy 'paths:' '  exclude: ["**/**/**/**/**/x"]'
run 2 lab
has err "expected a path, with '**' at most 4 times"
policy 'rules: [locking'
run 2 lab
has err ".so2check.yaml:2:1: error: YAML:"
printf 'rules:\n  only: [\377]\n' > .so2check.yaml
run 2 lab
has err ".so2check.yaml:2:10: error: "
run 2 --policy nowhere.yaml lab
has err "nowhere.yaml: error: cannot read the file"
rm .so2check.yaml
mkdir .so2check.yaml
run 2 lab
has err ".so2check.yaml: error: cannot read the file"
rmdir .so2check.yaml

# what the documents show is right
awk '/^```yaml/ { open = 1; next } /^```/ { open = 0 } open' "$document" > .so2check.yaml
check "the document has an example" test -s .so2check.yaml
run 1 lab
finish
