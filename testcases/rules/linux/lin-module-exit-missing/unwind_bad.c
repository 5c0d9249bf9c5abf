/* What probe undoes when it fails, remove forgets. */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>

struct gate {
	void __iomem *regs;
	wait_queue_head_t wait;
	int irq;
};

static irqreturn_t gate_moved(int irq, void *data)
{
	struct gate *gate = data;

	wake_up(&gate->wait);
	return IRQ_HANDLED;
}

static int gate_listen(struct gate *gate)
{
	int err = request_irq(gate->irq, gate_moved, 0, "gate", gate); /* expect: lin-module-exit-missing "interrupt line" */

	if (err)
		pr_err("gate: no interrupt\n");
	return err;
}

static int gate_probe(struct platform_device *pdev)
{
	struct gate *gate = devm_kzalloc(&pdev->dev, sizeof(*gate), GFP_KERNEL);
	int err;

	if (!gate)
		return -ENOMEM;
	init_waitqueue_head(&gate->wait);
	gate->irq = platform_get_irq(pdev, 0);
	gate->regs = ioremap(0x1000, 16); /* expect: lin-module-exit-missing "i/o mapping" */
	if (!gate->regs)
		return -ENOMEM;
	err = gate_listen(gate);
	if (err)
		goto unmap;
	err = wait_event_interruptible(gate->wait, readl(gate->regs));
	if (err)
		goto deaf;
	platform_set_drvdata(pdev, gate);
	err = platform_device_add(pdev);
	if (err)
		goto deaf;
	dev_info(&pdev->dev, "ready\n");
	return err;
deaf:
	free_irq(gate->irq, gate);
unmap:
	iounmap(gate->regs);
	return err;
}

static int gate_remove(struct platform_device *pdev) /* note: lin-module-exit-missing "`gate_remove` is called as driver-remove and does not release it" */
{
	struct gate *gate = platform_get_drvdata(pdev);

	writel(0, gate->regs);
	return 0;
}

static struct platform_driver gate_driver = {
	.probe = gate_probe,
	.remove = gate_remove,
	.driver = { .name = "gate" },
};

module_platform_driver(gate_driver);
MODULE_LICENSE("GPL");
