/* Pages given up by their last reference, a pointer of no type that others fill, and memory handed to who may free it. */
#include <linux/etherdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/parport.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct plate {
	struct page *page;
	void *scratch;
	u8 *image;
	char *label;
};

int plate_board_buffer(void **buffer);
void plate_board_free(const char *label);
void plate_board_image(u8 *image);

static int plate_probe(struct platform_device *pdev)
{
	struct plate *plate = kzalloc(sizeof(*plate), GFP_KERNEL);
	int err = -ENOMEM;

	if (!plate)
		return err;
	plate->page = alloc_page(GFP_KERNEL);
	if (!plate->page)
		goto free;
	if (plate_board_buffer(&plate->scratch))
		plate->scratch = kmalloc(128, GFP_KERNEL);
	plate->image = vmalloc(4096);
	if (!plate->image)
		goto free_page;
	plate->label = kstrdup("plate", GFP_KERNEL);
	if (!plate->label)
		goto free_image;
	plate_board_image(plate->image);
	platform_set_drvdata(pdev, plate);
	return 0;
free_image:
	vfree(plate->image);
free_page:
	__free_page(plate->page);
	kfree(plate->scratch);
free:
	kfree(plate);
	return err;
}

static int plate_remove(struct platform_device *pdev)
{
	struct plate *plate = platform_get_drvdata(pdev);

	put_page(plate->page);
	plate_board_free(plate->label);
	kfree(plate->scratch);
	kfree(plate);
	return 0;
}

static struct platform_driver plate_driver = {
	.probe = plate_probe,
	.remove = plate_remove,
	.driver = { .name = "plate" },
};

module_platform_driver(plate_driver);

MODULE_LICENSE("GPL");
