/* Pages, memory behind a pointer of no type, and what only readers get: each forgotten by remove. */
#include <linux/etherdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <media/v4l2-dev.h>
#include <media/videobuf2-core.h>

struct plate {
	struct page *page;
	void *scratch;
	u8 *image;
	struct sk_buff *skb;
};

static void plate_copy(struct plate *plate)
{
	skb_copy_to_linear_data(plate->skb, plate->image, 64);
}

static int plate_probe(struct platform_device *pdev)
{
	struct plate *plate = kzalloc(sizeof(*plate), GFP_KERNEL); /* expect: lin-remove-missing "memory that kzalloc" */
	int err = -ENOMEM;

	if (!plate)
		return err;
	plate->page = alloc_page(GFP_KERNEL); /* expect: lin-remove-missing "memory that alloc_page" */
	if (!plate->page)
		goto free;
	plate->scratch = kmalloc(128, GFP_KERNEL);
	if (!plate->scratch)
		goto free_page;
	plate->image = vmalloc(4096); /* expect: lin-remove-missing "memory that vmalloc" */
	if (!plate->image)
		goto free_scratch;
	plate_copy(plate);
	platform_set_drvdata(pdev, plate);
	return 0;
free_scratch:
	kfree(plate->scratch);
free_page:
	__free_page(plate->page);
free:
	kfree(plate);
	return err;
}

static int plate_remove(struct platform_device *pdev) /* note: lin-remove-missing "`plate_remove` is called" */
{
	struct plate *plate = platform_get_drvdata(pdev);

	kfree(plate->scratch); /* this is not the record, and not what others hold */
	return 0;
}

static struct platform_driver plate_driver = {
	.probe = plate_probe,
	.remove = plate_remove,
	.driver = { .name = "plate" },
};

module_platform_driver(plate_driver);

MODULE_LICENSE("GPL");
