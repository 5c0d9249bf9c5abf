/* parse-errors-allowed, ignore: lin-removed-api: the single-queue functions are gone since 5.0.
 * Each form where it belongs. */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct disc {
	spinlock_t lock;
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
		__blk_end_request_all(rq, 0);
}

/* trap: lin-blk-queue-lock lock-dropped */
static void disc_slow_request(struct request_queue *q)
{
	struct request *rq = blk_fetch_request(q);

	if (!rq)
		return;
	spin_unlock_irq(&disc.lock);
	blk_end_request_all(rq, 0);
	spin_lock_irq(&disc.lock);
}

/* trap: lin-blk-queue-lock lock-taken
 * trap: lin-blk-queue-lock lock-by-another-name */
static irqreturn_t disc_interrupt(int irq, void *data)
{
	spin_lock(&disc.lock);
	__blk_end_request_all(disc.current_request, 0);
	spin_unlock(&disc.lock);
	return IRQ_HANDLED;
}

static void disc_work(struct work_struct *work)
{
	blk_end_request_all(disc.current_request, 0);
	spin_lock_irq(&disc.lock);
	blk_start_queue(disc.queue);
	spin_unlock_irq(&disc.lock);
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
