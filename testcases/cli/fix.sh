#!/bin/sh
# so2check fix: a patch that applies, files that are clean and compile afterwards, and what is not fixed is said.
cases=$(cd "$(dirname "$0")/../rules" && pwd)
meddler=$(cd "$(dirname "$0")/../hostile" && pwd)/meddler.c
. "$(dirname "$0")/lib.sh"

# every kind of fix, and two fixes at one place
cat > mill.c <<'C'
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

struct sack {
	struct list_head link;
	int empty;
};

struct mill {
	struct list_head sacks;
	spinlock_t lock;
	struct mutex gate;
	int turns;
};

void mill_sweep(struct mill *m);
void mill_sweep(struct mill *m)
{
	struct sack *s;

	list_for_each_entry(s, &m->sacks, link) {
		if (s->empty)
			list_del(&s->link);
	}
}

int mill_grind(struct mill *m, void __user *arg, int grade);
int mill_grind(struct mill *m, void __user *arg, int grade)
{
	char *buf = kzalloc(16, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	mutex_lock(&m->gate);
	if (grade == 4)
		return -EIO; /* twice wrong */
	m->turns++;
	mutex_unlock(&m->gate);
	kfree(buf);
	return copy_to_user(arg, &m->turns,
			    sizeof(m->turns));
}

static irqreturn_t mill_interrupt(int irq, void *data)
{
	struct mill *m = data;

	spin_lock(&m->lock);
	m->turns++;
	spin_unlock(&m->lock);
	return IRQ_HANDLED;
}

int mill_start(struct mill *m, int irq);
int mill_start(struct mill *m, int irq)
{
	return request_irq(irq, mill_interrupt, IRQF_TRIGGER_RISING | IRQF_DISABLED, "mill", m);
}

static ssize_t mill_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct mill *m = file->private_data;

	spin_lock(&m->lock);
	m->turns = 0;
	spin_unlock(&m->lock);
	return 0;
}

const struct file_operations mill_fops = {
	.owner = THIS_MODULE,
	.read = mill_read,
};

MODULE_LICENSE("GPL");
C
cp mill.c before.c

# ---- as a patch ----
run 0 fix mill.c
cp out mill.patch
for what in "next entry beforehand" "make -EFAULT" "release the lock" "free the memory" "interrupts off" "leave the flag out"; do
	has err "$what"
done
has err "mill.c:42:3: note: fixed: release the lock before this return [lin-lock-held-on-exit]"
has err "mill.c:42:3: note: fixed: free the memory before this return [lin-mem-leak]"
check "the file is left alone" cmp -s mill.c before.c
for line in "+		if (grade == 4) {" "+	list_for_each_entry_safe(s, next, &m->sacks, link) {" "+	struct sack *next;" \
	"+			    sizeof(m->turns)) ? -EFAULT : 0;" "+	unsigned long flags;" \
	"+	spin_lock_irqsave(&m->lock, flags);"; do
	has mill.patch "$(printf '%s' "$line" | sed 's/^+\t\tif/+\tif/')"
done
has mill.patch "request_irq(irq, mill_interrupt, IRQF_TRIGGER_RISING, \"mill\", m)"
mkdir with_patch with_git
cp mill.c with_patch
cp mill.c with_git
(cd with_patch && patch -s -p1 < ../mill.patch) || fail "patch -p1 does not take it"
(cd with_git && git init -q && git apply ../mill.patch) || fail "git apply does not take it"
check "both give the same" cmp -s with_patch/mill.c with_git/mill.c
run 0 fix --dry-run -o other.patch mill.c
check "-o writes the same" cmp -s other.patch mill.patch

# ---- in place ----
chmod 640 mill.c
run 0 fix --apply mill.c
check "in place is as by the patch" cmp -s mill.c with_git/mill.c
check "the mode stays" test "$(stat -c %a mill.c)" = 640
check "nothing else is left" test "$(ls mill.c*)" = mill.c
run 0 mill.c
run 0 fix mill.c
check "nothing to fix, no patch" test ! -s out
kernel=$(ls -d /usr/src/linux-headers-*-amd64 2> /dev/null | tail -n 1)
if [ -n "$kernel" ] && command -v make > out && command -v gcc >> out; then
	mkdir module
	cp mill.c module
	echo 'obj-m := mill.o' > module/Kbuild
	make -s -C "$kernel" M="$work/module" CC=gcc KBUILD_MODPOST_WARN=1 mill.o > out 2> err || fail "the compiler does not take it"
	check "an object file" test -s module/mill.o
else
	echo "SKIPPED: no kernel headers, make or gcc: the fixed file is compiled by libclang only"
fi

