#!/bin/sh
# --rules: a pack of one's own; a broken one stops the run before analysis, with its place.
. "$(dirname "$0")/lib.sh"

write_bad bad.c

# A pack that adds one rule over the built-in facts.
write_pack() {
	rm -rf pack
	mkdir -p pack/linux
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
Y
	printf '# my own rule\n' > pack/linux/my-lock-rule.md
}

write_pack
run 0 rules --rules pack
has out "my-lock-rule"
run 0 explain --rules pack my-lock-rule
has out "house rules"
run 1 --rules pack bad.c

# Every kind of mistake: nothing is analysed, status 2, file:line:column.
expect_broken() {
	run 2 --rules pack bad.c
	has err "$1"
	hasnt out "lin-lock-held-on-exit"
	run 2 test pack
}
write_pack
printf 'id: [unclosed\n' > pack/linux/broken.yaml
expect_broken "pack/linux/broken.yaml:"
write_pack
echo "severty: error" >> pack/linux/my-lock-rule.yaml
expect_broken "pack/linux/my-lock-rule.yaml:11:1: error: "
write_pack
sed 's/spinlock/spinlok/' pack/linux/my-lock-rule.yaml > rule && mv rule pack/linux/my-lock-rule.yaml
expect_broken "pack/linux/my-lock-rule.yaml:5:"
write_pack
sed 's/note/grave/' pack/linux/my-lock-rule.yaml > rule && mv rule pack/linux/my-lock-rule.yaml
expect_broken "pack/linux/my-lock-rule.yaml:3:"
write_pack
sed '/^message/d' pack/linux/my-lock-rule.yaml > rule && mv rule pack/linux/my-lock-rule.yaml
expect_broken "pack/linux/my-lock-rule.yaml:"
write_pack
printf '\377\376\n' >> pack/linux/my-lock-rule.yaml
expect_broken "pack/linux/my-lock-rule.yaml:11:"
write_pack
rm pack/pack.yaml
run 2 --rules pack bad.c
has err "pack.yaml"
run 2 --rules nowhere bad.c
has err "nowhere"

finish
