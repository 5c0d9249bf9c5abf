/* A return that tells no failure keeps the memory on purpose. */
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

int meter_queue(struct meter *m, void *buffer, int size);
int meter_wants(struct meter *m);

/* 1: the meter has it now, and frees it when it has been sent. */
int meter_log(struct meter *m)
{
	char *buffer = kzalloc(256, GFP_KERNEL);

	if (!buffer)
		return -ENOMEM;
	if (meter_queue(m, buffer, 256) == 0)
		return 1;
	kfree(buffer);
	return 0;
}

struct slot {
	char *text;
};

/* Without a reader the text stays in the slot. */
int meter_fill(struct meter *m, struct slot *s)
{
	int err;

	s->text = kzalloc(64, GFP_KERNEL);
	if (!s->text)
		return -ENOMEM;
	err = meter_queue(m, s->text, 64);
	if (err < 0)
		return 0;
	if (!meter_wants(m)) {
		kfree(s->text);
		s->text = NULL;
	}
	return 0;
}
