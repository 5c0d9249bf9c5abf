/* Created by a helper, not destroyed when a later step fails. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct loom {
	struct workqueue_struct *queue;
	char *cloth;
};

static int loom_create(struct loom *l)
{
	l->queue = alloc_workqueue("loom", 0, 0);
	return l->queue ? 0 : -ENOMEM;
}

static void loom_destroy(struct loom *l)
{
	destroy_workqueue(l->queue);
	kfree(l->cloth);
}

static int loom_probe(struct platform_device *pdev)
{
	struct loom *l = platform_get_drvdata(pdev);
	int err = loom_create(l);

	if (err)
		return err; /* ok: lin-workqueue-leak */
	l->cloth = kzalloc(64, GFP_KERNEL);
	if (!l->cloth)
		return -ENOMEM; /* expect: lin-workqueue-leak "l->queue" */
	return 0;
}

static int loom_remove(struct platform_device *pdev)
{
	loom_destroy(platform_get_drvdata(pdev));
	return 0;
}

struct platform_driver loom_driver = { .probe = loom_probe, .remove = loom_remove };
