/* A clock generator that divides by what user space asks for. */
#include <linux/fs.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/uaccess.h>

#define CLOCK_HZ 48000000

struct clock_request {
	unsigned int rate;
	unsigned int steps;
	u64 period;
};

static unsigned int divider;

/* trap: lin-user-divisor checked-by-caller */
static unsigned int clock_divider(unsigned int rate)
{
	return CLOCK_HZ / rate;
}

/* trap: lin-user-divisor zero-refused */
static long clock_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct clock_request req;
	unsigned int rate;

	switch (cmd) {
	case 1:
		if (get_user(rate, (unsigned int __user *)arg)) /* note: lin-user-divisor "user space chooses" */
			return -EFAULT;
		divider = CLOCK_HZ / rate; /* expect: lin-user-divisor "rate" */
		return 0;
	case 2:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		if (req.rate > CLOCK_HZ)
			return -EINVAL;
		divider = clock_divider(req.rate); /* expect: lin-user-divisor "req.rate" */
		return 0;
	case 3:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		return div64_u64(CLOCK_HZ, req.period); /* expect: lin-user-divisor "req.period" */
	default:
		return -ENOTTY;
	}
}

/* trap: lin-user-divisor range-checked */
static ssize_t clock_write(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	if (count > 64)
		return -EINVAL;
	return divider % count; /* expect: lin-user-divisor "count" */
}

const struct file_operations clock_fops = {
	.owner = THIS_MODULE,
	.write = clock_write,
	.unlocked_ioctl = clock_ioctl,
};
