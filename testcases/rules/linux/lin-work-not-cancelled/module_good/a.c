#include <linux/init.h>
#include <linux/module.h>
#include "post.h"

static int __init post_init(void)
{
	INIT_WORK(&post_work, post_deliver);
	schedule_work(&post_work); /* ok: lin-work-not-cancelled */
	return 0;
}
module_init(post_init);
MODULE_LICENSE("GPL");
