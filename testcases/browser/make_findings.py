"""Writes drivers with very many findings: make_findings.py FOLDER FILES FUNCTIONS_A_FILE, one finding a function."""
import pathlib
import sys

HEAD = """#include <linux/module.h>
#include <linux/spinlock.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/delay.h>

struct tank {
	spinlock_t lock;
	int level, limit;
};
"""
FUNCTIONS = ["""
int NAME_set(struct tank *t, int level)
{
	spin_lock(&t->lock);
	if (level > t->limit)
		return -EINVAL;
	t->level = level;
	spin_unlock(&t->lock);
	return 0;
}
""", """
int NAME_fill(struct tank *t, const char __user *from)
{
	char *drops = kmalloc(64, GFP_KERNEL);

	if (!drops)
		return -ENOMEM;
	if (copy_from_user(drops, from, 64))
		return -EFAULT; /* and they are lost */
	t->level += drops[0];
	kfree(drops);
	return 0;
}
""", """
int NAME_drain(struct tank *t)
{
	int err = 0;

	spin_lock(&t->lock);
	if (t->level < 0)
		err = -EIO;
	msleep(20);
	spin_unlock(&t->lock);
	return err;
}
"""]

folder, files, functions = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
folder.mkdir()
for number in range(files):
    text = "".join(FUNCTIONS[i % 3].replace("NAME", f"tank{number}_{i}") for i in range(functions))
    (folder / f"tank{number:02}.c").write_text(HEAD + text)
