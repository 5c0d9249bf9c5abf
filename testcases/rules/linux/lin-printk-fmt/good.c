/* Formats with a level. */
#include <linux/printk.h>

#define GATE_FORMAT(text) KERN_INFO "gate: " text "\n"

struct gate {
	char name[16];
	const char *format;
};

void gate_show(struct gate *g)
{
	printk(KERN_INFO "%s\n", g->name);
	printk(g->format);
}

/* trap: lin-printk-fmt continuation */
void gate_open(struct gate *g)
{
	printk(KERN_INFO "gate opens: ");
	printk(KERN_CONT "%s\n", g->name);
}

/* trap: lin-printk-fmt wrapper */
void gate_count(int count)
{
	pr_info("%d gates\n", count);
	pr_debug("counted\n");
}

/* trap: lin-printk-fmt macro-format */
void gate_close(void)
{
	printk(GATE_FORMAT("closes"));
}
