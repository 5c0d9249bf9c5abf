/* The handler may still use what is freed before the line is. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>

struct horn {
	int count;
};

void horn_end(struct horn *horn, int irq)
{
	kfree(horn); /* note: lin-use-after-free "horn is freed here" */
	free_irq(irq, horn); /* expect: lin-use-after-free "horn" */
}

void horn_finish(struct horn *horn, int irq)
{
	free_irq(irq, horn);
	kfree(horn);
}
