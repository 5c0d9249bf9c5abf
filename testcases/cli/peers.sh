#!/bin/sh
# --with sparse,coccinelle: their reports as findings of our rules, one finding for what two found, and programs that are
# absent, hang, crash or print nonsense.
. "$(dirname "$0")/lib.sh"
real_path=$PATH
cat > wire.c <<'C'
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

struct wire {
	__le32 length;
	__be16 port;
};

static DEFINE_SPINLOCK(wire_lock);

int wire_length(struct wire *w)
{
	return w->length + 1;
}

void wire_set(struct wire *w, u32 length)
{
	w->length = length;
	w->port = cpu_to_be16(3);
}

ssize_t wire_read(char __user *buf, size_t n)
{
	char *p = buf;

	spin_lock(&wire_lock);
	if (n == 3)
		return -EINVAL;
	spin_unlock(&wire_lock);
	return *buf + (p == NULL);
}

int wire_open(int status)
{
	u32 *p = kmalloc(sizeof(p), GFP_KERNEL);

	if (!status & 4)
		status = 1;
	if (p)
		kfree(p);
	return status;
}

int wire_good(struct wire *w, char __user *to, int status)
{
	char byte = 1;

	if (!(status & 4) || !w || le32_to_cpu(w->length) > 9)
		return 1;
	return copy_to_user(to, &byte, 1) ? -EFAULT : 0;
}
C

# ---- stand-ins ----
mkdir bin
# stand_in NAME SCRIPT: a program that counts its runs, and does that
stand_in() {
	printf '#!/bin/sh\necho >> "%s/runs"\nPATH=%s\n%s\n' "$work" "$real_path" "$2" > "bin/$1"
	chmod +x "bin/$1"
}
runs() {
	if [ -f runs ]; then wc -l < runs; else echo 0; fi
}
alone() {
	PATH=$work/bin
	run "$@"
	PATH=$real_path
}
sleep 3 # a file that was saved just now is not remembered
alone 1 --with sparse --with coccinelle wire.c
has err "sparse is not installed (Debian: sparse)"
has err "spatch is not installed (Debian: coccinelle)"
has out "lin-alloc-size" # of our own: nothing was lost
hasnt out "found by"

stand_in sparse "echo '$work/wire.c:19:12: warning: incorrect type in assignment (different base types)' >&2
echo '$work/wire.c:19:12:    expected restricted __le32 [usertype] length' >&2
echo '$work/wire.c:19:12:    got unsigned int [usertype] length' >&2
echo '$work/wire.c:29:3: warning: context imbalance in '\''wire_read'\'' - wrong count at exit' >&2
echo '$work/other.c:3:3: warning: cast to restricted __le32' >&2
echo '$work/wire.c:20:1: warning: something that no rule knows' >&2"
alone 1 --with sparse --format json wire.c
has out "incorrect type in assignment (different base types): expected restricted __le32 [usertype] length, got"
has out '"function": "wire_set"'
hasnt out "no rule knows"
check "one finding for both" test "$(grep -c '"rule": "lin-lock-held-on-exit"' out)" = 1
check "and both names" test "$(tr -d ' \n' < out | grep -c '"engines":\["so2check","sparse"\]')" = 1
check "it has run" test "$(runs)" = 1
alone 1 --with sparse --format json wire.c
check "what has not changed is not given to it again" test "$(runs)" = 1
has out '"sparse"'
run 1 --format json wire.c
hasnt out '"sparse"' # that result is another one
alone 1 --with sparse --format sarif -o one.sarif wire.c
has one.sarif '"engines"'
run 1 merge --format sarif one.sarif
has out '"engines"'
alone 1 --with sparse --format json -o one.json wire.c
run 1 merge --format text one.json
has out "found by: so2check, sparse"
check "all of this from what is known" test "$(runs)" = 1
echo >> bin/sparse
alone 1 --with sparse wire.c
check "a new version looks again" test "$(runs)" = 2

