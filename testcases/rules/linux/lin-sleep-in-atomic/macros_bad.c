/* Behind macros of the driver, and a lock that a function of another file cannot name. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kmod.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/semaphore.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>
#include <linux/workqueue.h>

struct lift {
	spinlock_t lock;
	wait_queue_head_t wait;
	int floor;
};

/* The driver's macro is seen through: the API inside it is named by what it expands to. */
#define lift_settle(l) wait_event((l)->wait, (l)->floor)

void lift_dock(struct lift *l)
{
	spin_lock(&l->lock);
	lift_settle(l); /* expect: lin-sleep-in-atomic "schedule" */
	spin_unlock(&l->lock);
}

/* A function of another file is taken to release a static lock that it cannot name. */
extern int lift_motor(int floor);
static DEFINE_SPINLOCK(lift_bank);

void lift_ride(int floor)
{
	spin_lock(&lift_bank);
	lift_motor(floor);
	msleep(1); /* expect: lin-sleep-in-atomic "lift_bank" */
	spin_unlock(&lift_bank);
}
