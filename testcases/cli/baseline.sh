#!/bin/sh
# An earlier report says what is known: only what is new counts, however lines and files have moved meanwhile.
. "$(dirname "$0")/lib.sh"

json() {
	python3 - "$1" "$2" <<'P'
import json
import sys
sys.exit(not eval(sys.argv[2], {"root": json.load(open(sys.argv[1]))}))
P
}

mkdir old new
write_bad old/bad.c
for form in json sarif; do
	run 1 --format $form -o base.$form old/bad.c
done

# the same, moved down and elsewhere
{
	echo '/* what it is for */'
	sed 's/spin_lock(/  spin_lock(/' old/bad.c
} > new/bad.c
for form in json sarif; do
	run 0 --baseline base.$form new/bad.c
	has out "0 findings (0 errors, 0 warnings, 0 notes), 1 known"
done

# a second one of the kind, a copy under another name, a file that was not there
sed 's/device_poll/device_ask/' old/bad.c | sed '1,5d' >> new/bad.c
run 1 --baseline base.json new/bad.c
has out "device_ask"
hasnt out "when device_poll returns"
has out "1 finding (1 error, 0 warnings, 0 notes), 1 known"
cp old/bad.c new/copy.c
run 1 --baseline base.json new/copy.c
has out "1 finding"
has out "0 known"

# in reports for programs
run 1 --format json -o report.json --baseline base.json new/bad.c
check "known apart from new" json report.json \
	'[f["function"] for f in root["findings"]] == ["device_ask"] and [f["function"] for f in root["known"]] == ["device_poll"]'
run 1 --format sarif -o report.sarif --baseline base.sarif new/bad.c
check "as SARIF has it" json report.sarif \
	'sorted((r["baselineState"], r["locations"][0]["logicalLocations"][0]["name"]) for r in root["runs"][0]["results"]) == [("new", "device_ask"), ("unchanged", "device_poll")]'
run 1 --format gitlab --baseline base.json new/bad.c
check "services are told what is new" json out 'len(root) == 1'
run 1 --format json -o base.json new/bad.c
run 0 --baseline base.json --format json -o next.json new/bad.c
run 0 --baseline next.json new/bad.c
has out "2 known"
for form in json sarif; do
	run 1 --baseline base.sarif --format $form -o whole.$form old/bad.c new/copy.c
	run 0 --baseline base.sarif --format $form -o 1.$form old/bad.c
	run 1 --baseline base.sarif --format $form -o 2.$form new/copy.c
	run 1 merge -o merged.$form 1.$form 2.$form
	check "merged as one run has them" cmp whole.$form merged.$form
done

# what was allowed is not known: without the comment it counts
sed 's|return -22;|return -22; /* so2check: allow(lin-lock-held-on-exit) the caller unlocks */|' old/bad.c > allowed.c
run 0 --format json -o base.json allowed.c
run 1 --no-allow --baseline base.json allowed.c

# files that are no reports, told before anything is checked
run 2 --baseline nowhere.json old/bad.c
has err "nowhere.json"
echo '{' > broken.json
run 2 --baseline broken.json old/bad.c
has err "broken.json: error: it is no report"
echo '{"version": 1, "findings": [{"file": "a.c"}]}' > lacking.json
run 2 --baseline lacking.json old/bad.c
has err 'lacking.json: error: findings[0]: there is no "fingerprint"'
echo '{"version": 2}' > later.json
run 2 --baseline later.json old/bad.c
has err "later.json: error: it is of another version"
check "nothing was checked" test ! -s out

finish
