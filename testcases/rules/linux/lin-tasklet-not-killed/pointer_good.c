/* Trap: killed through one. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>

struct relay {
	struct tasklet_struct tasklet;
	void (*start)(struct relay *r);
	void (*stop)(struct relay *r);
	int on;
};

static void relay_run(struct tasklet_struct *t)
{
}

static void relay_start(struct relay *r)
{
	tasklet_schedule(&r->tasklet); /* ok: lin-tasklet-not-killed */
}

static void relay_stop(struct relay *r)
{
	r->on = 0;
	tasklet_kill(&r->tasklet);
}

static struct relay relay = { .start = relay_start, .stop = relay_stop };

static int __init relay_init(void)
{
	tasklet_setup(&relay.tasklet, relay_run);
	relay.start(&relay);
	return 0;
}
module_init(relay_init);

static void __exit relay_exit(void)
{
	relay.stop(&relay);
}
module_exit(relay_exit);
MODULE_LICENSE("GPL");
