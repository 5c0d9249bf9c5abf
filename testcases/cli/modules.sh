#!/bin/sh
# Files of one driver are linked; how functions are reached is told.
. "$(dirname "$0")/lib.sh"

# A pack whose only fact says in which context pump_on_tick() calls back.
mkdir -p pack/linux/facts
printf 'name: mine\nversion: 1\n' > pack/pack.yaml
cat > pack/linux/facts/pump.yaml <<'Y'
roles:
  - {name: pump-tick, context: softirq}
apis:
  - name: pump_on_tick
    params: [{name: handler, role: pump-tick}]
    result: void
    sleeps: never
Y

mkdir pump
cat > pump/pump.h <<'C'
#include <linux/module.h>
#include <linux/spinlock.h>

extern spinlock_t pump_lock;
extern int pump_level;

void pump_update(int level);
void pump_nobody(void);
void pump_on_tick(void (*handler)(int level));
C
cat > pump/main.c <<'C'
#include "pump.h"

static void pump_tick(int level)
{
	pump_update(level);
}

static int __init pump_init(void)
{
	pump_on_tick(pump_tick);
	return 0;
}

static void __exit pump_exit(void)
{
	spin_lock(&pump_lock);
	pump_update(0);
	spin_unlock(&pump_lock);
}

module_init(pump_init);
module_exit(pump_exit);
MODULE_LICENSE("GPL");
C
cat > pump/level.c <<'C'
#include "pump.h"

DEFINE_SPINLOCK(pump_lock);
int pump_level;

static void pump_store(int level)
{
	pump_level = level;
}

void pump_update(int level)
{
	pump_store(level);
}

void pump_nobody(void)
{
	pump_store(2);
}
C

run 0 --stats --no-cache pump
has err "stats: modules 1, of several units 1"
run 0 --stats --no-cache pump/main.c pump/level.c
has err "stats: modules 1, of several units 1"

# from one file's timer into the other file
run 0 --rules pack --explain-context pump_store pump
has out "pump_store (pump/level.c:6:13)"
has out "pump/main.c:10:2: pump_tick becomes pump-tick in pump_init"
has out "pump/main.c:5:2: pump_tick calls pump_update"
has out "pump/level.c:13:2: pump_update calls pump_store"
has out "pump_tick is entered: softirq, atomic"
has out "pump_exit calls pump_update: atomic, holding pump_lock"
has out "pump_nobody is visible outside"
cp out first
run 0 --rules pack --explain-context pump_store pump/level.c pump/main.c
check "the same in any order" cmp -s first out
run 0 --explain-context pump_store pump/level.c
hasnt out "pump_tick"
run 2 --explain-context pump_stroe pump
has err "pump_stroe"
run 2 --explain-context pump_store --dump=ir pump
has err "exclude each other"
run 2 --explain-context= pump
has err "name is empty"

run 0 --rules pack --dump=context pump
has out "pump_tick: softirq, atomic"
has out "holding pump_lock; softirq, atomic; unknown"
run 0 --dump=summary pump
has out "summary of pump_update"

# a header has one name, whichever way a file of the driver reaches it
mkdir -p tree/sub
cat > tree/tree.h <<'C'
#include <linux/spinlock.h>
static DEFINE_SPINLOCK(tree_lock);
static inline void tree_bad(void)
{
	spin_lock(&tree_lock);
	spin_lock(&tree_lock);
	spin_unlock(&tree_lock);
}
C
printf '#include <linux/module.h>\n#include "tree.h"\nvoid tree_a(void)\n{\n\ttree_bad();\n}\n' > tree/a.c
printf '#include <linux/module.h>\n#include "../tree.h"\nvoid tree_b(void)\n{\n\ttree_bad();\n}\n' > tree/sub/b.c
run 1 tree
has out "tree/tree.h:6:"
hasnt out "sub/../tree.h"

# two entries in one folder: two drivers
cp pump/main.c pump/other.c
run 0 --stats --no-cache pump
has err "stats: modules 3, of several units 0"

# what a Makefile says counts
echo 'obj-m := pump.o other.o
pump-y := main.o level.o' > pump/Makefile
run 0 --stats --no-cache pump
has err "stats: modules 2, of several units 1"

# a file that cannot be read costs only itself
: > pump/level.c
run 3 --stats --no-cache pump
has err "stats: modules 2, of several units 0"

# cases: a folder below the rule's is one driver, other files are not
rule=lin-lock-held-on-exit
mkdir -p "cases/$rule/driver"
write_bad "cases/$rule/bad.c"
write_good "cases/$rule/good.c"
sed "s|return -22;|& /* expect: $rule */|" "cases/$rule/bad.c" > marked && mv marked "cases/$rule/bad.c"
cp "cases/$rule/bad.c" "cases/$rule/driver/a.c"
echo '#include <linux/module.h>
int device_poll(int wanted);
int device_ask(void)
{
	return device_poll(1);
}' > "cases/$rule/driver/b.c"
run 0 test --stats cases
has err "stats: modules 3, of several units 1"
has out "4 passed, 0 failed"

finish
