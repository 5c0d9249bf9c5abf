/* parse-errors-allowed, ignore: lin-removed-api: the single-queue functions are gone since 5.0.
 * A driver that mixes the forms with and without the queue lock. */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct disc {
	spinlock_t lock, other;
	struct request_queue *queue;
	struct request *current_request;
	struct work_struct work;
	int irq;
};

static struct disc disc;

static void disc_request(struct request_queue *q)
{
	struct request *rq;

	while ((rq = blk_fetch_request(q)) != NULL)
		blk_end_request_all(rq, 0); /* expect: lin-blk-queue-lock "blk_end_request_all takes the lock of the queue" */ /* note: lin-blk-queue-lock "blk_end_request_all takes the lock of the" */
}

/* trap: lin-blk-queue-lock lock-dropped
 * And taken again too early. */
static void disc_slow_request(struct request_queue *q)
{
	struct request *rq = blk_fetch_request(q);

	if (!rq)
		return;
	spin_unlock_irq(&disc.lock);
	disc.irq++;
	spin_lock_irq(&disc.lock);
	blk_end_request_all(rq, 0); /* expect: lin-blk-queue-lock "blk_end_request_all" */
}

/* trap: lin-blk-queue-lock lock-taken
 * No lock at all. */
static irqreturn_t disc_interrupt(int irq, void *data)
{
	__blk_end_request_all(disc.current_request, 0); /* expect: lin-blk-queue-lock "__blk_end_request_all needs the lock" */
	return IRQ_HANDLED;
}

/* trap: lin-blk-queue-lock lock-by-another-name
 * Let go before the call. */
static void disc_work(struct work_struct *work)
{
	spin_lock_irq(&disc.lock);
	disc.current_request = NULL;
	spin_unlock_irq(&disc.lock);
	blk_start_queue(disc.queue); /* expect: lin-blk-queue-lock "disc_work holds none here" */
}

int disc_start(int slow)
{
	spin_lock_init(&disc.lock);
	INIT_WORK(&disc.work, disc_work);
	if (slow)
		disc.queue = blk_init_queue(disc_slow_request, &disc.lock);
	else
		disc.queue = blk_init_queue(disc_request, &disc.lock);
	if (!disc.queue)
		return -ENOMEM;
	if (request_irq(disc.irq, disc_interrupt, 0, "disc", &disc)) {
		blk_cleanup_queue(disc.queue);
		return -EBUSY;
	}
	return 0;
}
