// SPDX-License-Identifier: GPL-2.0
/*
 * Watches tasks by name: a line written to /proc/tasklist adds a name, a timer
 * counts the tasks that have it, reading shows the counts.
 *
 * A lab's worth of driver: a list under a lock, a timer with work behind it, a
 * file made with seq_file.
 */
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

#define TASKLIST_NAME	 "tasklist"
#define TASKLIST_PERIOD	 (5 * HZ)
#define TASKLIST_LINE	 (TASK_COMM_LEN + 1)
#define TASKLIST_WATCHED 64

struct watched {
	struct list_head link;
	char comm[TASK_COMM_LEN];
	unsigned int alive;
	unsigned long seen;
};

static LIST_HEAD(watched_list);
static unsigned int watched_count;
static DEFINE_MUTEX(watched_lock);

static struct timer_list count_timer;
static struct work_struct count_work;

/* ---- the list; the lock is held ----------------------------------------- */

static struct watched *watched_find(const char *comm)
{
	struct watched *entry;

	lockdep_assert_held(&watched_lock);
	list_for_each_entry(entry, &watched_list, link)
		if (!strcmp(entry->comm, comm))
			return entry;
	return NULL;
}

static void watched_forget_all(void)
{
	struct watched *entry, *next;

	list_for_each_entry_safe(entry, next, &watched_list, link) {
		list_del(&entry->link);
		kfree(entry);
	}
	watched_count = 0;
}

/* ---- counting --------------------------------------------------------------- */

static unsigned int tasks_called(const char *comm)
{
	struct task_struct *task;
	unsigned int alive = 0;

	rcu_read_lock();
	for_each_process(task)
		if (!strncmp(task->comm, comm, TASK_COMM_LEN))
			alive++;
	rcu_read_unlock();
	return alive;
}

static void count_tasks(struct work_struct *work)
{
	struct watched *entry;

	mutex_lock(&watched_lock);
	list_for_each_entry(entry, &watched_list, link) {
		entry->alive = tasks_called(entry->comm);
		if (entry->alive)
			entry->seen = jiffies;
	}
	mutex_unlock(&watched_lock);
}

/* A timer must not sleep: the mutex is the work's. */
static void count_expired(struct timer_list *timer)
{
	schedule_work(&count_work);
	mod_timer(timer, jiffies + TASKLIST_PERIOD);
}

/* ---- /proc/tasklist ------------------------------------------------------------ */

static int watched_add(const char *comm)
{
	struct watched *entry;
	int status = 0;

	mutex_lock(&watched_lock);
	if (watched_find(comm))
		goto unlock;
	if (watched_count == TASKLIST_WATCHED) {
		status = -ENOSPC;
		goto unlock;
	}
	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry) {
		status = -ENOMEM;
		goto unlock;
	}
	strscpy(entry->comm, comm, sizeof(entry->comm));
	entry->alive = tasks_called(entry->comm);
	list_add_tail(&entry->link, &watched_list);
	watched_count++;
unlock:
	mutex_unlock(&watched_lock);
	return status;
}

static ssize_t tasklist_write(struct file *file, const char __user *buffer, size_t size, loff_t *offset)
{
	char line[TASKLIST_LINE];
	char *comm;
	int status;

	if (!size || size >= sizeof(line))
		return -EINVAL;
	if (copy_from_user(line, buffer, size))
		return -EFAULT;
	line[size] = '\0';
	comm = strim(line);
	if (!strcmp(comm, "-")) {
		mutex_lock(&watched_lock);
		watched_forget_all();
		mutex_unlock(&watched_lock);
		return size;
	}
	status = watched_add(comm);
	return status ? status : size;
}

static void *tasklist_start(struct seq_file *seq, loff_t *position)
{
	mutex_lock(&watched_lock);
	return seq_list_start(&watched_list, *position);
}

static void *tasklist_next(struct seq_file *seq, void *entry, loff_t *position)
{
	return seq_list_next(entry, &watched_list, position);
}

static void tasklist_stop(struct seq_file *seq, void *entry)
{
	mutex_unlock(&watched_lock);
}

static int tasklist_show(struct seq_file *seq, void *link)
{
	struct watched *entry = list_entry(link, struct watched, link);

	seq_printf(seq, "%-16s %4u", entry->comm, entry->alive);
	if (entry->seen)
		seq_printf(seq, " %u s ago", jiffies_to_msecs(jiffies - entry->seen) / MSEC_PER_SEC);
	seq_putc(seq, '\n');
	return 0;
}

static const struct seq_operations tasklist_seq_ops = {
	.start = tasklist_start,
	.next = tasklist_next,
	.stop = tasklist_stop,
	.show = tasklist_show,
};

static int tasklist_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &tasklist_seq_ops);
}

static const struct proc_ops tasklist_proc_ops = {
	.proc_open = tasklist_open,
	.proc_read = seq_read,
	.proc_write = tasklist_write,
	.proc_lseek = seq_lseek,
	.proc_release = seq_release,
};

/* ---- coming and going ------------------------------------------------------------- */

static int __init tasklist_init(void)
{
	INIT_WORK(&count_work, count_tasks);
	timer_setup(&count_timer, count_expired, 0);
	if (!proc_create(TASKLIST_NAME, 0600, NULL, &tasklist_proc_ops))
		return -ENOMEM;
	mod_timer(&count_timer, jiffies + TASKLIST_PERIOD);
	return 0;
}

static void __exit tasklist_exit(void)
{
	remove_proc_entry(TASKLIST_NAME, NULL);
	del_timer_sync(&count_timer);
	cancel_work_sync(&count_work);
	mutex_lock(&watched_lock);
	watched_forget_all();
	mutex_unlock(&watched_lock);
}

module_init(tasklist_init);
module_exit(tasklist_exit);
MODULE_DESCRIPTION("Watches tasks by name");
MODULE_LICENSE("GPL");
