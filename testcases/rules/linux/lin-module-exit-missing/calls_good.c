/* The helper of exit undoes both. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>

struct keypad {
	struct miscdevice misc;
	int irq, presses;
};

static struct keypad keypad = { .misc = { .minor = MISC_DYNAMIC_MINOR, .name = "keypad" }, .irq = 5 };

static irqreturn_t keypad_interrupt(int irq, void *data)
{
	struct keypad *k = data;

	k->presses++;
	return IRQ_HANDLED;
}

static int keypad_attach(struct keypad *k)
{
	int err = misc_register(&k->misc);

	if (err)
		return err;
	err = request_irq(k->irq, keypad_interrupt, 0, "keypad", k); /* ok: lin-module-exit-missing */
	if (err)
		misc_deregister(&k->misc);
	return err;
}

static void keypad_detach(struct keypad *k)
{
	free_irq(k->irq, k);
	misc_deregister(&k->misc);
}

static int __init keypad_init(void)
{
	return keypad_attach(&keypad);
}
module_init(keypad_init);

static void __exit keypad_exit(void)
{
	keypad_detach(&keypad);
}
module_exit(keypad_exit);
MODULE_LICENSE("GPL");
