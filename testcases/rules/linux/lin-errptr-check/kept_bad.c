/* Error pointers that are kept, or handed on, and that nothing ever tests. */
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/io.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>
#include <linux/string.h>

struct loom {
	struct clk *clk;
	struct regulator *supply;
	void __iomem *regs;
};

static struct class *loom_class;

static void loom_write(struct loom *loom, u32 offset, u32 value)
{
	iowrite32be(value, loom->regs + offset); /* note: lin-errptr-check "`loom_write` uses it here" */
}

static void loom_set(struct loom *loom)
{
	unsigned long rate = clk_get_rate(loom->clk); /* note: lin-errptr-check "`loom_set` uses it here" */

	loom_write(loom, 0, (u32)rate);
}

/* Whether there is a supply is asked, but an error pointer is not NULL. trap: lin-errptr-check error-or-zero */
static int loom_power(struct loom *loom)
{
	if (!loom->supply)
		return 0;
	return regulator_set_load(loom->supply, 1000); /* note: lin-errptr-check "`loom_power` uses it here" */
}

static int loom_probe(struct platform_device *pdev)
{
	struct loom *loom = devm_kzalloc(&pdev->dev, sizeof(*loom), GFP_KERNEL);
	void __iomem *regs;

	if (!loom)
		return -ENOMEM;
	platform_set_drvdata(pdev, loom);
	regs = devm_platform_ioremap_resource(pdev, 0); /* expect: lin-errptr-check "loom->regs is never tested: devm_platform_ioremap_resource can fail" */
	loom->regs = regs;
	loom->clk = devm_clk_get(&pdev->dev, NULL); /* expect: lin-errptr-check "loom->clk is never tested: devm_clk_get can fail" */
	loom->supply = devm_regulator_get(&pdev->dev, "vdd"); /* expect: lin-errptr-check "loom->supply is never tested" */
	loom_set(loom);
	return loom_power(loom);
}

static struct platform_driver loom_driver = {
	.probe = loom_probe,
	.driver = { .name = "loom" },
};

static int __init loom_init(void)
{
	int err;

	loom_class = class_create(THIS_MODULE, "loom"); /* expect: lin-errptr-check "loom_class is never tested" */
	err = platform_driver_register(&loom_driver);
	if (err)
		class_destroy(loom_class);
	return err;
}

static void __exit loom_exit(void)
{
	platform_driver_unregister(&loom_driver);
	if (class_create_file(loom_class, NULL)) /* note: lin-errptr-check "`loom_exit` uses it here" */
		pr_info("no file\n");
	class_destroy(loom_class);
}

module_init(loom_init);
module_exit(loom_exit);
MODULE_LICENSE("GPL");

struct kiln {
	struct task_struct *fire;
	int heat;
};

int kiln_main(void *data);

/* Stopped elsewhere; what is stopped here is that of the round before. */
void kiln_light(struct kiln *k, int n)
{
	int i;

	if (k->heat) {
		kthread_stop(k->fire);
		k->heat = 0;
	}
	for (i = 0; i < n; i++, k++)
		k->fire = kthread_run(kiln_main, k, "kiln/%d", i); /* expect: lin-errptr-check "k->fire" */
}

void kiln_quench(struct kiln *k)
{
	if (k->fire) {
		kthread_stop(k->fire);
		k->fire = NULL;
	}
}

/* The number that is printed is no question. */
static int kiln_glaze(struct kiln *k, const u16 *row, int n)
{
	int i;

	for (i = 0; i < n && row[i]; i++) /* note: lin-errptr-check "`kiln_glaze` uses it here" */
		k->heat += row[i];
	if (i != n) {
		pr_err("row at 0x%lx is not complete\n", (unsigned long)row);
		return -EIO;
	}
	return 0;
}

int kiln_paint(struct kiln *k, const void __user *from, int n, u16 one)
{
	u16 *copy = NULL, *row;
	int err;

	if (n == 1) {
		row = &one;
	} else {
		copy = memdup_user(from, n * sizeof(*row)); /* expect: lin-errptr-check "copy" */
		row = copy;
	}
	err = kiln_glaze(k, row, n);
	kfree(copy);
	return err;
}
