/* Built in: never unloaded. */
#undef MODULE
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/module.h>

static int pulses;

static void pulse_tasklet_fn(struct tasklet_struct *t)
{
	pulses++;
}

static DECLARE_TASKLET(pulse_tasklet, pulse_tasklet_fn);

/* trap: lin-tasklet-not-killed never-unloaded */
static int __init pulse_init(void)
{
	tasklet_schedule(&pulse_tasklet); /* ok: lin-tasklet-not-killed */
	return 0;
}
device_initcall(pulse_init);
MODULE_LICENSE("GPL");
