// SPDX-License-Identifier: GPL-2.0
/*
 * Counts what chosen processes do in the kernel: allocations, scheduling,
 * semaphores and mutexes. The counters come from kprobes and kretprobes;
 * processes are chosen with ioctls on /dev/ktracer, /proc/ktracer shows them.
 *
 * Nothing that is probed may be called with kt_lock held, outside of the
 * probe handlers themselves (where probes do not nest).
 */
#include <linux/fs.h>
#include <linux/hashtable.h>
#include <linux/kprobes.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/overflow.h>
#include <linux/proc_fs.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "ktracer.h"

#define KT_NAME			"ktracer"
#define KT_HASH_BITS		6
#define KT_MAXACTIVE		64
#define KT_LIVE_MAX		4096
#define KT_BLOCKS_MAX		(PAGE_SIZE / sizeof(u64))

/* A block that a traced process has allocated and not freed yet. */
struct kt_block {
	struct list_head link;
	unsigned long addr;
	size_t size;
};

struct kt_proc {
	struct hlist_node node;
	struct list_head link;
	pid_t pid;
	char name[KT_LABEL_LEN];

	/* the counters and the blocks */
	spinlock_t lock;
	u64 count[KT_EVENTS];
	u64 kmalloc_bytes;
	u64 kfree_bytes;
	u32 live;
	struct list_head blocks;
};

struct kt_probe {
	struct kprobe kp;
	enum kt_event event;
};

/* Which processes are traced, and their labels. */
static DEFINE_RWLOCK(kt_lock);
static DEFINE_HASHTABLE(kt_table, KT_HASH_BITS);
static LIST_HEAD(kt_procs);
static unsigned int kt_nr_procs;

/* The copy that KT_IOC_SNAPSHOT makes and read() returns. */
static DEFINE_MUTEX(kt_snap_lock);
static struct kt_entry *kt_snap;
static unsigned int kt_snap_len;

/* Call with kt_lock held. */
static struct kt_proc *kt_find(pid_t pid)
{
	struct kt_proc *p;

	hash_for_each_possible(kt_table, p, node, pid) {
		if (p->pid == pid)
			return p;
	}
	return NULL;
}

static u64 kt_events(struct kt_proc *p)
{
	u64 sum = 0;
	int i;

	for (i = 0; i < KT_EVENTS; i++)
		sum += p->count[i];
	return sum;
}

/* Free a process that is out of the table and its list of blocks. */
static void kt_proc_free(struct kt_proc *p)
{
	struct kt_block *blk, *tmp;

	list_for_each_entry_safe(blk, tmp, &p->blocks, link) {
		list_del(&blk->link);
		kfree(blk);
	}
	kfree(p);
}

static bool kt_traced(pid_t pid)
{
	unsigned long flags;
	bool found;

	read_lock_irqsave(&kt_lock, flags);
	found = kt_find(pid) != NULL;
	read_unlock_irqrestore(&kt_lock, flags);
	return found;
}

static int kt_pre_count(struct kprobe *kp, struct pt_regs *regs)
{
	struct kt_probe *probe = container_of(kp, struct kt_probe, kp);
	struct kt_proc *p;
	unsigned long flags;

	read_lock_irqsave(&kt_lock, flags);
	p = kt_find(current->pid);
	if (p) {
		spin_lock(&p->lock);
		p->count[probe->event]++;
		spin_unlock(&p->lock);
	}
	read_unlock_irqrestore(&kt_lock, flags);
	return 0;
}

static int kt_pre_kfree(struct kprobe *kp, struct pt_regs *regs)
{
	unsigned long addr = regs_get_kernel_argument(regs, 0);
	struct kt_block *blk, *found = NULL;
	struct kt_proc *p;
	unsigned long flags;

	if (!addr)
		return 0;

	read_lock_irqsave(&kt_lock, flags);
	p = kt_find(current->pid);
	if (!p)
		goto out;

	spin_lock(&p->lock);
	p->count[KT_KFREE]++;
	list_for_each_entry(blk, &p->blocks, link) {
		if (blk->addr == addr) {
			list_del(&blk->link);
			p->live--;
			p->kfree_bytes += blk->size;
			found = blk;
			break;
		}
	}
	spin_unlock(&p->lock);
out:
	read_unlock_irqrestore(&kt_lock, flags);
	kfree(found);
	return 0;
}

