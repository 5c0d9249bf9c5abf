/* list_entry() of a member that is not the first, and a removal under a condition. */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct voucher {
	int id;
	struct list_head link;
};

static LIST_HEAD(vouchers);

void voucher_drop(int id)
{
	struct list_head *p;
	struct voucher *v;

	list_for_each(p, &vouchers) { /* expect: lin-list-del-in-foreach */
		v = list_entry(p, struct voucher, link);
		if (v->id == id) {
			list_del(&v->link);
			kfree(v);
		}
	}
}
