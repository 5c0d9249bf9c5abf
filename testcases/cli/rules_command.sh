#!/bin/sh
# `rules --coverage`, `rules --lint`: what a pack lacks is said with its place, and decides the exit status.
. "$(dirname "$0")/lib.sh"

mkdir -p pack/linux/facts pack/coverage pack/tests/linux/pump-leak
printf 'name: mine\nversion: 1\n' > pack/pack.yaml
cat > pack/linux/facts/pump.yaml <<'Y'
apis:
  - {name: pump_take, result: errno}
Y
cat > pack/linux/pump-leak.yaml <<'Y'
id: pump-leak
title: result of pump_take ignored
severity: note
checks: [{kind: call, apis: [pump_take]}]
message: "{api} is called"
why: "a pump is heavy"
help: "do not take it"
source: [{document: "house rules", place: "1"}]
aliases: [pump-old]
traps: [{name: given, what: "somebody else took it"}]
Y
printf '# pump-leak\n\n## Bad\n\n    pump_take();\n' > pack/linux/pump-leak.md
cat > pack/coverage/house.yaml <<'Y'
document: "house rules"
sections:
  - place: "1"
    names:
      - {name: pump_take, kind: function, rules: [pump-old]}
      - {name: pump_turn, kind: function, rules: [pump-leak]}
      - {name: pump_paint, kind: tool, because: "no C"}
    constraints:
      - {what: "pumps are put back", rules: [pump-missing]}
rules: [pump-leak]
Y

# no cases yet
run 1 rules --rules pack --lint
has out "rule pump-leak has no bad case"
has out "rule pump-leak has no good case"
has out 'rule pump-leak has no good case with `trap: given`'

printf 'int pump_take(void);\nint f(void)\n{\n\tpump_take(); /* expect: pump-leak "pump_take" */\n\treturn 0;\n}\n' \
	> pack/tests/linux/pump-leak/bad.c
printf '/* trap: pump-leak given */\nint f(void)\n{\n\treturn 0;\n}\n' > pack/tests/linux/pump-leak/good.c
run 1 rules --rules pack --lint
hasnt out "good case"
has out 'rule pump-leak has no bad case with `trap: given`'
hasnt out "example of its page"
sed -i '1i/* trap: pump-leak given */' pack/tests/linux/pump-leak/bad.c
run 0 rules --rules pack --lint
has out "0 things lacking"
printf '# pump-leak\n\n## Bad\n\n    pump_give();\n' > pack/linux/pump-leak.md
run 1 rules --rules pack --lint
has out "example of its page"
has out "pump_give"

# what the documents name
run 0 rules --rules pack --coverage
has out "pump_take"
has out "[fact: pump.yaml:2]"
has out "not checked: no C"
has out "rules of the book"
run 1 rules --rules pack --coverage --missing
has out "house.yaml:6: pump_turn: no fact knows it"
has out "house.yaml:9: pumps are put back: there is no rule pump-missing"
hasnt out "pump_take"
hasnt out "pump_paint"

# wrong lists and wrong options
sed -i 's/kind: tool, because: "no C"/kind: tool/' pack/coverage/house.yaml
run 2 rules --rules pack --coverage
has err "house.yaml:7:9"
has err "because"
run 2 rules --missing
has err "goes with --coverage"
run 2 rules --coverage --lint
run 2 rules --coverage --format json

finish
