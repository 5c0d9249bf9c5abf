/* What the common module of such devices offers. */
#ifndef HOIST_CORE_H
#define HOIST_CORE_H

#include <linux/clk.h>
#include <linux/platform_device.h>

struct hoist_host {
	struct clk *clk;
	int winding;
};

struct hoist_host *hoist_core_init(struct platform_device *pdev);
int hoist_core_add(struct hoist_host *host);
void hoist_core_free(struct platform_device *pdev);
int hoist_core_remove(struct platform_device *pdev);

#endif