static int kt_pre_exit(struct kprobe *kp, struct pt_regs *regs)
{
	struct kt_proc *p;
	unsigned long flags;

	write_lock_irqsave(&kt_lock, flags);
	p = kt_find(current->pid);
	if (p) {
		hash_del(&p->node);
		list_del(&p->link);
		kt_nr_procs--;
	}
	write_unlock_irqrestore(&kt_lock, flags);

	if (p)
		kt_proc_free(p);
	return 0;
}

/* Remember the size; the return handler only runs for traced processes. */
static int kt_kmalloc_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	if (!kt_traced(current->pid))
		return 1;
	*(size_t *)ri->data = regs_get_kernel_argument(regs, 0);
	return 0;
}

static int kt_kmalloc_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	size_t size = *(size_t *)ri->data;
	struct kt_block *blk;
	struct kt_proc *p;
	unsigned long flags;

	blk = kmalloc(sizeof(*blk), GFP_ATOMIC); /* note: lin-null-unchecked "blk" */
	blk->addr = regs_return_value(regs); /* expect: lin-null-unchecked "blk" */
	blk->size = size;

	read_lock_irqsave(&kt_lock, flags);
	p = kt_find(current->pid);
	if (p) {
		spin_lock(&p->lock);
		p->count[KT_KMALLOC]++;
		p->kmalloc_bytes += size;
		if (blk->addr && p->live < KT_LIVE_MAX) {
			list_add(&blk->link, &p->blocks);
			p->live++;
			blk = NULL;
		}
		spin_unlock(&p->lock);
	}
	read_unlock_irqrestore(&kt_lock, flags);

	kfree(blk);
	return 0;
}

#define KT_PROBE(sym, ev) {						\
	.kp = { .symbol_name = sym, .pre_handler = kt_pre_count },	\
	.event = ev,							\
}

static struct kt_probe kt_probes[] = {
	KT_PROBE("schedule", KT_SCHED),
	KT_PROBE("up", KT_UP),
	KT_PROBE("down_interruptible", KT_DOWN),
	KT_PROBE("mutex_lock", KT_LOCK),
	KT_PROBE("mutex_unlock", KT_UNLOCK),
};

static struct kprobe kt_kfree_probe = {
	.symbol_name = "kfree",
	.pre_handler = kt_pre_kfree,
};

static struct kprobe kt_exit_probe = {
	.symbol_name = "do_exit",
	.pre_handler = kt_pre_exit,
};

static struct kretprobe kt_kmalloc_probe = {
	.kp.symbol_name = "__kmalloc",
	.entry_handler = kt_kmalloc_entry,
	.handler = kt_kmalloc_return,
	.data_size = sizeof(size_t),
	.maxactive = KT_MAXACTIVE,
};

static int kt_register_probes(void)
{
	int i, ret;

	for (i = 0; i < ARRAY_SIZE(kt_probes); i++) {
		ret = register_kprobe(&kt_probes[i].kp);
		if (ret)
			goto err_probes;
	}
	ret = register_kprobe(&kt_kfree_probe);
	if (ret)
		goto err_probes;
	ret = register_kprobe(&kt_exit_probe);
	if (ret)
		goto err_kfree;
	ret = register_kretprobe(&kt_kmalloc_probe);
	if (ret)
		goto err_exit;
	return 0;

err_exit:
	unregister_kprobe(&kt_exit_probe);
err_kfree:
	unregister_kprobe(&kt_kfree_probe);
err_probes:
	while (--i >= 0)
		unregister_kprobe(&kt_probes[i].kp);
	return ret;
}

static void kt_unregister_probes(void)
{
	int i;

	unregister_kretprobe(&kt_kmalloc_probe);
	unregister_kprobe(&kt_exit_probe);
	unregister_kprobe(&kt_kfree_probe);
	for (i = 0; i < ARRAY_SIZE(kt_probes); i++)
		unregister_kprobe(&kt_probes[i].kp);
}

/* The process need not exist yet. */
static long kt_add(unsigned long arg)
{
	pid_t pid = arg;
	struct kt_proc *p;
	unsigned long flags;
	long ret = 0;

	if (!arg || arg > PID_MAX_LIMIT)
		return -EINVAL;

	p = kzalloc(sizeof(*p), GFP_KERNEL); /* note: lin-mem-leak "p" */
	if (!p)
		return -ENOMEM;
	p->pid = pid;
	spin_lock_init(&p->lock);
	INIT_LIST_HEAD(&p->blocks);

	read_lock_irqsave(&kt_lock, flags); /* note: lin-lock-double "kt_lock" */
	if (kt_find(pid)) {
		read_unlock_irqrestore(&kt_lock, flags);
		return -EEXIST; /* expect: lin-mem-leak "p" */
	}
	if (kt_nr_procs == KT_PROCS_MAX) {
		ret = -ENOSPC;
	} else {
		write_lock(&kt_lock); /* expect: lin-lock-double "kt_lock" */
		hash_add(kt_table, &p->node, pid);
		list_add_tail(&p->link, &kt_procs);
		kt_nr_procs++;
		p = NULL;
		write_unlock(&kt_lock);
	}
	read_unlock_irqrestore(&kt_lock, flags);

	kfree(p);
	return ret;
}