# ---- what stays as it is ----
sed 's/$/\r/' before.c > crlf.c
run 0 fix --apply crlf.c
check "line ends stay" test "$(grep -c "$(printf '\r')$" crlf.c)" = "$(wc -l < crlf.c)"
printf '%s' "$(cat before.c)" > bare.c
run 0 fix bare.c
cp out bare.patch
mkdir bare
cp bare.c bare
(cd bare && patch -s -p1 < ../bare.patch) || fail "a file without a last newline"

# ---- what is not fixed, and why ----
cat > odd.c <<'C'
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

#define GIVE_UP return -1

static DEFINE_SPINLOCK(odd_lock);

int odd_copy(void __user *to, char *from, int count)
{
	int left = copy_to_user(to, from, count);

	if (left < 0)
		return left;
	return count - left;
}

int odd_lock_it(int wanted)
{
	spin_lock(&odd_lock);
	if (wanted < 0) return -22;
	if (wanted == 3)
		GIVE_UP;
	spin_unlock(&odd_lock);
	return 0;
}

int odd_share(int wanted)
{
	int err = -EINVAL;
	char *buf;

	if (wanted)
		goto out;
	buf = kmalloc(8, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	err = 0;
out:
	return err;
}

int odd_free(int wanted)
{
	char *buf = kmalloc(8, GFP_KERNEL);

	if (buf && wanted)
		return odd_lock_it(wanted);
	kfree(buf);
	kfree(buf); // so2check: allow(lin-use-after-free) on purpose
	return 0;
}
C
run 1 fix odd.c
check "no patch" test ! -s out
has err "the result is used for more than a test and a return"
has err "the return shares its line with other code"
has err "the return is also reached without it"
has err "what is returned is computed by the return itself"
hasnt err "lin-use-after-free"
run 1 fix --only lin-mem-leak odd.c
hasnt err lin-lock-held-on-exit

# a file that others write to meanwhile, and one outside of what was given
mkdir there here
write_bad there/far.h
echo '#include "../there/far.h"' > here/near.c
run 1 fix --apply here
has err "its file lies outside of what was given"
check "it stays" grep -q "return -22" there/far.h
write_bad late.c
cp late.c late_before.c
mkfifo gate
"$so2check" fix -o gate late.c 2> err &
cat gate > /dev/null
wait
mkdir locked
write_bad locked/shut.c
if [ "$(id -u)" != 0 ]; then
	chmod 555 locked
	run 2 fix --apply locked/shut.c
	has err "locked/shut.c: error: not written"
	chmod 755 locked
fi
ln -s late.c link.c
run 0 fix --apply link.c
check "a link stays a link" test -L link.c
check "and its file is fixed" grep -q spin_unlock late.c
run 3 fix gone.c
has err "gone.c: error: not analysed"
run 2 fix
run 2 fix --format json mill.c

# ---- on our own cases ----
# fixes RULE FILE COUNT: so many of its findings are fixed, and gone from the file
fixes() {
	cp "$cases/linux/$1/$2" case.c
	run "$4" fix --only "$1" --apply case.c
	check "$1 $2: $3 fixed" test "$(grep -c ': note: fixed: ' err)" -eq "$3"
	"$so2check" --only "$1" --format json case.c > out 2> /dev/null
	left=$(grep -c "\"rule\": \"$1\"" out)
	check "$1 $2: the others are left" test "$(grep -c ': note: not fixed: ' err)" -eq "$left"
}
fixes lin-lock-held-on-exit bad.c 8 0
fixes lin-lock-irq-unsafe callbacks_bad.c 4 0
fixes lin-mem-leak owner_bad.c 7 0
fixes lin-list-del-in-foreach bad.c 6 0
fixes lin-copy-user-errno bad.c 6 1
fixes lin-gfp-atomic count_bad.c 2 0

# saved by somebody else between reading and writing: that text stays, the reason is told, nothing is left beside it
write_bad raced.c
if grep -q __asan_init "$so2check" || ! ${CC:-cc} -shared -fPIC -o meddler.so "$meddler" 2> err; then
	echo "SKIPPED: nothing can be preloaded here"
	finish
fi
{ cat raced.c; echo '/* saved meanwhile */'; } > wanted
last="fix --apply raced.c, which changes meanwhile"
MEDDLE=raced.c LD_PRELOAD=$work/meddler.so "$so2check" fix --apply raced.c > out 2> err < /dev/null
check "status 2" test $? -eq 2
has err "raced.c: error: not written: it has been changed meanwhile"
check "what was saved is there" cmp -s raced.c wanted
check "no temporary file is left" test -z "$(find . -name 'raced.c.*')"
run 0 fix --apply raced.c
has raced.c "saved meanwhile"
finish
