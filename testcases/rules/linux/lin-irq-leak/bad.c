/* Failures after request_irq that leave the handler installed. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/power_supply.h>
#include <linux/slab.h>

struct motor {
	struct miscdevice misc;
	int irq, irq_fault;
	int speed;
};

irqreturn_t motor_interrupt(int irq, void *data);
irqreturn_t motor_thread(int irq, void *data);

/* trap: lin-irq-leak managed */
int motor_probe(struct motor *m)
{
	int err;

	err = request_irq(m->irq, motor_interrupt, 0, "motor", m); /* note: lin-irq-leak "interrupt line" */
	if (err)
		return err;
	err = misc_register(&m->misc);
	if (err)
		return err; /* expect: lin-irq-leak "interrupt line" */
	return 0;
}

/* The second line fails and the first one stays. */
/* trap: lin-irq-leak kept-on-success */
int motor_two(struct motor *m)
{
	int err;

	err = request_irq(m->irq, motor_interrupt, 0, "motor", m); /* note: lin-irq-leak "interrupt line" */
	if (err)
		goto out;
	err = request_threaded_irq(m->irq_fault, NULL, motor_thread, 0, "motor-fault", m);
	if (err)
		goto out;
	return 0;
out:
	return err; /* expect: lin-irq-leak "interrupt line" */
}

/* trap: lin-irq-leak open-and-release */
int motor_open(struct inode *inode, struct file *file)
{
	struct motor *m = file->private_data;

	if (request_irq(m->irq, motor_interrupt, IRQF_SHARED, "motor", m)) /* note: lin-irq-leak "interrupt line" */
		return -EBUSY;
	if (m->speed > 100) {
		m->speed = 0;
		return -ERANGE; /* expect: lin-irq-leak "interrupt line" */
	}
	return 0;
}

/* Freed with another cookie. */
/* trap: lin-irq-leak shared-helper */
int motor_cookie(struct motor *m, int irq)
{
	int err = request_irq(irq, motor_interrupt, 0, "motor", m); /* note: lin-irq-leak "interrupt line" */

	if (err)
		return err;
	if (!m->speed) {
		free_irq(irq, &m->speed);
		return -EINVAL; /* expect: lin-irq-leak "interrupt line" */
	}
	return 0;
}
