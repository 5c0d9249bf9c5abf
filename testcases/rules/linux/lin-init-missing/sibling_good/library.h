/* Of another module in the same folder. */
#pragma once
#include <linux/mutex.h>

struct platform_device;

struct sibling {
	struct mutex lock;
	int uses;
};

int library_start(struct platform_device *pdev, struct sibling *sibling);
