/* A helper that fails in two ways, and whose caller frees what either made. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/hid.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct panel {
	u32 *rows;
	u32 *columns;
};

static int panel_make(struct panel *panel, unsigned int count)
{
	panel->rows = kcalloc(count, sizeof(*panel->rows), GFP_KERNEL);
	if (!panel->rows)
		return -ENOMEM;
	panel->columns = kcalloc(count, sizeof(*panel->columns), GFP_KERNEL);
	if (!panel->columns)
		return -ENOMEM;
	return 0;
}

static int panel_probe(struct platform_device *pdev)
{
	struct panel *panel = kzalloc(sizeof(*panel), GFP_KERNEL);
	int err;

	if (!panel)
		return -ENOMEM;
	err = panel_make(panel, 16);
	if (err) {
		kfree(panel->rows);
		kfree(panel);
		return err;
	}
	platform_set_drvdata(pdev, panel);
	return 0;
}

static int panel_remove(struct platform_device *pdev)
{
	struct panel *panel = platform_get_drvdata(pdev);

	kfree(panel->rows);
	kfree(panel->columns);
	kfree(panel);
	return 0;
}

static struct platform_driver panel_driver = {
	.probe = panel_probe,
	.remove = panel_remove,
	.driver = { .name = "panel" },
};
module_platform_driver(panel_driver);

MODULE_LICENSE("GPL");