static long kt_del(pid_t pid)
{
	struct kt_block *blk, *tmp;
	struct kt_proc *p;
	unsigned long flags;

	write_lock_irqsave(&kt_lock, flags);
	p = kt_find(pid);
	if (!p) {
		write_unlock_irqrestore(&kt_lock, flags);
		return -ESRCH;
	}
	hash_del(&p->node);
	list_del(&p->link);
	kt_nr_procs--;
	write_unlock_irqrestore(&kt_lock, flags);

	list_for_each_entry_safe(blk, tmp, &p->blocks, link) {
		list_del(&blk->link);
		kfree(blk);
	}
	kfree(p); /* note: lin-use-after-free "p" */
	pr_info("pid %d: no longer traced\n", p->pid); /* expect: lin-use-after-free "p" */
	return 0;
}

static void kt_clear(void)
{
	struct kt_proc *p;
	LIST_HEAD(doomed);

	write_lock_irq(&kt_lock);
	list_for_each_entry(p, &kt_procs, link)
		hash_del(&p->node);
	list_splice_init(&kt_procs, &doomed);
	kt_nr_procs = 0;
	write_unlock_irq(&kt_lock);

	list_for_each_entry(p, &doomed, link) { /* expect: lin-list-del-in-foreach "p" */
		list_del(&p->link);
		kt_proc_free(p); /* note: lin-list-del-in-foreach "kt_proc_free" */
	}
}

static void kt_reset(void)
{
	struct kt_proc *p;

	write_lock_irq(&kt_lock); /* note: lin-sleep-in-atomic "kt_lock" */
	mutex_lock(&kt_snap_lock); /* expect: lin-sleep-in-atomic "mutex_lock" */
	kt_snap_len = 0;
	mutex_unlock(&kt_snap_lock);

	list_for_each_entry(p, &kt_procs, link) {
		spin_lock(&p->lock);
		memset(p->count, 0, sizeof(p->count));
		p->kmalloc_bytes = 0;
		p->kfree_bytes = 0;
		spin_unlock(&p->lock);
	}
	write_unlock_irq(&kt_lock);
}

static long kt_set_label(const struct kt_label __user *ulabel)
{
	struct kt_label label;
	struct kt_proc *p;
	unsigned long flags;

	memcpy(&label, ulabel, sizeof(label)); /* expect: lin-user-deref "ulabel" */
	label.name[KT_LABEL_LEN - 1] = '\0';

	write_lock_irqsave(&kt_lock, flags); /* note: lin-lock-held-on-exit "kt_lock" */
	p = kt_find(label.pid);
	if (!p)
		return -ESRCH; /* expect: lin-lock-held-on-exit "kt_lock" */
	strscpy_pad(p->name, label.name, sizeof(p->name));
	write_unlock_irqrestore(&kt_lock, flags);
	return 0;
}

static long kt_get_stats(struct kt_stats __user *ustats)
{
	struct kt_stats st = { };
	struct kt_proc *p;
	unsigned long flags;

	if (get_user(st.pid, &ustats->pid))
		return -EFAULT;

	read_lock_irqsave(&kt_lock, flags); /* note: lin-lock-variant-mismatch "kt_lock" */
	p = kt_find(st.pid);
	if (!p) {
		write_unlock_irqrestore(&kt_lock, flags); /* expect: lin-lock-variant-mismatch "kt_lock" */
		return -ESRCH;
	}
	spin_lock(&p->lock);
	st.live = p->live;
	st.kmalloc_bytes = p->kmalloc_bytes;
	st.kfree_bytes = p->kfree_bytes;
	memcpy(st.count, p->count, sizeof(st.count));
	spin_unlock(&p->lock);
	read_unlock_irqrestore(&kt_lock, flags);

	return copy_to_user(ustats, &st, sizeof(st)) ? -EFAULT : 0;
}

