/* A managed interrupt comes until the device is gone, behind the remove function. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/pm.h>
#include <linux/serial_core.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_host.h>

struct gate {
	spinlock_t lock;
	int open;
};

static irqreturn_t gate_interrupt(int irq, void *data)
{
	struct gate *gate = data;

	spin_lock(&gate->lock);
	gate->open++;
	spin_unlock(&gate->lock);
	return IRQ_HANDLED;
}

static int gate_probe(struct platform_device *pdev)
{
	struct gate *gate = devm_kzalloc(&pdev->dev, sizeof(*gate), GFP_KERNEL);
	int irq = platform_get_irq(pdev, 0);

	if (!gate)
		return -ENOMEM;
	if (irq < 0)
		return irq;
	spin_lock_init(&gate->lock);
	platform_set_drvdata(pdev, gate);
	return devm_request_irq(&pdev->dev, irq, gate_interrupt, 0, "gate", gate);
}

static int gate_remove(struct platform_device *pdev)
{
	struct gate *gate = platform_get_drvdata(pdev);

	spin_lock(&gate->lock); /* expect: lin-lock-irq-unsafe "gate->lock" */
	gate->open = 0;
	spin_unlock(&gate->lock);
	return 0;
}

static struct platform_driver gate_driver = {
	.probe = gate_probe,
	.remove = gate_remove,
	.driver = { .name = "gate" },
};
module_platform_driver(gate_driver);
MODULE_LICENSE("GPL");
