/* The tasklet is killed after what schedules it is gone. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>

#define PULSE_IRQ 7

static int pulses;
static struct tasklet_struct pulse_unused;

static void pulse_tasklet_fn(struct tasklet_struct *t)
{
	pulses++;
}

static DECLARE_TASKLET(pulse_tasklet, pulse_tasklet_fn);

static irqreturn_t pulse_interrupt(int irq, void *data)
{
	tasklet_schedule(&pulse_tasklet); /* ok: lin-tasklet-not-killed */
	return IRQ_HANDLED;
}

/* trap: lin-tasklet-not-killed never-scheduled */
static int __init pulse_init(void)
{
	/* Trap: never scheduled. */
	tasklet_setup(&pulse_unused, pulse_tasklet_fn); /* ok: lin-tasklet-not-killed */
	return request_irq(PULSE_IRQ, pulse_interrupt, 0, "pulse", &pulses);
}
module_init(pulse_init);

static void __exit pulse_exit(void)
{
	free_irq(PULSE_IRQ, &pulses);
	tasklet_kill(&pulse_tasklet);
}
module_exit(pulse_exit);
MODULE_LICENSE("GPL");
