/* Scheduled in a helper, and the exit function's helper forgets it. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>

struct printer {
	struct tasklet_struct tasklet;
	int jobs;
};

static struct printer printer;

static void printer_kick(struct printer *p)
{
	tasklet_schedule(&p->tasklet); /* expect: lin-tasklet-not-killed "p->tasklet" */
}

static void printer_run(struct tasklet_struct *t)
{
	struct printer *p = from_tasklet(p, t, tasklet);

	if (--p->jobs > 0)
		printer_kick(p);
}

static void printer_quiet(struct printer *p)
{
	p->jobs = 0;
}

static int __init printer_init(void)
{
	printer.jobs = 3;
	tasklet_setup(&printer.tasklet, printer_run);
	printer_kick(&printer);
	return 0;
}
module_init(printer_init);

static void __exit printer_exit(void)
{
	printer_quiet(&printer);
}
module_exit(printer_exit);
MODULE_LICENSE("GPL");
