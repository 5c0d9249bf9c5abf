/* 0 or a negative errno. */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define TALLY_FAIL(error) (-(error))

struct tally {
	int major;
	int *slots;
};

static struct tally tally;

int tally_detect(struct platform_device *pdev);

/* trap: lin-init-return callee-unknown */
static int tally_probe(struct platform_device *pdev)
{
	int err = tally_detect(pdev);

	if (err)
		return err;
	return tally_detect(pdev);
}

static struct platform_driver tally_driver = {
	.probe = tally_probe,
	.driver = { .name = "tally" },
};

/* A helper may return what it likes. */
static int tally_count(void)
{
	return tally.major ? 8 : 0;
}

static int __init tally_init(void)
{
	int err;

	tally.slots = kcalloc(8, sizeof(*tally.slots), GFP_KERNEL);
	if (!tally.slots)
		return -ENOMEM;
	tally.slots[0] = tally_count();
	err = platform_driver_register(&tally_driver);
	if (err) {
		kfree(tally.slots);
		/* trap: lin-init-return negating-macro */
		return TALLY_FAIL(EBUSY);
	}
	/* trap: lin-init-return major-number */
	tally.major = register_blkdev(0, "tally");
	if (tally.major < 0) {
		err = tally.major;
		platform_driver_unregister(&tally_driver);
		kfree(tally.slots);
		return err;
	}
	return 0;
}

static void __exit tally_exit(void)
{
	unregister_blkdev(tally.major, "tally");
	platform_driver_unregister(&tally_driver);
	kfree(tally.slots);
}

module_init(tally_init);
module_exit(tally_exit);
MODULE_LICENSE("GPL");
