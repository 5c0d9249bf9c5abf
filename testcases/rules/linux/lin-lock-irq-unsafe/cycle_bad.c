/* The process takes the lock in a cycle of calls. */
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/serial_core.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

static DEFINE_SPINLOCK(route_lock);
static int route_hops, route_cost;

static irqreturn_t route_interrupt(int irq, void *data)
{
	spin_lock(&route_lock);
	route_hops++;
	spin_unlock(&route_lock);
	return IRQ_HANDLED;
}

static void route_back(int n);

static void route_forth(int n)
{
	spin_lock(&route_lock); /* expect: lin-lock-irq-unsafe "route_lock" */
	route_cost += n;
	spin_unlock(&route_lock);
	if (n)
		route_back(n - 1);
}

static void route_back(int n)
{
	if (n)
		route_forth(n - 1);
}

static long route_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	route_forth(8);
	return 0;
}

const struct file_operations route_fops = { .unlocked_ioctl = route_ioctl };

int route_start(int irq)
{
	return request_irq(irq, route_interrupt, 0, "route", &route_hops);
}
