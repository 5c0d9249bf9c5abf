/* What single_open() shows is shown with interrupts on. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

struct meter {
	spinlock_t lock;
	unsigned int pulses;
};

static irqreturn_t meter_interrupt(int irq, void *data)
{
	struct meter *meter = data;

	spin_lock(&meter->lock);
	meter->pulses++;
	spin_unlock(&meter->lock);
	return IRQ_HANDLED;
}

static int meter_show(struct seq_file *m, void *v)
{
	struct meter *meter = m->private;

	spin_lock(&meter->lock); /* expect: lin-lock-irq-unsafe "meter->lock" */
	seq_printf(m, "%u\n", meter->pulses);
	spin_unlock(&meter->lock);
	return 0;
}

/* under the lock that start takes, which a reader of the function alone cannot see */
static int meter_table_show(struct seq_file *m, void *v)
{
	struct meter *meter = v;

	spin_lock(&meter->lock);
	seq_printf(m, "%u\n", meter->pulses);
	spin_unlock(&meter->lock);
	return 0;
}

const struct seq_operations meter_table_ops = { .show = meter_table_show };

static int meter_open(struct inode *inode, struct file *file)
{
	return single_open(file, meter_show, pde_data(inode));
}

const struct proc_ops meter_proc_ops = {
	.proc_open = meter_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

int meter_start(struct meter *meter, int irq)
{
	spin_lock_init(&meter->lock);
	return request_irq(irq, meter_interrupt, 0, "meter", meter);
}
