#!/bin/sh
# report.sh SO2CHECK PACKAGES SCREENSHOTS: HTML reports of all kinds, then report.js looks at them in Chromium.
here=$(cd "$(dirname "$0")" && pwd)
packages=$2 screenshots=$3
. "$here/../cli/lib.sh"

skip() {
	echo "SKIPPED: $1"
	exit 77
}

[ -d "$packages/node_modules/playwright-core" ] && [ -f "$packages/installed.json" ] ||
	skip "the packages are not installed (npm.install)"
chromium=$(command -v chromium) || skip "chromium is not installed"

# every state: two open findings, one of them with a long path, one known, one allowed, and a file that is not analysed
mkdir mixed
write_bad mixed/known.c
run 1 --format json -o before.json mixed/known.c
sed 's|return -22;|return -22; /* so2check: allow(lin-lock-held-on-exit) the caller releases it */|' mixed/known.c |
	sed 's/device_/second_/' > mixed/allowed.c
cat > mixed/open.c <<'C'
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/delay.h>

struct pump {
	spinlock_t lock;
	int level;
};

/* what is wanted, from user space */
static int pump_fetch(struct pump *p, const char __user *from)
{
	char *wanted = kmalloc(64, GFP_KERNEL);

	if (!wanted)
		return -ENOMEM;
	if (copy_from_user(wanted, from, 64))
		return -EFAULT;
	p->level = wanted[0];
	kfree(wanted);
	return 0;
}

int pump_set(struct pump *p, const char __user *from)
{
	int err = pump_fetch(p, from);

	spin_lock(&p->lock);
	if (err)
		return err;
	msleep(1);
	spin_unlock(&p->lock);
	return 0;
}
C
: > mixed/empty.c
run 3 --baseline before.json --format html -o mixed.html mixed/open.c mixed/known.c mixed/allowed.c mixed/empty.c

# nothing found
write_good good.c
run 0 --format html -o clean.html good.c

# only lines of steps
run 1 merge --format html -o merged.html before.json

# markup that would run if it were not escaped
sed 's|if (wanted < 0)|/* </noscript><img src=x onerror=alert(1)><script>alert(2)</script> */ &|' mixed/known.c > hostile.c
hostile='x" onclick="alert(3)<img src=x onerror=alert(4)>.c'
cp hostile.c "$hostile"
run 1 --format html -o hostile.html "$hostile"

# 5,000 findings
python3 "$here/make_findings.py" many 10 500 || exit 1
run 1 --format html -o many.html many

mkdir -p "$screenshots"
last="node report.js"
NODE_PATH="$packages/node_modules" node "$here/report.js" "$chromium" "$work" "$screenshots"
check "report.js" test $? -eq 0
finish
