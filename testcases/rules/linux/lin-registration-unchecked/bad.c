/* Nodes that may not be there. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/module.h>

struct quay {
	struct class *cls;
	dev_t dev;
};

static struct quay quay;

/* trap: lin-registration-unchecked waived */
void quay_node(void)
{
	device_create(quay.cls, NULL, quay.dev, NULL, "quay"); /* expect: lin-registration-unchecked "device_create" */ /* note: lin-registration-unchecked "nothing looks at the result of" */
}

/* trap: lin-registration-unchecked asked-later */
void quay_class(void)
{
	class_create(THIS_MODULE, "quay"); /* expect: lin-registration-unchecked "class_create" */
}
