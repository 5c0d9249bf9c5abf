#include <linux/miscdevice.h>
#include "ledger.h"

static struct miscdevice ledger_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "ledger", .fops = &ledger_fops };

int ledger_start(void)
{
	int err;

	err = misc_register(&ledger_misc);
	if (err)
		return err;
	mutex_init(&ledger_lock); /* expect: lin-live-before-init "ledger_lock" */
	return 0;
}
