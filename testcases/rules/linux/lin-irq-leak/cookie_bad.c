/* The cookie of an interrupt goes to others: that does not free the line. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/power_supply.h>
#include <linux/slab.h>

struct lamp {
	struct power_supply_desc desc;
	int irq;
};

int lamp_start_hardware(struct lamp *lamp);

static irqreturn_t lamp_interrupt(int irq, void *cookie)
{
	return IRQ_HANDLED;
}

static int lamp_probe(struct platform_device *pdev)
{
	struct lamp *lamp = kzalloc(sizeof(*lamp), GFP_KERNEL);
	int err;

	if (!lamp)
		return -ENOMEM;
	lamp->irq = platform_get_irq(pdev, 0);
	err = request_irq(lamp->irq, lamp_interrupt, 0, "lamp", lamp);
	if (err)
		goto free;
	err = lamp_start_hardware(lamp);
	if (err)
		goto free;
	platform_set_drvdata(pdev, lamp);
	return 0;
free:
	kfree(lamp);
	return err; /* expect: lin-irq-leak */
}

struct platform_driver lamp_driver = { .probe = lamp_probe };
