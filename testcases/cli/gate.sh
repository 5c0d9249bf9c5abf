#!/bin/sh
# `so2check gate`: thresholds, what counts, exit statuses, the verdict and the reports beside it.
likely=$(cd "$(dirname "$0")/../rules/linux" && pwd)/lin-errno-unchecked/kept_bad.c
. "$(dirname "$0")/lib.sh"

policy() {
	printf '%s\n' "$@" > .so2check.yaml
}

mkdir lab
write_bad lab/one.c
sed 's/device_/two_/g' lab/one.c > lab/two.c
write_good lab/good.c

# without a policy: no error
run 1 gate lab
has out "gate: 2 errors, at most 0: 2 too many"
has out "gate: failed (no policy: no error)"
run 0 gate lab/good.c
has out "gate: passed: 0 errors (at most 0) (no policy: no error)"

policy 'gate:' '  errors: 2'
run 0 gate lab
has out "gate: passed: 2 errors (at most 2) (.so2check.yaml)"
run 1 lab
policy 'gate:' '  errors: 1'
run 1 gate lab
has out "gate: 2 errors, at most 1: 1 too many"
policy 'severity:' '  locking: warning' 'gate:' '  warnings: any'
run 0 gate lab
policy 'severity:' '  locking: warning' 'gate:' '  warnings: 1'
run 1 gate lab
has out "gate: 2 warnings, at most 1: 1 too many"
policy 'gate:' '  errors: any' '  findings: 1'
run 1 gate lab
has out "gate: 2 findings, at most 1: 1 too many"
policy 'gate:' '  errors: any' '  rules:' '    "lin-lock-*": 1' '    memory: 0'
run 1 gate lab
has out "gate: 2 of lin-lock-*, at most 1: 1 too many"
hasnt out "of memory, at most 0: "

# findings that are only likely
cp "$likely" likely.c
policy 'gate:' '  certainty: likely'
run 1 gate likely.c
has out "gate: 2 errors, at most 0: 2 too many"
policy 'gate:' '  certainty: certain'
run 0 gate likely.c
has out "gate: passed: 0 errors (at most 0)"
has out "2 findings (2 errors"

# known and allowed ones
policy 'gate:' '  errors: 0'
run 1 --format json -o before.json lab
run 0 gate --baseline before.json lab
has out "gate: passed"
sed 's/device_/three_/g' lab/one.c > lab/three.c
run 1 gate --baseline before.json lab
has out "gate: 1 error, at most 0: 1 too many"
sed -i 's|return -22;|return -22; /* so2check: allow(lin-lock-held-on-exit) the caller unlocks */|' lab/three.c
run 0 gate --baseline before.json lab
policy 'allow-comments: false'
run 1 gate --baseline before.json lab
rm lab/three.c

# what was not analysed never passes
printf 'int f(void) { return g(; }\n' > lab/broken.c
policy 'gate:' '  errors: any'
run 3 gate lab
has out "gate: not passed: "
has out " could not be analysed, see above (.so2check.yaml)" # the unit, and with some libclang its function, too
hasnt out "gate: passed"
policy 'gate:' '  errors: 0'
run 3 gate lab
has out "gate: 2 errors, at most 0: 2 too many"
hasnt out "gate: passed"
rm lab/broken.c
mkdir empty
run 3 gate empty
hasnt out "gate: passed"
run 3 gate nowhere
hasnt out "gate: passed"
policy 'gate:' '  erors: 0'
run 2 gate lab
hasnt out "gate:"

# the folder itself
policy 'gate:' '  errors: 2'
cd lab || exit 1
cp ../.so2check.yaml .
run 0 gate
has out "3 units"
cd ..

# reports: one where it is asked for, and the verdict where it does no harm
for format in text json sarif github gitlab checkstyle junit; do
	run 1 --format $format lab
	cp out plain
	run 0 gate --format $format -o report --report $format=copy lab
	if [ $format = text ]; then
		check "text as ever" cmp report plain
	fi
	check "$format: the copy is the same" cmp report copy
	has out "gate: passed"
	check "nothing but the verdict beside it" test "$(wc -l < out)" = 1
done
run 0 gate --format json lab
check "the report is not spoilt" python3 -c "import json; json.load(open('out'))"
has err "gate: passed"
run 0 gate --report sarif=a.sarif --report junit=b.xml --report json=c.json lab
check "SARIF" grep -q '"version": "2.1.0"' a.sarif
check "JUnit" grep -q '<testsuite' b.xml
has out "gate: passed"
has out "lab/one.c:10:3: error"
run 2 gate --report sarif=nowhere/a.sarif lab
has err "cannot write nowhere/a.sarif"
run 2 gate --report sarif lab
has err "it is FORMAT=FILE, not \`sarif\`"
run 2 gate --report saref=a lab
has err '`saref` is none of'
run 2 merge --report sarif=a before.json
if [ -e /dev/full ]; then
	run 2 gate --report json=/dev/full lab
	hasnt out "gate: passed"
fi

# since a revision
if command -v git > /dev/null; then
	unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
	export HOME="$work" GIT_CONFIG_NOSYSTEM=1
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
	mkdir repository && cd repository && git init -q -b main || exit 1
	policy 'gate:' '  errors: 0'
	cp ../lab/one.c .
	git add . && git commit -q -m one
	run 0 gate --since HEAD
	cp ../lab/two.c .
	run 1 gate --since HEAD
	has out "gate: 1 error, at most 0: 1 too many"
fi
finish
