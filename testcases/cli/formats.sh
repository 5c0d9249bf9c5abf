#!/bin/sh
# The formats of CI services, of a file whose name needs escaping in each of them, and of one that cannot be analysed.
. "$(dirname "$0")/lib.sh"

mkdir 'a,b'
write_bad 'a,b/50%:<&>".c'
: > empty.c

xml() {
	python3 - "$1" "$2" <<'P'
import sys
import xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
sys.exit(not eval(sys.argv[2], {"root": root, "one": root.find, "all": root.findall}))
P
}

json() {
	python3 - "$1" "$2" <<'P'
import json
import sys
sys.exit(not eval(sys.argv[2], {"root": json.load(open(sys.argv[1]))}))
P
}

source='a,b/50%:<&>".c'
run 3 --format github "$source" empty.c
check "each command is a line" sh -c 'test "$(grep -c "^::" out)" = "$(wc -l < out)"'
has out '::error file=a%2Cb/50%25%3A<&>".c,line='
has out ',title=lin-lock-held-on-exit::'
has out '%0A1. a,b/50%25:<&>".c:'
has out '%0Awhy: '
has out '::error file=empty.c,title=not-analysed::not analysed: the file is empty'

run 3 --format short "$source" empty.c
has out "$source:10:3: error: device_lock is still held when device_poll returns here [lin-lock-held-on-exit]"
has out "$source:8:2: note: device_lock is locked here"
has out "empty.c: warning: not analysed: the file is empty"
check "and no more" test "$(wc -l < out)" = 3

run 3 --format gitlab "$source" empty.c
cp out report.json
check "one issue for each" json report.json 'len(root) == 2'
check "what GitLab asks for" json report.json \
	'all(i["description"] and i["check_name"] and len(i["fingerprint"]) == 16 and i["location"]["lines"]["begin"] > 0 and i["severity"] in ("info", "minor", "major", "critical", "blocker") for i in root)'
check "the path is relative to the folder" json report.json 'root[0]["location"]["path"] == "a,b/50%:<&>\".c"'
check "what was not analysed blocks" json report.json 'root[1]["severity"] == "blocker"'
run 3 --format gitlab "$PWD/$source" empty.c
check "an absolute path gives the same report" cmp out report.json
cp "$source" copy.c
run 1 --format gitlab "$source" copy.c
check "equal findings of two files differ" json out 'len({i["fingerprint"] for i in root}) == len(root) == 2'

run 3 --format checkstyle "$source" empty.c
cp out report.xml
check "one element a file" xml report.xml \
	'[f.get("name") for f in all("file")] == ["a,b/50%:<&>\".c", "empty.c"]'
check "its finding" xml report.xml \
	'one("file/error").get("source") == "so2check.lin-lock-held-on-exit" and one("file/error").get("severity") == "error" and int(one("file/error").get("line")) > 0'
check "what was not analysed" xml report.xml 'all("file")[1].find("error").get("source") == "so2check.not-analysed"'

run 3 --format junit "$source" empty.c
cp out report.xml
check "the counts" xml report.xml \
	'{k: one("testsuite").get(k) for k in ("tests", "failures", "errors")} == {"tests": "2", "failures": "1", "errors": "1"}'
check "its failure, with the path" xml report.xml \
	'one("testsuite/testcase/failure").get("type") == "error" and "1. a,b/50%:<&>\".c:" in one("testsuite/testcase/failure").text'
check "what was not analysed" xml report.xml 'all("testsuite/testcase")[1].find("error") is not None'

# nothing found is said, too
write_good good.c
run 0 --format github good.c
check "no command" test ! -s out
run 0 --format gitlab good.c
check "an empty list" json out 'root == []'
run 0 --format checkstyle good.c
check "no file" xml out 'root.tag == "checkstyle" and len(root) == 0'
run 0 --format junit good.c
check "one test that passes" xml out 'one("testsuite").get("tests") == "1" and len(one("testsuite/testcase")) == 0'

# characters that XML cannot have, and names that are no text
strange=$(printf 'odd\001\377.c')
cp copy.c "$strange"
for form in checkstyle junit gitlab github; do
	run 1 --format $form "$strange"
	check "$form is UTF-8 without control characters" python3 -c \
		'import sys; t = open("out", encoding="utf-8").read(); sys.exit(any(ord(c) < 32 and c not in "\t\n" for c in t))'
done
run 1 --format junit "$strange"
check "and well-formed" xml out 'root.tag == "testsuites"'

# from merged reports
run 1 --format json -o part.json copy.c
for form in github gitlab checkstyle junit; do
	run 1 --format $form copy.c
	cp out whole
	run 1 merge --format $form part.json
	check "merge writes the same $form" cmp out whole
done

run 2 rules --format junit
has err "option --format: \`rules\` writes text or json"
run 2 --format xml copy.c
has err "checkstyle"
if [ -w /dev/full ]; then
	for form in github gitlab checkstyle junit; do
		run 2 --format $form -o /dev/full copy.c
		has err "No space left"
	done
fi

finish
