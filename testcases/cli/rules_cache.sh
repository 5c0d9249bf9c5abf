#!/bin/sh
# Rule packs that an earlier run has read: the same rules, never those of yesterday.
. "$(dirname "$0")/lib.sh"

stored() { # the newest state of the packs in the cache
	cat cache/so2check/*.rules 2> /dev/null | cksum
}

mkdir -p pack/linux
printf 'name: mine\nversion: 1\n' > pack/pack.yaml
cat > pack/linux/my-rule.yaml <<'Y'
id: my-rule
title: my first rule
severity: note
checks:
  - {kind: typestate, resources: [spinlock], violations: [double]}
message: "{object} is locked again"
why: "a spin lock is not recursive"
help: "unlock first"
source:
  - {document: "house rules", place: "1"}
Y
printf '# my rule\n' > pack/linux/my-rule.md
sleep 3 # what has just been written could be written again with the same time

run 0 rules --rules pack --format json
cp out first
check "the rules are stored" test -s "$(ls cache/so2check/*.rules | head -n 1)"
before=$(stored)
run 0 rules --rules pack --format json
check "stored rules give the same rules" cmp -s first out
check "and are left as they are" test "$before" = "$(stored)"
run 0 explain --rules pack my-rule
has out "house rules"

# changed, though as long as before and of the same time
touch -r pack/linux/my-rule.yaml stamp
sed -i 's/my first rule/my other rule/' pack/linux/my-rule.yaml
touch -r stamp pack/linux/my-rule.yaml
run 0 rules --rules pack
has out "my other rule"
hasnt out "my first rule"

# so is a page
sed -i 's/my rule/your rule/' pack/linux/my-rule.md
run 0 explain --rules pack my-rule
has out "your rule"

# a mistake is told in every run, and a mended one in none
cp pack/linux/my-rule.yaml good
sed -i 's/^severity: note/severity: grave/' pack/linux/my-rule.yaml
run 2 rules --rules pack
has err "pack/linux/my-rule.yaml:3:11: error:"
run 2 rules --rules pack
has err "pack/linux/my-rule.yaml:3:11: error:"
cp good pack/linux/my-rule.yaml
run 0 rules --rules pack

# a file that is gone, and one that is new
sleep 3
run 0 rules --rules pack
mv pack/linux/my-rule.yaml kept
run 2 rules --rules pack
has err "has no rules"
sed 's/my-rule/my-rule-2/' kept > pack/linux/my-rule-2.yaml
printf '# my rule\n' > pack/linux/my-rule-2.md
run 0 rules --rules pack
has out "my-rule-2"

# a folder that takes the place of another
sleep 3
run 0 rules --rules pack
mv pack old
mkdir -p pack/linux
cp old/pack.yaml pack
sed 's/my-rule/my-rule-3/' kept > pack/linux/my-rule-3.yaml
printf '# my rule\n' > pack/linux/my-rule-3.md
run 0 rules --rules pack
has out "my-rule-3"
hasnt out "my-rule-2"
rm -r pack
mv old pack

# damage
for file in cache/so2check/*.rules; do
	printf 'xxxx' | dd of="$file" bs=1 seek=1000 conv=notrunc 2> /dev/null
done
run 0 rules --rules pack
has out "my-rule-2"

# nothing is left by a run without a cache
rm -rf cache
XDG_CACHE_HOME=relative HOME='' run 0 rules --rules pack
check "no cache folder" test ! -e cache -a ! -e relative
finish
