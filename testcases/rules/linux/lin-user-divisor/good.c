/* A clock generator that leaves 0 out. */
#include <linux/fs.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/uaccess.h>

#define TIMER_HZ 48000000

struct timer_request {
	unsigned int rate;
	unsigned int steps;
	u64 period;
};

static unsigned int prescaler;
static struct timer_request current_request;

/* trap: lin-user-divisor checked-by-caller */
static unsigned int timer_divider(unsigned int rate)
{
	return TIMER_HZ / rate;
}

static bool timer_rate_is_valid(unsigned int rate)
{
	return rate >= 1000 && rate <= TIMER_HZ;
}

static int timer_check(const struct timer_request *req)
{
	return !req->steps || req->steps > TIMER_HZ ? -EINVAL : 0;
}

/* The request was checked before it was copied. */
static void timer_program(void)
{
	prescaler = TIMER_HZ / current_request.steps;
}

static long timer_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct timer_request req;
	unsigned int rate;

	switch (cmd) {
	case 1:
		/* trap: lin-user-divisor zero-refused */
		if (get_user(rate, (unsigned int __user *)arg))
			return -EFAULT;
		if (!rate)
			return -EINVAL;
		prescaler = TIMER_HZ / rate;
		return 0;
	case 2:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		if (!timer_rate_is_valid(req.rate))
			return -EINVAL;
		prescaler = timer_divider(req.rate);
		return 0;
	case 5:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		if (timer_check(&req))
			return -EINVAL;
		current_request = req;
		timer_program();
		return 0;
	case 3:
		/* trap: lin-user-divisor range-checked */
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		if (req.period < 10)
			return -EINVAL;
		return div64_u64(TIMER_HZ, req.period);
	case 4:
		if (get_user(rate, (unsigned int __user *)arg))
			return -EFAULT;
		if (rate == 0)
			rate = 1;
		return TIMER_HZ / rate + TIMER_HZ / (rate + 1) + TIMER_HZ / max(rate, 8u);
	default:
		return -ENOTTY;
	}
}

const struct file_operations timer_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = timer_ioctl,
};
