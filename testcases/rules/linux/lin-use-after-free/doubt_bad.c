/* Freed twice, after calls that leave open what became of the memory before. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/usb.h>

struct radio {
	struct usb_device *usb;
	struct usb_anchor sent;
	struct list_head waiting;
	spinlock_t lock;
	unsigned int serial, users, limit;
};

struct radio_cmd {
	struct list_head link;
	struct radio *radio;
	unsigned int serial, len;
};

struct radio_table {
	struct radio_row {
		void *desc;
	} *rows;
	int count;
};

void radio_done(struct urb *urb);
int radio_wait_room(struct radio *radio);
void *radio_ring(struct radio *radio, int row);
void radio_ring_stop(struct radio *radio, void *desc);

/* The request may get a second reference, what kfree() frees can not. */
int radio_send(struct radio *radio, void *data, int len)
{
	struct radio_cmd *cmd;
	struct urb *urb;
	int err;

	urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!urb)
		return -ENOMEM;
	cmd = kzalloc(sizeof(*cmd), GFP_KERNEL);
	if (!cmd) {
		usb_free_urb(urb);
		return -ENOMEM;
	}
	cmd->radio = radio;
	usb_fill_bulk_urb(urb, radio->usb, usb_sndbulkpipe(radio->usb, 1), data, len, radio_done, cmd);
	usb_anchor_urb(urb, &radio->sent);
	err = usb_submit_urb(urb, GFP_KERNEL);
	if (err) {
		usb_unanchor_urb(urb);
		kfree(cmd); /* note: lin-use-after-free "cmd" */
		kfree(cmd); /* expect: lin-use-after-free "cmd" */
	}
	usb_free_urb(urb);
	return err;
}

/* Read anew after the call that was given the request. */
int radio_listen(struct radio *radio)
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);
	int err;

	if (!urb)
		return -ENOMEM;
	urb->transfer_buffer = kzalloc(64, GFP_KERNEL);
	if (!urb->transfer_buffer) {
		usb_free_urb(urb);
		return -ENOMEM;
	}
	usb_fill_bulk_urb(urb, radio->usb, usb_rcvbulkpipe(radio->usb, 1), urb->transfer_buffer, 64, radio_done, radio);
	err = usb_submit_urb(urb, GFP_KERNEL);
	if (err) {
		kfree(urb->transfer_buffer); /* note: lin-use-after-free "urb->transfer_buffer" */
		kfree(urb->transfer_buffer); /* expect: lin-use-after-free "urb->transfer_buffer" */
		usb_free_urb(urb);
	}
	return err;
}

/* Loses the command itself on one way. */
static struct radio_cmd *radio_make(struct radio *radio, unsigned int len)
{
	struct radio_cmd *cmd = kzalloc(sizeof(*cmd), GFP_KERNEL); /* note: lin-mem-leak "cmd" */

	if (!cmd)
		return ERR_PTR(-ENOMEM);
	cmd->len = len;
	if (radio_wait_room(radio))
		return ERR_PTR(-EBUSY); /* expect: lin-mem-leak "cmd" */
	return cmd;
}

/* Keeps the command on some of the ways that look alike from outside. */
static int radio_queue(struct radio *radio, struct radio_cmd *cmd)
{
	int err;

	if (radio->users > radio->limit) {
		err = radio_wait_room(radio);
		if (err)
			return err;
		spin_lock(&radio->lock);
		list_add_tail(&cmd->link, &radio->waiting);
		spin_unlock(&radio->lock);
		return radio_wait_room(radio);
	}
	cmd->serial = radio->serial++;
	return radio_wait_room(radio);
}

int radio_post(struct radio *radio, unsigned int len)
{
	struct radio_cmd *cmd = radio_make(radio, len);
	int err;

	if (IS_ERR(cmd))
		return PTR_ERR(cmd);
	err = radio_queue(radio, cmd);
	if (err) {
		kfree(cmd); /* note: lin-use-after-free "cmd" */
		kfree(cmd); /* expect: lin-use-after-free "cmd" */
	}
	return err;
}

static void radio_table_stop(struct radio *radio, struct radio_table *table)
{
	int i;

	for (i = 0; i < table->count; i++) {
		struct radio_row *row = &table->rows[i];

		if (row && row->desc) {
			radio_ring_stop(radio, row->desc);
			kfree(row->desc);
		}
	}
}

static int radio_table_start(struct radio *radio, struct radio_table *table)
{
	int i;

	for (i = 0; i < table->count; i++) {
		table->rows[i].desc = radio_ring(radio, i);
		if (!table->rows[i].desc) {
			radio_table_stop(radio, table);
			return -EIO;
		}
	}
	return 0;
}

/* Elements under a changing index were freed by the helper, the table itself was not. */
int radio_open(struct radio *radio, int count, struct radio_table **result)
{
	struct radio_table *table = kzalloc(sizeof(*table), GFP_KERNEL);

	if (!table)
		return -ENOMEM;
	table->count = count;
	table->rows = kcalloc(count, sizeof(*table->rows), GFP_KERNEL);
	if (!table->rows) {
		kfree(table);
		return -ENOMEM;
	}
	if (radio_table_start(radio, table)) {
		kfree(table); /* note: lin-use-after-free "table" */
		kfree(table->rows); /* expect: lin-use-after-free "table" */
		return -EIO;
	}
	*result = table;
	return 0;
}
