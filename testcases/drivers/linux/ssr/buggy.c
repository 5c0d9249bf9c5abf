// SPDX-License-Identifier: GPL-2.0
/*
 * ssr: a logical block device mirrored over two physical devices. Every
 * sector carries a CRC32; a sector that does not match its checksum is read
 * from the other leg and written back. Bios are queued by the submit handler
 * and served in order by a worker.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/capability.h>
#include <linux/crc32.h>
#include <linux/delay.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

#include "ssr.h"

#define SSR_MODE	(FMODE_READ | FMODE_WRITE | FMODE_EXCL)
#define SSR_MIN_REQS	16

static char *leg[SSR_LEGS] = { "/dev/vdb", "/dev/vdc" };
module_param_array(leg, charp, NULL, 0444);
MODULE_PARM_DESC(leg, "paths of the two physical devices");

static struct ssr_dev ssr_device;

static void ssr_log_event(struct ssr_dev *dev, unsigned int leg_nr, u32 type,
			  sector_t sector)
{
	struct ssr_event *ev;

	spin_lock(&dev->lock); /* note: lin-gfp-atomic "dev->lock" */
	if (dev->nr_events >= SSR_LOG_MAX) {
		/* The log is full, the oldest entry is used again. */
		ev = list_first_entry(&dev->events, struct ssr_event, node);
		list_del(&ev->node);
		dev->lost_events++;
	} else {
		ev = kmalloc(sizeof(*ev), GFP_NOIO); /* expect: lin-gfp-atomic "kmalloc" */
		if (!ev) {
			dev->lost_events++;
			goto out;
		}
		dev->nr_events++;
	}

	ev->sector = sector;
	ev->type = type;
	ev->leg = leg_nr;
	list_add_tail(&ev->node, &dev->events);
out:
	spin_unlock(&dev->lock);
}

static void ssr_clear_log(struct ssr_dev *dev)
{
	struct ssr_event *ev;
	LIST_HEAD(old);

	spin_lock(&dev->lock);
	list_splice_init(&dev->events, &old);
	dev->nr_events = 0;
	spin_unlock(&dev->lock);

	list_for_each_entry(ev, &old, node) /* expect: lin-list-del-in-foreach "this loop" */
		kfree(ev); /* note: lin-list-del-in-foreach "ev" */
}

static int ssr_leg_io(struct ssr_leg *l, struct page *page, sector_t sector,
		      unsigned int bytes, blk_opf_t opf)
{
	struct bio *bio;
	int err;

	/* Backed by a mempool and allowed to sleep: does not fail. */
	bio = bio_alloc(l->bdev, 1, opf, GFP_NOIO);
	bio->bi_iter.bi_sector = sector;
	if (bio_add_page(bio, page, bytes, 0) != bytes) {
		bio_put(bio);
		return -EIO;
	}

	err = submit_bio_wait(bio);
	bio_put(bio); /* note: lin-use-after-free "bio" */
	if (err)
		pr_err("%pg: status %u\n", l->bdev, (__force u8)bio->bi_status); /* expect: lin-use-after-free "bio" */
	return err;
}

static sector_t ssr_crc_sector(struct ssr_dev *dev, sector_t sector)
{
	return dev->sectors + sector / SSR_CRC_PER_SECTOR;
}

/* Sectors up to the end of the range that one checksum sector describes. */
static unsigned int ssr_chunk(sector_t sector, unsigned int nr)
{
	unsigned int room;

	room = SSR_CRC_PER_SECTOR - (sector & (SSR_CRC_PER_SECTOR - 1));
	return min3(nr, room, (unsigned int)(PAGE_SIZE >> SECTOR_SHIFT));
}

