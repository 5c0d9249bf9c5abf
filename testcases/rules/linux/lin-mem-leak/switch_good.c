/* The same value is asked twice: what no case wanted the first time, no case wants the second time. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/hid.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

enum tide { TIDE_LOW, TIDE_HIGH, TIDE_SPRING };

struct gauge {
	int level;
};

int gauge_read(enum tide tide, int unit)
{
	struct gauge *gauge;
	int level = 0;

	switch (tide) {
	case TIDE_LOW:
	case TIDE_SPRING:
		gauge = kzalloc(sizeof(*gauge), GFP_KERNEL);
		if (!gauge)
			return -ENOMEM;
		gauge->level = unit;
		break;
	default:
		gauge = NULL;
		break;
	}
	level = unit * 3;
	switch (tide) {
	case TIDE_LOW:
		level += gauge->level; /* ok: lin-null-unchecked */
		kfree(gauge);
		break;
	case TIDE_SPRING:
		kfree(gauge);
		break;
	default:
		break;
	}
	return level; /* ok: lin-mem-leak */
}

static int gauge_rate(int speed)
{
	switch (speed) {
	case 1:
		return 8;
	case 2:
	case 3:
		return 16;
	default:
		return -EINVAL;
	}
}

/* No way: the helper fails for other speeds only. */
int gauge_tune(struct gauge **slot)
{
	struct gauge *gauge = kzalloc(sizeof(*gauge), GFP_KERNEL);
	int rate;

	if (!gauge)
		return -ENOMEM;
	rate = gauge_rate(2);
	if (rate < 0)
		return rate; /* ok: lin-mem-leak */
	gauge->level = rate;
	*slot = gauge;
	return 0;
}
