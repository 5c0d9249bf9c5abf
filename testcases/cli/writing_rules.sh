#!/bin/sh
# docs/writing-rules.md to the letter: its files make a pack whose cases pass, in under 30 lines of YAML for facts and rule.
guide=$(cd "$(dirname "$0")/../.." && pwd)/docs/writing-rules.md
. "$(dirname "$0")/lib.sh"

# Fenced blocks whose fence names a file become that file.
awk '/^```[a-z]+ [^ ]+$/ { file = $2; folder = file; sub("/[^/]*$", "", folder); system("mkdir -p " folder); next }
     /^```$/ { if (file) close(file); file = ""; next }
     file { print > file }' "$guide"

run 0 test my-pack
has out "2 passed, 0 failed"
run 0 explain --rules my-pack shash-leak
has out "pins the module of its algorithm"
run 1 --rules my-pack my-pack/tests/linux/shash-leak/bad.c
has out "[shash-leak]"
run 0 --rules my-pack my-pack/tests/linux/shash-leak/good.c
lines=$(cat my-pack/linux/facts/*.yaml my-pack/linux/*.yaml | wc -l)
check "$lines lines of YAML are not under 30" [ "$lines" -lt 30 ]

# The guide's test can fail: without the effect of the release nothing is given back.
sed -i 's/effects: \[{resource: shash, event: release, object: tfm}\]//' my-pack/linux/facts/shash.yaml
run 1 test my-pack

finish