static int ssr_leg_load(struct ssr_dev *dev, struct ssr_leg *l, sector_t sector,
			unsigned int nr)
{
	unsigned int idx = sector & (SSR_CRC_PER_SECTOR - 1);
	const u8 *data = page_address(l->data);
	const __le32 *crc = page_address(l->crc);
	unsigned int i;
	int err;

	err = ssr_leg_io(l, l->data, sector, nr << SECTOR_SHIFT, REQ_OP_READ);
	if (err)
		return err;
	err = ssr_leg_io(l, l->crc, ssr_crc_sector(dev, sector), SECTOR_SIZE,
			 REQ_OP_READ);
	if (err)
		return err;

	for (i = 0; i < nr; i++) {
		u32 sum = crc32(0, data + (i << SECTOR_SHIFT), SECTOR_SIZE);

		if (sum != le32_to_cpu(crc[idx + i]))
			return -EILSEQ;
	}
	return 0;
}

static int ssr_leg_store(struct ssr_dev *dev, struct ssr_leg *l,
			 struct page *page, sector_t sector, unsigned int nr)
{
	unsigned int idx = sector & (SSR_CRC_PER_SECTOR - 1);
	sector_t crc_sector = ssr_crc_sector(dev, sector);
	const u8 *data = page_address(page);
	__le32 *crc = page_address(l->crc);
	unsigned int i;
	int err;

	err = ssr_leg_io(l, l->crc, crc_sector, SECTOR_SIZE, REQ_OP_READ);
	if (err)
		return err;

	for (i = 0; i < nr; i++)
		crc[idx + i] = cpu_to_le32(crc32(0, data + (i << SECTOR_SHIFT),
						 SECTOR_SIZE));

	err = ssr_leg_io(l, page, sector, nr << SECTOR_SHIFT, REQ_OP_WRITE);
	if (err)
		return err;
	return ssr_leg_io(l, l->crc, crc_sector, SECTOR_SIZE, REQ_OP_WRITE);
}

static void ssr_kick_leg(struct ssr_dev *dev, unsigned int nr, sector_t sector)
{
	dev->legs[nr].failed = true;
	ssr_log_event(dev, nr, SSR_EV_KICKED, sector);
	pr_warn("leg %u (%pg) is out of use\n", nr, dev->legs[nr].bdev);
}

/*
 * Read a chunk, the preferred leg first. Returns the leg whose data page holds
 * the verified data, or an ERR_PTR. The caller holds io_lock.
 */
static struct ssr_leg *ssr_read_chunk(struct ssr_dev *dev, sector_t sector,
				      unsigned int nr)
{
	unsigned int i, first = dev->prefer;
	struct ssr_leg *l, *bad = NULL;

	lockdep_assert_held(&dev->io_lock);

	for (i = 0; i < SSR_LEGS; i++) {
		l = &dev->legs[(first + i) % SSR_LEGS];
		if (l->failed)
			continue;
		if (ssr_leg_load(dev, l, sector, nr)) {
			bad = l;
			continue;
		}
		if (!bad)
			return l;

		if (ssr_leg_store(dev, bad, l->data, sector, nr))
			ssr_kick_leg(dev, bad - dev->legs, sector);
		else
			ssr_log_event(dev, bad - dev->legs, SSR_EV_REPAIRED,
				      sector);
		return l;
	}

	ssr_log_event(dev, first, SSR_EV_UNREADABLE, sector);
	return ERR_PTR(-EIO);
}

/* Write the bounce page to all legs. The caller holds io_lock. */
static int ssr_write_chunk(struct ssr_dev *dev, sector_t sector,
			   unsigned int nr)
{
	unsigned long bad = 0;
	unsigned int i, good = 0;

	lockdep_assert_held(&dev->io_lock);

	for (i = 0; i < SSR_LEGS; i++) {
		if (dev->legs[i].failed)
			continue;
		if (ssr_leg_store(dev, &dev->legs[i], dev->bounce, sector, nr))
			bad |= BIT(i);
		else
			good++;
	}
	if (!good)
		return -EIO;

	for_each_set_bit(i, &bad, SSR_LEGS)
		ssr_kick_leg(dev, i, sector);
	return 0;
}

static int ssr_flush_legs(struct ssr_dev *dev)
{
	unsigned int i;
	int err;

	for (i = 0; i < SSR_LEGS; i++) {
		if (dev->legs[i].failed)
			continue;
		err = blkdev_issue_flush(dev->legs[i].bdev);
		if (err)
			return err;
	}
	return 0;
}

