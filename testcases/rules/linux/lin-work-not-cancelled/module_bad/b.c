#include <linux/init.h>
#include <linux/module.h>
#include "post.h"

struct work_struct post_work;
static int post_letters;

void post_deliver(struct work_struct *work)
{
	post_letters = 0;
}

static void __exit post_exit(void)
{
	post_letters = -1;
}
module_exit(post_exit);
