#include <linux/miscdevice.h>
#include "ledger.h"

static struct miscdevice ledger_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "ledger", .fops = &ledger_fops };

int ledger_start(void)
{
	int err;

	mutex_init(&ledger_lock); /* ok: lin-live-before-init */
	err = misc_register(&ledger_misc);
	if (err)
		return err;
	return 0;
}