static int ssr_do_segment(struct ssr_dev *dev, struct bio_vec *bv,
			  sector_t sector, bool write)
{
	unsigned int done = 0;

	if (WARN_ON_ONCE(!IS_ALIGNED(bv->bv_len, SECTOR_SIZE)))
		return -EIO;

	while (done < bv->bv_len) {
		unsigned int off = bv->bv_offset + done;
		unsigned int nr, bytes;
		int err = 0;

		nr = ssr_chunk(sector, (bv->bv_len - done) >> SECTOR_SHIFT);
		bytes = nr << SECTOR_SHIFT;
		if (write) {
			memcpy_from_page(page_address(dev->bounce), bv->bv_page,
					 off, bytes);
			err = ssr_write_chunk(dev, sector, nr);
		} else {
			struct ssr_leg *l = ssr_read_chunk(dev, sector, nr);

			if (IS_ERR(l))
				err = PTR_ERR(l);
			else
				memcpy_to_page(bv->bv_page, off,
					       page_address(l->data), bytes);
		}
		if (err)
			return err;

		sector += nr;
		done += bytes;
	}
	return 0;
}

static void ssr_handle(struct ssr_dev *dev, struct bio *bio)
{
	bool write = op_is_write(bio_op(bio));
	struct bvec_iter iter;
	struct bio_vec bv;
	int err = 0;

	mutex_lock(&dev->io_lock);
	if (bio->bi_opf & REQ_PREFLUSH)
		err = ssr_flush_legs(dev);
	if (err)
		goto out;

	bio_for_each_segment(bv, bio, iter) {
		err = ssr_do_segment(dev, &bv, iter.bi_sector, write);
		if (err)
			goto out;
	}
	if (bio->bi_opf & REQ_FUA)
		err = ssr_flush_legs(dev);
out:
	mutex_unlock(&dev->io_lock);

	spin_lock(&dev->lock);
	if (write)
		dev->writes++;
	else
		dev->reads++;
	spin_unlock(&dev->lock);

	bio->bi_status = errno_to_blk_status(err);
}

static void ssr_work(struct work_struct *work)
{
	struct ssr_dev *dev = container_of(work, struct ssr_dev, work);
	struct ssr_req *req;

	spin_lock_irq(&dev->queue_lock);
	while (!list_empty(&dev->queue)) {
		struct bio *bio;

		req = list_first_entry(&dev->queue, struct ssr_req, node);
		list_del(&req->node);
		spin_unlock_irq(&dev->queue_lock);

		bio = req->bio;
		ssr_handle(dev, bio);
		bio_end_io_acct(bio, req->start);
		bio_endio(bio);
		mempool_free(req, dev->req_pool);

		spin_lock_irq(&dev->queue_lock);
		dev->inflight--;
	}
	spin_unlock_irq(&dev->queue_lock);
}

static void ssr_submit_bio(struct bio *bio)
{
	struct ssr_dev *dev = bio->bi_bdev->bd_disk->private_data;
	struct ssr_req *req;
	unsigned long flags;

	if (bio_op(bio) != REQ_OP_READ && bio_op(bio) != REQ_OP_WRITE) {
		bio->bi_status = BLK_STS_NOTSUPP;
		bio_endio(bio);
		return;
	}

	/* The pool sleeps until the worker gives a request back. */
	req = mempool_alloc(dev->req_pool, GFP_NOIO);
	req->bio = bio;
	req->start = bio_start_io_acct(bio);

	spin_lock_irqsave(&dev->queue_lock, flags);
	list_add_tail(&req->node, &dev->queue);
	dev->inflight++;
	spin_unlock_irqrestore(&dev->queue_lock, flags);

	queue_work(dev->wq, &dev->work);
}

/* Take io_lock for a control request, without waiting if so asked. */
static int ssr_io_lock(struct ssr_dev *dev, bool nowait)
{
	if (!nowait)
		return mutex_lock_interruptible(&dev->io_lock);

	return mutex_trylock(&dev->io_lock) ? 0 : -EBUSY;
}

