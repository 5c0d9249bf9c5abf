/* parse-errors-allowed: the interfaces are gone */
/* Interfaces of the time of Linux 2.6. */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/interrupt.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/wait.h>

struct lathe {
	struct timer_list timer;
	wait_queue_head_t waiters;
	spinlock_t lock;
	struct request_queue *queue;
	int turns;
};

void lathe_tick(unsigned long data);

void lathe_start(struct lathe *l)
{
	setup_timer(&l->timer, lathe_tick, (unsigned long)l); /* expect: lin-removed-api "timer_setup" */ /* note: lin-removed-api "setup_timer was removed in Linux 4.15; use" */
	interruptible_sleep_on(&l->waiters);		      /* expect: lin-removed-api "3.15; use wait_event_interruptible" */
}

void lathe_request(struct request_queue *q)
{
	struct request *rq;

	while ((rq = blk_fetch_request(q)) != NULL) /* expect: lin-removed-api "5.0" */
		__blk_end_request_all(rq, 0);	    /* expect: lin-removed-api "blk_mq_end_request" */
}

int lathe_queue(struct lathe *l)
{
	l->queue = blk_init_queue(lathe_request, &l->lock); /* expect: lin-removed-api "blk_init_queue" */
	if (!l->queue)
		return -ENOMEM;
	blk_cleanup_queue(l->queue); /* expect: lin-removed-api "blk_cleanup_queue was removed in Linux 6.0" */
	return 0;
}

void lathe_write(struct bio *bio)
{
	submit_bio(WRITE, bio); /* expect: lin-removed-api "other arguments since Linux 4.8" */
}

static void lathe_turn(unsigned long data)
{
}

static DECLARE_TASKLET(lathe_tasklet, lathe_turn, 0); /* expect: lin-removed-api "DECLARE_TASKLET takes other arguments" */

void lathe_schedule(void)
{
	tasklet_schedule(&lathe_tasklet);
	tasklet_kill(&lathe_tasklet);
}

void lathe_map(struct vm_area_struct *vma)
{
	vma->vm_flags |= VM_RESERVED; /* expect: lin-removed-api "VM_RESERVED" */
}

int lathe_allowed(const char __user *buf, size_t count)
{
	return access_ok(VERIFY_READ, buf, count); /* expect: lin-removed-api "access_ok" */
}

/* trap: lin-removed-api version-guard */
void lathe_init_timer(struct lathe *l)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(2, 6, 0)
	init_timer(&l->timer); /* expect: lin-removed-api "4.15" */
#else
	timer_setup(&l->timer, NULL, 0);
#endif
}

/* trap: lin-removed-api own-wrapper */
int lathe_ready(int port)
{
	if (check_region(port, 8)) /* expect: lin-removed-api "check_region" */
		return -EBUSY;
	return 0;
}

int lathe_readdir(struct file *file, void *dirent, filldir_t filldir)
{
	return 0;
}

static const struct file_operations lathe_fops = {
	.owner = THIS_MODULE,
	.readdir = lathe_readdir, /* expect: lin-removed-api ".readdir of struct file_operations" */
};

int lathe_register(void)
{
	return register_chrdev(240, "lathe", &lathe_fops);
}

void *lathe_map_page(struct page *page)
{
	return kmap_atomic(page, KM_USER0); /* expect: lin-removed-api "KM_USER0" */
}

struct bio *lathe_bio(void)
{
	return bio_alloc(GFP_NOIO, 1); /* expect: lin-removed-api "bio_alloc takes other arguments since Linux 5.18" */
}

/* trap: lin-removed-api declared */
void lathe_sleep(struct lathe *l)
{
	sleep_on(&l->waiters); /* expect: lin-removed-api "sleep_on" */
}
