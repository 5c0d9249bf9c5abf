#!/bin/sh
# sarif.sh SO2CHECK PACKAGES: SARIF reports of all kinds before Microsoft's validator, with the rules of the standard and those
# of GitHub's code scanning. sarif.xml says what it is not asked for.
here=$(cd "$(dirname "$0")" && pwd)
multitool=$2/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
packages=$2
. "$here/../cli/lib.sh"

if [ ! -x "$multitool" ] || [ ! -f "$packages/installed.json" ]; then
	echo "SKIPPED: the packages are not installed (npm.install)"
	exit 77
fi

# validate REPORT...: the ids of all that the multitool finds in them, into `told`
validate() {
	last="Sarif.Multitool validate $*"
	rm -f verdict.sarif
	"$multitool" validate "$@" --config "$here/sarif.xml" --rule-kind "Sarif;Gh" --output verdict.sarif > out 2> err
	python3 - > told <<'P'
import json
for run in json.load(open("verdict.sarif"))["runs"]:
    for result in run.get("results", []):
        print(result["ruleId"], result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], result["message"])
    for invocation in run.get("invocations", []):
        for note in invocation.get("toolConfigurationNotifications", []) + invocation.get("toolExecutionNotifications", []):
            if note.get("level") == "error":
                print(note["message"]["text"])
P
}

write_bad known.c
sed 's|return -22;|return -22; /* so2check: allow(lin-lock-held-on-exit) the caller releases it */|' known.c > allowed.c
sed 's/device_/other_/' known.c > new.c
write_good good.c
: > empty.c
run 1 --format sarif -o findings.sarif known.c new.c
run 0 --format sarif -o clean.sarif good.c
run 3 --format sarif -o not-analysed.sarif known.c empty.c
run 1 --baseline findings.sarif --format sarif -o baseline-one.sarif known.c good.c allowed.c "$here/../drivers/linux/chardev"
run 3 merge --format sarif -o merged.sarif findings.sarif not-analysed.sarif
validate findings.sarif clean.sarif not-analysed.sarif baseline-one.sarif merged.sarif
check "all were read" grep -q "^Done. 5 files scanned" out
check "no errors, no warnings" test ! -s told
[ ! -s told ] || cat told

# it would tell
python3 - <<'P'
import json
report = json.load(open("not-analysed.sarif"))
del report["runs"][0]["tool"]["driver"]["notifications"][0]["help"]
json.dump(report, open("broken.sarif", "w"))
P
validate broken.sarif
has told GH2012

finish