static int ssr_ioc_ident(struct ssr_dev *dev, struct ssr_ident __user *arg)
{
	struct ssr_ident id = { .sectors = dev->sectors };

	strscpy(id.name, SSR_NAME, sizeof(id.name));
	return copy_to_user(arg, &id, sizeof(id)); /* expect: lin-copy-user-errno "copy_to_user" */
}

static int ssr_ioc_stats(struct ssr_dev *dev, struct ssr_stats __user *arg)
{
	struct ssr_stats st;
	unsigned int i;

	st.failed_mask = 0;
	mutex_lock(&dev->io_lock);
	for (i = 0; i < SSR_LEGS; i++)
		if (dev->legs[i].failed)
			st.failed_mask |= BIT(i);
	st.prefer = dev->prefer;
	mutex_unlock(&dev->io_lock);

	spin_lock(&dev->lock);
	st.reads = dev->reads;
	st.writes = dev->writes;
	st.lost_events = dev->lost_events;
	st.nr_events = dev->nr_events;
	spin_unlock(&dev->lock);

	if (copy_to_user(arg, &st, sizeof(st))) /* expect: lin-user-infoleak "st" */
		return -EFAULT;
	return 0;
}

static int ssr_ioc_verify(struct ssr_dev *dev, struct ssr_verify __user *arg)
{
	struct ssr_verify v;
	struct ssr_leg *l;
	u32 left, nr;
	u64 pos;
	int err;

	if (copy_from_user(&v, arg, sizeof(v)))
		return -EFAULT;
	if (v.start >= dev->sectors || v.count > dev->sectors - v.start)
		return -EINVAL;

	v.bad = 0;
	pos = v.start;
	for (left = v.count; left; left -= nr) {
		nr = ssr_chunk(pos, left);
		err = mutex_lock_interruptible(&dev->io_lock); /* note: lin-unlock-not-held "dev->io_lock" */
		if (err)
			goto out_unlock;
		l = ssr_read_chunk(dev, pos, nr);
		mutex_unlock(&dev->io_lock);

		if (IS_ERR(l))
			v.bad += nr;
		pos += nr;
		cond_resched();
	}

	if (copy_to_user(arg, &v, sizeof(v)))
		return -EFAULT;
	return 0;

out_unlock:
	mutex_unlock(&dev->io_lock); /* expect: lin-unlock-not-held "dev->io_lock" */
	return err;
}

static int ssr_ioc_log(struct ssr_dev *dev, struct ssr_log __user *arg)
{
	struct ssr_log_entry *buf = NULL;
	struct ssr_event *ev;
	struct ssr_log log;
	unsigned int n = 0;
	int err = 0;

	if (copy_from_user(&log, arg, sizeof(log)))
		return -EFAULT;

	log.max = min_t(u32, log.max, SSR_LOG_MAX);
	if (!log.max)
		goto out_count;

	buf = kcalloc(log.max, sizeof(*buf), GFP_KERNEL); /* note: lin-mem-leak "buf" */
	if (!buf)
		return -ENOMEM;

	spin_lock(&dev->lock);
	list_for_each_entry(ev, &dev->events, node) {
		if (n == log.max)
			break;
		buf[n].sector = ev->sector;
		buf[n].type = ev->type;
		buf[n].leg = ev->leg;
		n++;
	}
	spin_unlock(&dev->lock);

	if (copy_to_user(u64_to_user_ptr(log.entries), buf, n * sizeof(*buf)))
		return -EFAULT; /* expect: lin-mem-leak "buf" */

out_count:
	if (put_user(n, &arg->count))
		err = -EFAULT;
	kfree(buf);
	return err;
}

static int ssr_ioc_prefer(struct ssr_dev *dev, u32 __user *arg, bool nowait)
{
	u32 nr;

	get_user(nr, arg); /* expect: lin-getput-user-unchecked "get_user" */
	if (nr >= SSR_LEGS)
		return -EINVAL;

	if (!nowait)
		mutex_lock(&dev->io_lock); /* note: lin-lock-held-on-exit "dev->io_lock" */
	else if (!mutex_trylock(&dev->io_lock))
		return -EBUSY;
	if (dev->legs[nr].failed)
		return -ENODEV; /* expect: lin-lock-held-on-exit "dev->io_lock" */
	dev->prefer = nr;
	mutex_unlock(&dev->io_lock);
	return 0;
}

