/* The call that got the memory has failed, and the return does not tell so. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

struct meter;

int meter_read(struct meter *m, void *buffer, int size);

/* How many bytes the log has; none when it cannot be read. */
int meter_log(struct meter *m)
{
	u32 *buffer = kzalloc(256, GFP_KERNEL);
	u32 used = 0;
	int err;

	if (!buffer)
		goto out;
	err = meter_read(m, buffer, 256);
	if (err < 0) {
		used = 0;
		goto out;
	}
	used = buffer[0];
	if (used == 0)
		goto free_out;
	err = meter_read(m, buffer + 1, used);
free_out:
	kfree(buffer);
out:
	return used; /* expect: lin-mem-leak "buffer is never freed when meter_log returns here" */
}

#define METER_BUSY 3

/* Its codes are positive. */
int meter_rezero(struct meter *m)
{
	char *message = kzalloc(31, GFP_KERNEL);
	int result;

	if (!message)
		return METER_BUSY;
	result = meter_read(m, message, 31);
	if (result != 0) {
		result = METER_BUSY;
		return result; /* expect: lin-mem-leak "message is never freed when meter_rezero returns here" */
	}
	meter_read(m, message, 13);
	kfree(message);
	return 0;
}
