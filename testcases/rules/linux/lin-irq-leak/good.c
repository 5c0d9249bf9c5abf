/* Freed on failure, kept on success, or managed. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>

struct motor {
	struct miscdevice misc;
	int irq, irq_fault;
	int speed;
};

irqreturn_t motor_interrupt(int irq, void *data);
irqreturn_t motor_thread(int irq, void *data);

/* trap: lin-irq-leak kept-on-success */
int motor_probe(struct motor *m)
{
	int err;

	err = request_irq(m->irq, motor_interrupt, 0, "motor", m);
	if (err)
		return err; /* ok: lin-irq-leak */
	err = misc_register(&m->misc);
	if (err) {
		free_irq(m->irq, m);
		return err; /* ok: lin-irq-leak */
	}
	return 0; /* ok: lin-irq-leak */
}

int motor_two(struct motor *m)
{
	int err;

	err = request_irq(m->irq, motor_interrupt, 0, "motor", m);
	if (err)
		goto out;
	err = request_threaded_irq(m->irq_fault, NULL, motor_thread, 0, "motor-fault", m);
	if (err)
		goto free_first;
	return 0;
free_first:
	free_irq(m->irq, m);
out:
	return err; /* ok: lin-irq-leak */
}

/* Trap: requested in open, freed in release. */
/* trap: lin-irq-leak open-and-release */
int motor_open(struct inode *inode, struct file *file)
{
	struct motor *m = file->private_data;

	if (m->speed > 100)
		return -ERANGE;
	if (request_irq(m->irq, motor_interrupt, IRQF_SHARED, "motor", m))
		return -EBUSY; /* ok: lin-irq-leak */
	return 0; /* ok: lin-irq-leak */
}

int motor_release(struct inode *inode, struct file *file)
{
	struct motor *m = file->private_data;

	free_irq(m->irq, m);
	return 0;
}

/* Trap: freed by the driver core. */
/* trap: lin-irq-leak managed */
int motor_managed(struct device *dev, struct motor *m)
{
	int err = devm_request_irq(dev, m->irq, motor_interrupt, 0, "motor", m);

	if (err)
		return err;
	return m->speed ? 0 : -EINVAL; /* ok: lin-irq-leak */
}

/* Trap: freed by a helper shared with remove. */
static void motor_teardown(struct motor *m)
{
	free_irq(m->irq, m);
	m->speed = 0;
}

/* trap: lin-irq-leak shared-helper */
int motor_setup(struct motor *m)
{
	int err = request_irq(m->irq, motor_interrupt, 0, "motor", m);

	if (err)
		return err;
	if (m->speed < 0) {
		motor_teardown(m);
		return -EINVAL; /* ok: lin-irq-leak */
	}
	return 0;
}
