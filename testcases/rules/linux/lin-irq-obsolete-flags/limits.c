/* What is known to be wrong: the flag's name is defined for the parser's sake, so that old code can be read at all,
 * and a test of the name itself is true. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/version.h>

int bell_request(int irq, irq_handler_t handler, void *bell)
{
	unsigned long flags = IRQF_SHARED;

#ifdef IRQF_DISABLED
	flags |= IRQF_DISABLED; /* todo-ok: lin-irq-obsolete-flags */
#endif
	return request_irq(irq, handler, flags, "bell", bell);
}
