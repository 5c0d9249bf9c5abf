/* A timer inside a record of the kernel's own is the kernel's to delete. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/usb.h>
#include <linux/usb/hcd.h>

static void port_resume(struct usb_hcd *hcd)
{
	mod_timer(&hcd->rh_timer, jiffies + HZ / 50); /* ok: lin-timer-not-deleted */
}

static int port_probe(struct platform_device *pdev)
{
	struct usb_hcd *hcd = platform_get_drvdata(pdev);

	port_resume(hcd);
	return 0;
}

static int port_remove(struct platform_device *pdev)
{
	usb_remove_hcd(platform_get_drvdata(pdev));
	return 0;
}

static struct platform_driver port_driver = {
	.probe = port_probe,
	.remove = port_remove,
	.driver = { .name = "port" },
};
module_platform_driver(port_driver);
MODULE_LICENSE("GPL");
