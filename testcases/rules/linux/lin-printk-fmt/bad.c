/* Formats that are data, and messages without a level. */
#include <linux/printk.h>

#define GATE_FORMAT(text) "gate: " text "\n"

struct gate {
	char name[16];
	char *label;
};

/* trap: lin-printk-fmt wrapper */
void gate_show(struct gate *g)
{
	printk(g->name); /* expect: lin-printk-fmt "takes g->name for its format" */ /* note: lin-printk-fmt "printk takes g->name for its format;" */
	printk(g->label); /* expect: lin-printk-fmt "g->label" */
}

/* trap: lin-printk-fmt continuation */
void gate_open(struct gate *g)
{
	printk("gate opens: "); /* expect: lin-printk-fmt "without a level" */
	printk("%s\n", g->name); /* expect: lin-printk-fmt "without a level" */
}

/* trap: lin-printk-fmt macro-format */
void gate_close(void)
{
	printk(GATE_FORMAT("closes")); /* expect: lin-printk-fmt "without a level" */
}
