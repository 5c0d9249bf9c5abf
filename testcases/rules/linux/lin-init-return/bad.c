/* Init functions that return a positive value. */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define TALLY_FAIL(error) (error)

struct tally {
	int major;
	int *slots;
};

static struct tally tally;

static int tally_probe(struct platform_device *pdev)
{
	int err = 0;

	if (!pdev->num_resources) {
		err = ENODEV;
		goto out;
	}
	platform_set_drvdata(pdev, &tally);
out:
	return err; /* expect: lin-init-return "returns err" */
}

static struct platform_driver tally_driver = {
	.probe = tally_probe,
	.driver = { .name = "tally" },
};

/* trap: lin-init-return callee-unknown */
static int tally_claim(void)
{
	tally.slots = kcalloc(8, sizeof(*tally.slots), GFP_KERNEL);
	return tally.slots ? 0 : ENOMEM;
}

static int __init tally_init(void)
{
	int err = tally_claim();

	if (err)
		return err; /* expect: lin-init-return "returns err" */
	err = platform_driver_register(&tally_driver); /* note: lin-init-return "assuming that platform_driver_register fails" */
	if (err) {
		kfree(tally.slots);
		/* trap: lin-init-return negating-macro */
		return TALLY_FAIL(EBUSY); /* expect: lin-init-return "TALLY_FAIL" */
	}
	/* trap: lin-init-return major-number */
	tally.major = register_blkdev(0, "tally");
	if (tally.major < 0) {
		platform_driver_unregister(&tally_driver);
		kfree(tally.slots);
	}
	return tally.major; /* expect: lin-init-return "tally.major" */
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