/* Fill in at most @max entries; call with kt_lock held and zeroed memory. */
static unsigned int kt_fill(struct kt_entry *entries, unsigned int max)
{
	struct kt_proc *p;
	unsigned int n = 0;

	list_for_each_entry(p, &kt_procs, link) {
		if (n == max)
			break;
		entries[n].pid = p->pid;
		memcpy(entries[n].name, p->name, sizeof(entries[n].name));
		spin_lock(&p->lock);
		entries[n].events = kt_events(p);
		spin_unlock(&p->lock);
		n++;
	}
	return n;
}

static long kt_list(struct kt_list __user *ulist)
{
	struct kt_entry *entries;
	struct kt_list list;
	long ret = 0;
	unsigned int n, max;

	if (copy_from_user(&list, ulist, sizeof(list)))
		return -EFAULT;
	if (!list.capacity || list.capacity > KT_PROCS_MAX)
		return -EINVAL;

	read_lock_irq(&kt_lock); /* note: lin-gfp-atomic "kt_lock" */
	max = min(list.capacity, kt_nr_procs);
	entries = kcalloc(max, sizeof(*entries), GFP_KERNEL); /* expect: lin-gfp-atomic "kcalloc" */
	if (!entries) {
		read_unlock_irq(&kt_lock);
		return -ENOMEM;
	}
	n = kt_fill(entries, max);
	read_unlock_irq(&kt_lock);

	if (copy_to_user(u64_to_user_ptr(list.entries), entries,
			 array_size(n, sizeof(*entries))))
		ret = -EFAULT;
	kfree(entries);

	put_user(n, &ulist->count); /* expect: lin-getput-user-unchecked "put_user" */
	return ret;
}

static long kt_totals(struct kt_totals __user *utotals)
{
	struct kt_totals *tot;
	struct kt_proc *p;
	long ret = 0;

	tot = kmalloc(sizeof(*tot), GFP_KERNEL); /* note: lin-user-infoleak "tot" */
	if (!tot)
		return -ENOMEM;
	tot->events = 0;
	tot->kmalloc_bytes = 0;
	tot->kfree_bytes = 0;

	read_lock_irq(&kt_lock);
	tot->procs = kt_nr_procs;
	list_for_each_entry(p, &kt_procs, link) {
		spin_lock(&p->lock);
		tot->events += kt_events(p);
		tot->kmalloc_bytes += p->kmalloc_bytes;
		tot->kfree_bytes += p->kfree_bytes;
		spin_unlock(&p->lock);
	}
	read_unlock_irq(&kt_lock);

	if (copy_to_user(utotals, tot, sizeof(*tot))) /* expect: lin-user-infoleak "tot" */
		ret = -EFAULT;
	kfree(tot);
	return ret;
}

static long kt_blocks(struct kt_blocks __user *ublocks)
{
	struct kt_blocks req;
	struct kt_block *blk;
	struct kt_proc *p;
	unsigned long flags;
	long ret = 0;
	u64 *addrs;
	u32 n = 0;

	if (copy_from_user(&req, ublocks, sizeof(req)))
		return -EFAULT;
	if (req.capacity > KT_BLOCKS_MAX)
		req.capacity = KT_BLOCKS_MAX;

	addrs = (u64 *)__get_free_page(GFP_KERNEL); /* note: lin-free-mismatch "addrs" */
	if (!addrs)
		return -ENOMEM;

	read_lock_irqsave(&kt_lock, flags);
	p = kt_find(req.pid);
	if (!p) {
		read_unlock_irqrestore(&kt_lock, flags);
		ret = -ESRCH;
		goto out;
	}
	spin_lock(&p->lock);
	list_for_each_entry(blk, &p->blocks, link) {
		if (n == req.capacity)
			break;
		addrs[n++] = blk->addr;
	}
	spin_unlock(&p->lock);
	read_unlock_irqrestore(&kt_lock, flags);

	if (copy_to_user(u64_to_user_ptr(req.addrs), addrs, n * sizeof(*addrs)) ||
	    put_user(n, &ublocks->count))
		ret = -EFAULT;
out:
	kfree(addrs); /* expect: lin-free-mismatch "addrs" */
	return ret;
}

static long kt_snapshot(void)
{
	long ret;

	if (!mutex_trylock(&kt_snap_lock)) { /* note: lin-unlock-not-held "kt_snap_lock" */
		ret = -EBUSY;
		goto out;
	}
	memset(kt_snap, 0, array_size(KT_PROCS_MAX, sizeof(*kt_snap)));
	read_lock_irq(&kt_lock); /* expect: lin-lock-order "kt_snap_lock" */
	kt_snap_len = kt_fill(kt_snap, KT_PROCS_MAX);
	read_unlock_irq(&kt_lock);
	ret = kt_snap_len;
out:
	mutex_unlock(&kt_snap_lock); /* expect: lin-unlock-not-held "kt_snap_lock" */
	return ret;
}

