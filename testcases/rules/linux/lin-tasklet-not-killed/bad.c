/* A tasklet that outlives the module. */
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

static void pulse_tasklet_fn(struct tasklet_struct *t)
{
	pulses++;
}

static DECLARE_TASKLET(pulse_tasklet, pulse_tasklet_fn);

/* trap: lin-tasklet-not-killed never-scheduled */
static irqreturn_t pulse_interrupt(int irq, void *data)
{
	tasklet_schedule(&pulse_tasklet); /* expect: lin-tasklet-not-killed "pulse_tasklet" */ /* note: lin-tasklet-not-killed "pulse_tasklet is scheduled here" */
	return IRQ_HANDLED;
}

static int __init pulse_init(void)
{
	return request_irq(PULSE_IRQ, pulse_interrupt, 0, "pulse", &pulses);
}
module_init(pulse_init);

/* trap: lin-tasklet-not-killed never-unloaded */
static void __exit pulse_exit(void)
{
	free_irq(PULSE_IRQ, &pulses);
}
module_exit(pulse_exit);
MODULE_LICENSE("GPL");
