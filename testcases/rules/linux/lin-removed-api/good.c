/* Interfaces of today, and what was there before where it still works. */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/wait.h>

struct lathe {
	struct timer_list timer;
	wait_queue_head_t waiters;
	int turns;
};

void lathe_tick(struct timer_list *timer);

/* trap: lin-removed-api version-guard */
void lathe_start(struct lathe *l)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 15, 0)
	setup_timer(&l->timer, lathe_tick, (unsigned long)l);
#else
	timer_setup(&l->timer, lathe_tick, 0);
#endif
}

/* trap: lin-removed-api own-wrapper */
static int check_region(unsigned long from, unsigned long n)
{
	if (!request_region(from, n, "lathe"))
		return -EBUSY;
	release_region(from, n);
	return 0;
}

#define init_MUTEX(sem) sema_init(sem, 1)

int lathe_ready(struct semaphore *sem, int port)
{
	init_MUTEX(sem);
	return check_region(port, 8);
}

/* Another file of the driver has it, under the old name. */
void blk_start_queue(struct lathe *l);

void lathe_resume(struct lathe *l)
{
	blk_start_queue(l);
}

void lathe_write(struct bio *bio)
{
	bio->bi_opf = REQ_OP_WRITE;
	submit_bio(bio);
}

static void lathe_turn(struct tasklet_struct *tasklet)
{
}

static DECLARE_TASKLET(lathe_tasklet, lathe_turn);

void lathe_schedule(void)
{
	tasklet_schedule(&lathe_tasklet);
	tasklet_kill(&lathe_tasklet);
}

static int lathe_ioctl(struct block_device *bdev, fmode_t mode, unsigned int cmd, unsigned long arg)
{
	return -ENOTTY;
}

static const struct block_device_operations lathe_ops = {
	.owner = THIS_MODULE,
	.ioctl = lathe_ioctl,
};

const struct block_device_operations *lathe_operations(void)
{
	return &lathe_ops;
}

/* Gone in 6.15; the headers of this kernel have it. */
/* trap: lin-removed-api declared */
void lathe_stop(struct lathe *l)
{
	del_timer_sync(&l->timer);
}
