/* A record that a part of it points back to, freed by the remove function. */
#include <linux/etherdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <media/v4l2-dev.h>
#include <media/videobuf2-core.h>

struct camera {
	struct vb2_queue queue;
	struct video_device video;
	int width;
};

static int camera_probe(struct platform_device *pdev)
{
	struct camera *camera = kzalloc(sizeof(struct camera), GFP_KERNEL);

	if (!camera)
		return -ENOMEM;
	camera->queue.drv_priv = camera;
	video_set_drvdata(&camera->video, camera);
	platform_set_drvdata(pdev, camera);
	return 0;
}

static int camera_remove(struct platform_device *pdev)
{
	struct camera *camera = platform_get_drvdata(pdev);

	kfree(camera);
	return 0;
}

static struct platform_driver camera_driver = {
	.probe = camera_probe,
	.remove = camera_remove,
	.driver = { .name = "camera" },
};

module_platform_driver(camera_driver);

MODULE_LICENSE("GPL");
