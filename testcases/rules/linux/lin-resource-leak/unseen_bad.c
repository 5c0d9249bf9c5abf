/* Other files of the driver set things up between: they do not give back what probe acquired. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/input.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/platform_device.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

struct dial {
	void __iomem *regs;
	struct regulator *supply;
	struct input_dev *input;
	int irq;
	int (*calibrate)(struct dial *dial);
};

int dial_init_hardware(struct dial *dial);
void dial_exit_hardware(struct dial *dial);
irqreturn_t dial_interrupt(int irq, void *cookie);

static int dial_probe(struct platform_device *pdev)
{
	struct resource *res = platform_get_resource(pdev, IORESOURCE_MEM, 0);
	struct dial *dial;
	int err;

	dial = kzalloc(sizeof(*dial), GFP_KERNEL);
	if (!dial || !res) {
		kfree(dial);
		return -ENOMEM;
	}
	dial->regs = ioremap(res->start, resource_size(res));
	if (!dial->regs) {
		err = -ENOMEM;
		goto free;
	}
	err = dial_init_hardware(dial);
	if (err)
		goto unmap;
	err = request_irq(dial->irq, dial_interrupt, 0, "dial", dial);
	if (err)
		goto exit;
	platform_set_drvdata(pdev, dial);
	return 0;
exit:
	dial_exit_hardware(dial);
unmap:
free:
	kfree(dial);
	return err; /* expect: lin-resource-leak "dial->regs" */
}

/* It calls the same function, and unmaps by itself. */
static int dial_remove(struct platform_device *pdev)
{
	struct dial *dial = platform_get_drvdata(pdev);

	free_irq(dial->irq, dial);
	dial_exit_hardware(dial);
	iounmap(dial->regs);
	kfree(dial);
	return 0;
}

struct platform_driver dial_driver = { .probe = dial_probe, .remove = dial_remove };

static int dial_power(struct dial *dial)
{
	int err = regulator_enable(dial->supply);

	if (err)
		return err;
	err = dial->calibrate(dial);
	if (err)
		return err; /* expect: lin-resource-leak "dial->supply" */
	err = dial_init_hardware(dial);
	if (err)
		goto disable;
	return 0;
disable:
	regulator_disable(dial->supply);
	return err;
}

int dial_resume(struct dial *dial)
{
	return dial_power(dial);
}

/* Setting the device up does not give it to anybody. */
static int dial_add_input(struct platform_device *pdev)
{
	struct dial *dial = platform_get_drvdata(pdev);
	struct input_dev *input = input_allocate_device();
	int err;

	if (!input)
		return -ENOMEM;
	input_set_abs_params(input, ABS_X, 0, 255, 0, 0);
	err = dial_init_hardware(dial);
	if (err)
		return err; /* expect: lin-resource-leak "input" */
	dial->input = input;
	return 0;
}

struct platform_driver dial_input_driver = { .probe = dial_add_input };

struct platform_device *dial_device;

static int dial_add_device(void)
{
	struct platform_device *pdev = platform_device_alloc("dial", -1);
	int err;

	if (!pdev)
		return -ENOMEM;
	err = platform_device_add(pdev);
	if (err)
		return err; /* expect: lin-resource-leak "pdev" */
	dial_device = pdev;
	return 0;
}

int dial_start(void)
{
	return dial_add_device();
}