/* Return whole entries of the last snapshot. */
static ssize_t kt_read(struct file *file, char __user *buf, size_t count,
		       loff_t *ppos)
{
	ssize_t ret;

	ret = mutex_lock_interruptible(&kt_snap_lock);
	if (ret)
		return ret;
	ret = simple_read_from_buffer(buf, count, ppos, kt_snap,
				      kt_snap_len * sizeof(*kt_snap));
	mutex_unlock(&kt_snap_lock);
	return ret;
}

static long kt_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	void __user *argp = (void __user *)arg;

	switch (cmd) {
	case KT_IOC_ADD:
		return kt_add(arg);
	case KT_IOC_DEL:
		return kt_del(arg);
	case KT_IOC_CLEAR:
		kt_clear();
		return 0;
	case KT_IOC_RESET:
		kt_reset();
		return 0;
	case KT_IOC_SET_LABEL:
		return kt_set_label(argp);
	case KT_IOC_GET_STATS:
		return kt_get_stats(argp);
	case KT_IOC_LIST:
		return kt_list(argp);
	case KT_IOC_TOTALS:
		return kt_totals(argp);
	case KT_IOC_BLOCKS:
		return kt_blocks(argp);
	case KT_IOC_SNAPSHOT:
		return kt_snapshot();
	default:
		return -ENOTTY;
	}
}

static const struct file_operations kt_fops = {
	.owner = THIS_MODULE,
	.read = kt_read,
	.unlocked_ioctl = kt_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.llseek = default_llseek,
};

static struct miscdevice kt_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KT_NAME,
	.fops = &kt_fops,
	.mode = 0600,
};

/* Interrupt state of the reader between start and stop. */
static unsigned long kt_seq_flags;

static void *kt_seq_start(struct seq_file *m, loff_t *pos)
	__acquires(&kt_lock)
{
	read_lock_irqsave(&kt_lock, kt_seq_flags); /* expect: lin-irqsave-flags "kt_seq_flags" */
	return seq_list_start_head(&kt_procs, *pos);
}

static void *kt_seq_next(struct seq_file *m, void *v, loff_t *pos)
{
	return seq_list_next(v, &kt_procs, pos);
}

static void kt_seq_stop(struct seq_file *m, void *v)
	__releases(&kt_lock)
{
	read_unlock_irqrestore(&kt_lock, kt_seq_flags);
}

static int kt_seq_show(struct seq_file *m, void *v)
{
	struct kt_proc *p;
	int i;

	if (v == &kt_procs) {
		seq_puts(m, "PID kmalloc kfree sched up down lock unlock label\n");
		return 0;
	}

	p = list_entry(v, struct kt_proc, link);
	seq_printf(m, "%d", p->pid);
	spin_lock(&p->lock);
	for (i = 0; i < KT_EVENTS; i++)
		seq_printf(m, " %llu", p->count[i]);
	spin_unlock(&p->lock);
	seq_printf(m, " %s\n", p->name);
	return 0;
}

static const struct seq_operations kt_seq_ops = {
	.start = kt_seq_start,
	.next = kt_seq_next,
	.stop = kt_seq_stop,
	.show = kt_seq_show,
};

static int __init kt_init(void)
{
	int ret;

	kt_snap = vzalloc(array_size(KT_PROCS_MAX, sizeof(*kt_snap))); /* note: lin-init-unwind "kt_snap" */
	if (!kt_snap)
		return -ENOMEM;

	if (!proc_create_seq(KT_NAME, 0444, NULL, &kt_seq_ops))
		return -ENOMEM; /* expect: lin-init-unwind "kt_snap" */

	ret = kt_register_probes();
	if (ret)
		goto err_proc;

	misc_register(&kt_misc); /* expect: lin-errno-unchecked "misc_register" */
	return 0;

err_proc:
	remove_proc_entry(KT_NAME, NULL);
	vfree(kt_snap);
	return ret;
}

static void __exit kt_exit(void)
{
	misc_deregister(&kt_misc);
	kt_unregister_probes();
	remove_proc_entry(KT_NAME, NULL);
	kt_clear();
	vfree(kt_snap);
}

module_init(kt_init);
module_exit(kt_exit);

MODULE_DESCRIPTION("Kernel call tracer");
MODULE_LICENSE("GPL");