/* Wait until all bios that are queued now have been served. */
static int ssr_ioc_drain(struct ssr_dev *dev)
{
	int err = 0;

	spin_lock_irq(&dev->queue_lock); /* note: lin-sleep-in-atomic "dev->queue_lock" */
	while (dev->inflight)
		msleep(10); /* expect: lin-sleep-in-atomic "msleep" */
	spin_unlock_irq(&dev->queue_lock);

	err = ssr_io_lock(dev, false);
	if (err)
		return err;
	err = ssr_flush_legs(dev);
	mutex_unlock(&dev->io_lock);
	return err;
}

static int ssr_ioctl(struct block_device *bdev, fmode_t mode, unsigned int cmd,
		     unsigned long arg)
{
	struct ssr_dev *dev = bdev->bd_disk->private_data;
	bool nowait = mode & FMODE_NDELAY;
	void __user *argp = (void __user *)arg;

	switch (cmd) {
	case SSR_IOC_IDENT:
		return ssr_ioc_ident(dev, argp);
	case SSR_IOC_STATS:
		return ssr_ioc_stats(dev, argp);
	}

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;

	switch (cmd) {
	case SSR_IOC_VERIFY:
		return ssr_ioc_verify(dev, argp);
	case SSR_IOC_LOG:
		return ssr_ioc_log(dev, argp);
	case SSR_IOC_CLEAR_LOG:
		ssr_clear_log(dev);
		return 0;
	case SSR_IOC_PREFER:
		return ssr_ioc_prefer(dev, argp, nowait);
	case SSR_IOC_DRAIN:
		return ssr_ioc_drain(dev);
	}
	return -ENOTTY;
}

static const struct block_device_operations ssr_bdops = {
	.owner		= THIS_MODULE,
	.submit_bio	= ssr_submit_bio,
	.ioctl		= ssr_ioctl,
#ifdef CONFIG_COMPAT
	.compat_ioctl	= blkdev_compat_ptr_ioctl,
#endif
};

static struct block_device *ssr_get_bdev(const char *path, void *holder)
{
	struct block_device *bdev;

	bdev = blkdev_get_by_path(path, SSR_MODE, holder); /* note: lin-errptr-check "bdev" */
	if (!bdev) { /* expect: lin-errptr-check "bdev" */
		pr_err("cannot open %s\n", path);
		return ERR_PTR(-ENODEV);
	}
	if (bdev_logical_block_size(bdev) != SECTOR_SIZE) {
		pr_err("%s: block size is not %u\n", path, SECTOR_SIZE);
		blkdev_put(bdev, SSR_MODE);
		return ERR_PTR(-EINVAL);
	}
	return bdev;
}

static int ssr_leg_init(struct ssr_leg *l, const char *path, void *holder)
{
	int err = -ENOMEM;

	l->data = alloc_page(GFP_KERNEL);
	if (!l->data)
		return -ENOMEM;
	l->crc = alloc_page(GFP_KERNEL); /* note: lin-free-mismatch "l->crc" */
	if (!l->crc)
		goto err_data;

	l->bdev = ssr_get_bdev(path, holder);
	if (IS_ERR(l->bdev)) {
		err = PTR_ERR(l->bdev);
		goto err_crc;
	}
	return 0;

err_crc:
	kfree(l->crc); /* expect: lin-free-mismatch "l->crc" */
err_data:
	__free_page(l->data);
	return err;
}

static void ssr_leg_exit(struct ssr_leg *l)
{
	blkdev_put(l->bdev, SSR_MODE);
	__free_page(l->crc);
	__free_page(l->data);
}

