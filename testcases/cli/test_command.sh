#!/bin/sh
# `so2check test`: each kind of marker, holding and broken.
. "$(dirname "$0")/lib.sh"

# marked NAME: a case with the bad driver; RETURN and LOCK stand in its comments.
marked() {
	mkdir -p cases
	write_bad cases/plain.c
	sed -e "s|return -22;|& /* $2 */|" -e "s|spin_lock(&device_lock);|& /* $3 */|" cases/plain.c > "cases/$1.c"
	rm cases/plain.c
}
expect_failure() {
	run 1 test cases
	has out "$1"
	has out "0 passed, 1 failed"
}
rule=lin-lock-held-on-exit

marked case "expect: $rule \\\\\"device_lock\\\\\"" "note: $rule \\\\\"locked\\\\\""
sed 's/\\"/"/g' cases/case.c > sedded && mv sedded cases/case.c
run 0 test cases
has out "1 passed, 0 failed"

marked case "nothing marked" ""
expect_failure "cases/case.c:10: unmarked finding: $rule"
marked case "expect: $rule" "expect: $rule"
expect_failure "cases/case.c:8: missing finding: $rule"
has out "line 10 has: $rule"
marked case "ok: $rule" ""
expect_failure "cases/case.c:10: finding on a line marked ok: $rule"
marked case "todo-expect: $rule" ""
expect_failure "cases/case.c:10: $rule is now found: promote"
marked case "todo-ok: $rule" ""
run 0 test cases
marked case "expect: $rule" "todo-ok: $rule"
expect_failure "cases/case.c:8: $rule is no longer found: promote"
marked case "expect: $rule" "todo-expect: $rule"
run 0 test cases
marked case "expect: $rule" "expect: lin-lock-duble"
expect_failure "cases/case.c:8: unknown rule in a marker: expect: lin-lock-duble"
marked case "expect: $rule" 'note: lin-lock-held-on-exit "no such step"'
expect_failure "cases/case.c:8: missing path step of $rule: \"no such step\""
has out "has the step: "
marked case "expect: $rule, note: this is prose" 'expect: "neither is this"'
run 0 test cases

# a case must compile, unless it says that it does not
marked case "expect: $rule" ""
echo "int broken = ;" >> cases/case.c
expect_failure "does not compile cleanly"
echo "/* parse-errors-allowed */" >> cases/case.c
run 0 test cases

# several files, one of them wrong; headers are no cases
marked case "expect: $rule" ""
write_good cases/good.c
marked wrong "" ""
echo "/* nothing */" > cases/header.h
run 1 test cases
has out "2 passed, 1 failed"

# a pack whose rule has no cases
mkdir -p pack/linux pack/tests/linux/my-lock-rule
printf 'name: mine\nversion: 1\n' > pack/pack.yaml
cat > pack/linux/my-lock-rule.yaml <<'Y'
id: my-lock-rule
title: my own rule
severity: note
checks:
  - {kind: typestate, resources: [spinlock], violations: [double]}
message: "{object} is locked again"
why: "a spin lock is not recursive"
help: "unlock first"
source:
  - {document: "house rules", place: "1"}
preview: true
Y
printf '# my own rule\n' > pack/linux/my-lock-rule.md
write_good pack/tests/linux/my-lock-rule/good.c
run 1 test pack
has out "rule my-lock-rule has no bad case"
hasnt out "no good case"

run 2 test nowhere
mkdir nothing
run 2 test nothing
has err "no cases"

finish