# what goes wrong is said, is exit status 3, and is not remembered; our own findings stay
goes_wrong() {
	rm -f runs
	alone 3 --with "$1" --time-limit 4 -j 2 wire.c
	has out "$2"
	has out "[lin-lock-held-on-exit]"
	alone 3 --with "$1" --time-limit 4 -j 0 wire.c
	check "it is tried again" test "$(runs)" -ge 2
}
stand_in sparse 'sleep 50 & wait'
goes_wrong sparse "not analysed by sparse: it took longer than 1 seconds"
stand_in sparse 'kill -SEGV $$'
goes_wrong sparse "not analysed by sparse: it was ended by signal 11"
stand_in sparse 'head -c 20000000 /dev/zero'
goes_wrong sparse "not analysed by sparse: it printed too much"
stand_in sparse 'printf "a\\000b"'
goes_wrong sparse "not analysed by sparse: it printed what is no text"
stand_in sparse 'echo panic; exit 7'
goes_wrong sparse "not analysed by sparse: exit status 7"
stand_in spatch 'echo "Fatal error: exception Failure"; exit 2'
goes_wrong coccinelle "exit status 2: Fatal error"
printf 'no program' > bin/spatch
goes_wrong_once() {
	alone 3 --with coccinelle wire.c
	has out "not analysed by coccinelle: it could not be started"
}
goes_wrong_once
stand_in sparse "echo '$work/wire.c:5:1: error: Expected ; at end of type declaration'"
alone 1 --with sparse wire.c
has out "not analysed by sparse: it could not read a part: Expected ;"
rm -r bin
run 2 --with sprase wire.c
has err "\`sprase\` is none of sparse, coccinelle"

# ---- a pack of one's own ----
mkdir -p pack/linux
echo 'name: mine
version: 1' > pack/pack.yaml
cat > pack/linux/mine-null.yaml <<'Y'
id: mine-null
title: a comparison with NULL
severity: note
peers: [{tool: coccinelle, script: null.cocci}]
message: "compare with NULL"
why: it is so
help: do not
source: [{document: "d", place: "p"}]
Y
echo '# mine-null' > pack/linux/mine-null.md
run 2 --rules pack wire.c
has err "pack/linux/mine-null.yaml:4:36: error: peers[0].script: there is no file 'null.cocci' beside the rule"
cat > pack/linux/null.cocci <<'S'
virtual report
@found@ expression e; position at; @@
  e ==@at NULL
@script:python depends on report@ at << found.at; @@
coccilib.report.print_report(at[0], "compared with NULL")
S

# ---- the programs themselves ----
if command -v spatch > tools; then
	run 1 --rules pack --with coccinelle wire.c
	has out "wire.c:32:19: note: compared with NULL [mine-null, likely]"
	has out "wire.c:39:7: warning: the value is negated before it is masked"
	has out "wire.c:41:2: note: kfree does nothing with NULL"
	has out "found by: so2check, coccinelle" # lin-alloc-size
	check "once each" test "$(grep -c 'lin-not-and\|lin-free-null-test\|mine-null' out)" = 3
else
	echo "SKIPPED: spatch is not installed (package coccinelle)"
fi
if command -v sparse > tools; then
	run 1 --with sparse wire.c
	has out "wire.c:15:10: warning: restricted __le32 degrades to integer [lin-bitwise, likely]"
	has out "wire.c:20:12: warning: incorrect type in assignment (different base types): expected restricted __le32"
	has out "wire.c:26:12: warning: incorrect type in initializer (different address spaces): expected char *p"
	has out "[lin-user-deref]"
	hasnt out "wire_good"
	hasnt out "not analysed by"
	check "our own and Sparse's are one" test "$(grep -c 'found by: so2check, sparse' out)" = 2
	check "no more than these" test "$(grep -c 'found by: sparse' out)" = 3
	# with the flags of a compile database, relative to its folder
	mkdir -p db/inc db/src
	echo '#define WIRE_SHIFT 1' > db/inc/shift.h
	printf '#include "shift.h"\ntypedef unsigned int __attribute__((bitwise)) le;\nint one(le x);\nint one(le x)\n{\n\treturn x << WIRE_SHIFT;\n}\n' > db/src/one.c
	printf '[{"directory": "%s/db/src", "file": "one.c", "arguments": ["gcc", "-I../inc", "-c", "one.c"]}]\n' "$work" > db/compile_commands.json
	run 1 --target linux --with sparse -p db db/src/one.c
	has out "[lin-bitwise, likely]"
	hasnt out "not analysed by"
else
	echo "SKIPPED: sparse is not installed (package sparse)"
fi
finish
