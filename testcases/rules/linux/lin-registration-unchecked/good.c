/* Results that somebody looks at. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/module.h>

struct quay {
	struct class *cls;
	struct device *node;
	dev_t dev;
};

static struct quay quay;

/* trap: lin-registration-unchecked waived */
void quay_node(void)
{
	(void)device_create(quay.cls, NULL, quay.dev, NULL, "quay");
}

/* trap: lin-registration-unchecked asked-later */
void quay_prepare(void)
{
	quay.node = device_create(quay.cls, NULL, quay.dev, NULL, "quay");
}

bool quay_has_node(void)
{
	return !IS_ERR(quay.node);
}

int quay_class(void)
{
	quay.cls = class_create(THIS_MODULE, "quay");
	return PTR_ERR_OR_ZERO(quay.cls);
}
