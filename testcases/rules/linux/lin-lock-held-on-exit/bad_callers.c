/* Every return of a helper holds the lock, and nobody who calls it lets go. */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct tank {
	struct mutex lock;
	int level;
};

static int tank_fill(struct tank *tank, int amount)
{
	int err = 0;

	mutex_lock(&tank->lock); /* note: lin-lock-held-on-exit "tank->lock" */
	if (tank->level + amount > 1000)
		err = -ENOSPC;
	else
		tank->level += amount;
	return err; /* expect: lin-lock-held-on-exit "tank->lock" */
}

/* Its release is of what it took itself. */
static int tank_ask(struct tank *tank)
{
	int level;

	mutex_lock(&tank->lock);
	level = tank->level;
	mutex_unlock(&tank->lock);
	return level;
}

static int tank_probe(struct platform_device *pdev)
{
	struct tank *tank = devm_kzalloc(&pdev->dev, sizeof(*tank), GFP_KERNEL);

	if (!tank)
		return -ENOMEM;
	mutex_init(&tank->lock);
	if (tank_ask(tank) > 0)
		return -EBUSY;
	return tank_fill(tank, 10);
}

static struct platform_driver tank_driver = {
	.probe = tank_probe,
	.driver = { .name = "tank" },
};
module_platform_driver(tank_driver);

MODULE_LICENSE("GPL");