static int ssr_size_disk(struct ssr_dev *dev)
{
	sector_t cap;

	if (dev->legs[0].bdev == dev->legs[1].bdev)
		return -EINVAL;

	cap = min(bdev_nr_sectors(dev->legs[0].bdev),
		  bdev_nr_sectors(dev->legs[1].bdev));
	dev->sectors = div_u64(cap, SSR_CRC_PER_SECTOR + 1) *
		       SSR_CRC_PER_SECTOR;
	return dev->sectors ? 0 : -ENOSPC;
}

static void ssr_add_disk(struct ssr_dev *dev)
{
	struct gendisk *disk;

	disk = blk_alloc_disk(NUMA_NO_NODE); /* note: lin-null-unchecked "disk" */
	disk->major = dev->major; /* expect: lin-null-unchecked "disk" */
	disk->first_minor = 0;
	disk->minors = 1;
	disk->flags |= GENHD_FL_NO_PART;
	disk->fops = &ssr_bdops;
	disk->private_data = dev;
	strscpy(disk->disk_name, SSR_NAME, DISK_NAME_LEN);
	blk_queue_logical_block_size(disk->queue, SECTOR_SIZE);
	blk_queue_write_cache(disk->queue, true, true);
	set_capacity(disk, dev->sectors);
	dev->disk = disk;

	add_disk(disk); /* expect: lin-errno-unchecked "add_disk" */
}

static int __init ssr_init(void)
{
	struct ssr_dev *dev = &ssr_device;
	int err = -ENOMEM;

	spin_lock_init(&dev->queue_lock);
	spin_lock_init(&dev->lock);
	mutex_init(&dev->io_lock);
	INIT_LIST_HEAD(&dev->queue);
	INIT_LIST_HEAD(&dev->events);
	INIT_WORK(&dev->work, ssr_work);

	dev->req_cache = KMEM_CACHE(ssr_req, 0);
	if (!dev->req_cache)
		return -ENOMEM;
	dev->req_pool = mempool_create_slab_pool(SSR_MIN_REQS, dev->req_cache);
	if (!dev->req_pool)
		goto err_cache;
	dev->bounce = alloc_page(GFP_KERNEL);
	if (!dev->bounce)
		goto err_pool;
	dev->wq = alloc_ordered_workqueue(SSR_NAME, WQ_MEM_RECLAIM); /* note: lin-init-unwind "dev->wq" */
	if (!dev->wq)
		goto err_bounce;

	err = ssr_leg_init(&dev->legs[0], leg[0], dev);
	if (err)
		goto err_bounce;
	err = ssr_leg_init(&dev->legs[1], leg[1], dev);
	if (err)
		goto err_leg0;
	err = ssr_size_disk(dev);
	if (err)
		goto err_leg1;

	err = register_blkdev(0, SSR_NAME);
	if (err < 0)
		goto err_leg1;
	dev->major = err;
	ssr_add_disk(dev);

	pr_info("%llu sectors\n", (unsigned long long)dev->sectors);
	return 0;

err_leg1:
	ssr_leg_exit(&dev->legs[1]);
err_leg0:
	ssr_leg_exit(&dev->legs[0]);
	destroy_workqueue(dev->wq);
err_bounce:
	__free_page(dev->bounce);
err_pool:
	mempool_destroy(dev->req_pool);
err_cache:
	kmem_cache_destroy(dev->req_cache);
	return err; /* expect: lin-init-unwind "dev->wq" */
}

static void __exit ssr_exit(void)
{
	struct ssr_dev *dev = &ssr_device;

	del_gendisk(dev->disk);
	destroy_workqueue(dev->wq);
	put_disk(dev->disk);
	unregister_blkdev(dev->major, SSR_NAME);
	ssr_leg_exit(&dev->legs[1]);
	ssr_leg_exit(&dev->legs[0]);
	ssr_clear_log(dev);
	__free_page(dev->bounce);
	mempool_destroy(dev->req_pool);
	kmem_cache_destroy(dev->req_cache);
}

module_init(ssr_init);
module_exit(ssr_exit);

MODULE_DESCRIPTION("Mirrored block device with sector checksums");
MODULE_LICENSE("GPL");
