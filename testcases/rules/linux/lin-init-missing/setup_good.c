/* Lists that helpers set up by hand: what writes through its parameter may initialise. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct parcel {
	struct list_head node;
	int weight;
};

struct depot {
	struct list_head waiting;
	struct list_head known;
	struct device *dev;
	int limit;
};

static void drop_all(struct list_head *head)
{
	struct parcel *parcel, *next;

	list_for_each_entry_safe(parcel, next, head, node) {
		list_del(&parcel->node);
		kfree(parcel);
	}
}

static int take(struct depot *depot, bool keep)
{
	struct parcel *parcel = kzalloc(sizeof(*parcel), GFP_KERNEL);

	if (!parcel)
		return -ENOMEM;
	if (keep)
		list_add_tail_rcu(&parcel->node, &depot->known);
	else
		list_add_tail(&parcel->node, &depot->waiting);
	return 0;
}

static void start_list(struct list_head *head)
{
	head->next = head;
	head->prev = head;
}

static void depot_setup(struct depot *depot, struct device *dev)
{
	depot->dev = dev;
	depot->limit = 4;
	start_list(&depot->waiting);
	start_list(&depot->known);
}

static int depot_probe(struct platform_device *pdev)
{
	struct depot *depot = devm_kzalloc(&pdev->dev, sizeof(*depot), GFP_KERNEL);
	int err;

	if (!depot)
		return -ENOMEM;
	depot_setup(depot, &pdev->dev);
	platform_set_drvdata(pdev, depot);
	err = take(depot, false);
	return err ? err : take(depot, true);
}

static int depot_remove(struct platform_device *pdev)
{
	struct depot *depot = platform_get_drvdata(pdev);

	drop_all(&depot->waiting);
	drop_all(&depot->known);
	return 0;
}

static struct platform_driver depot_driver = {
	.probe = depot_probe,
	.remove = depot_remove,
	.driver = { .name = "depot" },
};

module_platform_driver(depot_driver);
MODULE_LICENSE("GPL");
