/* Of another module in the same folder. */
struct platform_device;

int library_start(struct platform_device *pdev);
