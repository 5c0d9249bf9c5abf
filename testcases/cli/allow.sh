#!/bin/sh
# Comments in the sources that allow a finding: they must name the rule and say why, and do not go unseen.
. "$(dirname "$0")/lib.sh"

# write FILE BEFORE BEHIND: one finding of lin-lock-held-on-exit at the return, with a comment before the function and one behind
write() {
	cat > "$1" <<C
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(device_lock);

$2
int device_poll(int wanted)
{
	spin_lock(&device_lock);
	if (wanted < 0)
		return -22; $3
	spin_unlock(&device_lock);
	return 0;
}
C
}

json() {
	python3 - "$1" "$2" <<'P'
import json
import sys
sys.exit(not eval(sys.argv[2], {"root": json.load(open(sys.argv[1]))}))
P
}

write line.c "" "/* so2check: allow(lin-lock-held-on-exit) the caller unlocks */"
run 0 line.c
has out "0 findings (0 errors, 0 warnings, 0 notes), 1 allowed"
hasnt out "note:"
write whole.c "// so2check: allow(lin-mem-leak, lin-lock-held-on-exit): the caller unlocks" ""
run 0 whole.c
has out "whole.c:6:1: note: allow: lin-mem-leak finds nothing here"
has out "1 allowed"
run 1 --no-allow line.c whole.c
hasnt out "allowed"
has out "2 findings"

# a rule that was not looked for may find something another time
run 0 --disable lin-mem-leak whole.c
hasnt out "finds nothing"
run 0 --only lin-mem-leak whole.c
hasnt out "lin-lock-held-on-exit finds nothing"

# what allows nothing
write other.c "" "// so2check: allow(lin-mem-leak) the caller unlocks"
run 1 other.c
has out "other.c:11:1: note: allow: lin-mem-leak finds nothing here"
write bare.c "" "// so2check: allow(lin-lock-held-on-exit)"
run 1 bare.c
has out "bare.c:11:1: note: allow: it needs a reason behind it"
write wrong.c "// so2check: allow(lin-lock-held-on-exti) the caller unlocks" "// so2check: ignore"
run 1 wrong.c
has out 'wrong.c:6:1: note: allow: there is no rule `lin-lock-held-on-exti`'
has out "wrong.c:11:1: note: this comment is not understood"
write empty.c "" "// so2check: allow() the caller unlocks"
run 1 empty.c
has out "empty.c:11:1: note: allow: it names no rule"
write far.c "" "
	/* so2check: allow(lin-lock-held-on-exit) the caller unlocks */"
run 1 far.c
has out "far.c:12:1: note: allow: lin-lock-held-on-exit finds nothing here"

# results of an earlier run
run 0 line.c
has out "1 allowed"

# reports for programs have them, apart
run 0 --format json -o report.json line.c
check "apart from what counts" json report.json 'root["findings"] == [] and root["summary"]["findings"] == 0'
check "with the reason" json report.json \
	'[(f["rule"], f["reason"], len(f["fingerprint"])) for f in root["allowed"]] == [("lin-lock-held-on-exit", "the caller unlocks", 16)]'
run 0 --format sarif -o report.sarif line.c
check "as SARIF has it" json report.sarif \
	'root["runs"][0]["results"][0]["suppressions"] == [{"kind": "inSource", "justification": "the caller unlocks"}]'
for form in github gitlab checkstyle junit; do
	run 0 --format $form line.c
	hasnt out "still held"
done
for form in json sarif; do
	run 1 --format $form -o whole.$form line.c bare.c
	run 0 --format $form -o 1.$form line.c
	run 1 --format $form -o 2.$form bare.c
	run 1 merge -o merged.$form 1.$form 2.$form
	check "merged as one run has them" cmp whole.$form merged.$form
done

finish
