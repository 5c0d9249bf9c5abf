#!/bin/sh
# The HTML report as it is written: its structure, what is in it, and that nothing of the sources can act in it. How it
# works in a browser is tested in testcases/browser.
reader=$(cd "$(dirname "$0")" && pwd)/html_check.py
. "$(dirname "$0")/lib.sh"

# report EXPRESSION...: of the report `out` as html_check.py reads it, which is `r`; l is the lines of sources
report() {
	python3 "$reader" out > read.json || { fail "the report is sound"; return; }
	for expression in "$@"; do
		check "$expression" python3 -c \
			'import json, sys; r = json.load(open("read.json")); l = r["sources"]; sys.exit(not eval(sys.argv[1]))' \
			"$expression"
	done
}

# one finding, and one file that cannot be analysed
write_bad bad.c
: > empty.c
run 3 --format html bad.c empty.c
report 'r["title"] == "so2check report"' \
	'[f["title"] for f in r["findings"]] == ["device_lock is still held when device_poll returns here"]' \
	'r["findings"][0]["severity"] == "error" and r["findings"][0]["lines"] == "0:4-14"' \
	'r["steps"] == 3' \
	'l["s0-10"].strip() == "return -22;" and l["s0-6"] == "int device_poll(int wanted)" and "s0-3" not in l' \
	'r["rules"] == ["lock still held when the function returns"]' \
	'r["missing"] == 1' \
	'r["index"]["findings"] == [[0, 0, 10, 0, "device_poll", r["findings"][0]["title"]]]' \
	'r["index"]["files"] == ["bad.c"]'
has out 'Not everything was analysed'
has out '<b>1</b> not analysed'
has out 'nobody else knows that the lock is taken'
has out 'release it on this path too'
has out 'CWE-667'
has out '<h4>Good</h4>'
run 3 --format html "$PWD/bad.c" empty.c
report 'r["index"]["files"] == ["bad.c"]'

# nothing found, and nothing found in a part
write_good good.c
run 0 --format html good.c
report 'r["findings"] == [] and r["missing"] == 0'
has out '<b>No findings</b>'
run 3 --format html good.c empty.c
has out '<b>No findings in what was analysed</b>'

# what does not count is told apart
sed 's|return -22;|return -22; /* so2check: allow(lin-lock-held-on-exit) <b>because</b> */|' bad.c > allowed.c
run 0 --format html allowed.c
report '[row[3] for row in r["index"]["findings"]] == [1]'
has out '<q>&lt;b&gt;because&lt;/b&gt;</q>'
run 1 --format json -o before.json bad.c
run 0 --format html --baseline before.json bad.c
report '[row[3] for row in r["index"]["findings"]] == [2]'
has out 'No new findings'

# sources that are hostile: markup, controls, marks that reorder, bytes that are no text, endless lines, another's name
{
	printf '#line 1 "/etc/passwd"\n'
	cat bad.c
} | sed 's|if (wanted < 0)|/* </noscript></article><script>alert(1)</script><!-- \& \x1b[31m \xff\xfe\xe2\x80\xae */ &|' > hostile.c
printf '/* ' >> hostile.c
head -c 100000 /dev/zero | tr '\0' 'x' >> hostile.c
printf ' */\n' >> hostile.c
odd=$(printf 'a"b<c>&\047\001\377.c')
cp hostile.c "$odd"
run 1 --format html "$odd"
report 'len(r["findings"]) == 1' \
	'"</noscript></article><script>alert(1)</script><!-- & \ufffd[31m \ufffd\ufffd\ufffd */" in l["s0-10"]' \
	'r["index"]["files"] == ["a\"b<c>&\x27\ufffd\ufffd.c"]' \
	'max(map(len, l.values())) < 700'
hasnt out 'root:'
# the two scripts and the table are the only ones, and none is ended by a text
check "no other script" test "$(grep -c '<script' out)" = 3

# text of headers that are not the driver's is not taken into the report, but for the step's own line
mkdir -p elsewhere mine
cat > elsewhere/outside.h <<'C'
/* not to be shown */
static inline int outside_poll(spinlock_t *lock, int wanted)
{
	spin_lock(lock);
	if (wanted < 0)
		return -22;
	spin_unlock(lock);
	return 0;
}
C
cat > mine/driver.c <<'C'
#include <linux/module.h>
#include <linux/spinlock.h>
#include "../elsewhere/outside.h"

int driver_poll(spinlock_t *lock, int wanted)
{
	return outside_poll(lock, wanted);
}
C
run 1 --format html mine/driver.c
report '"return -22;" in "".join(l.values())' 'not any("not to be shown" in text or "unlock" in text for text in l.values())'
hasnt out 'not to be shown'

# from a merged report: the lines of the steps, and word of it
run 1 merge --format html before.json
report 'l == {"s0-8": "\tspin_lock(&device_lock);", "s0-9": "\tif (wanted < 0)", "s0-10": "\t\treturn -22;"}' \
	'"only the lines of the steps" in r["index"]["remark"]'
has out '<h4>Good</h4>'
hasnt out 'found by'
sed 's/"certainty": /"engines": ["so2check", "sparse"], &/' before.json > others.json
run 1 merge --format html others.json
has out 'found by so2check, sparse<'

if [ -w /dev/full ]; then
	run 2 --format html -o /dev/full bad.c
	has err "No space left"
fi

finish
