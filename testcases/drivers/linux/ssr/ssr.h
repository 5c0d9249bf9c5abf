/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ssr: mirrored block device with per-sector checksums, on-disk layout and
 * control interface.
 */
#ifndef _SSR_H
#define _SSR_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define SSR_NAME		"ssr"
#define SSR_LEGS		2
#define SSR_LOG_MAX		128

/*
 * Each leg holds the data area first, then the checksum area: one 512 byte
 * checksum sector describes SSR_CRC_PER_SECTOR data sectors.
 */
#define SSR_CRC_PER_SECTOR	128

/* Event types of the repair log. */
#define SSR_EV_REPAIRED		1
#define SSR_EV_KICKED		2
#define SSR_EV_UNREADABLE	3

struct ssr_ident {
	char	name[16];
	__u64	sectors;
};

struct ssr_stats {
	__u64	reads;
	__u64	writes;
	__u64	lost_events;
	__u32	nr_events;
	__u8	failed_mask;
	__u8	prefer;
};

struct ssr_verify {
	__u64	start;
	__u32	count;
	__u32	bad;
};

struct ssr_log_entry {
	__u64	sector;
	__u32	type;
	__u32	leg;
};

struct ssr_log {
	__u64	entries;	/* address of an array of struct ssr_log_entry */
	__u32	max;
	__u32	count;
};

#define SSR_IOC_IDENT		_IOR('s', 0x80, struct ssr_ident)
#define SSR_IOC_STATS		_IOR('s', 0x81, struct ssr_stats)
#define SSR_IOC_VERIFY		_IOWR('s', 0x82, struct ssr_verify)
#define SSR_IOC_LOG		_IOWR('s', 0x83, struct ssr_log)
#define SSR_IOC_CLEAR_LOG	_IO('s', 0x84)
#define SSR_IOC_PREFER		_IOW('s', 0x85, __u32)
#define SSR_IOC_DRAIN		_IO('s', 0x86)

#ifdef __KERNEL__

#include <linux/blkdev.h>
#include <linux/list.h>
#include <linux/mempool.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct ssr_leg {
	struct block_device	*bdev;
	struct page		*data;
	struct page		*crc;
	bool			failed;
};

struct ssr_req {
	struct list_head	node;
	struct bio		*bio;
	unsigned long		start;
};

struct ssr_event {
	struct list_head	node;
	sector_t		sector;
	u32			type;
	u32			leg;
};

struct ssr_dev {
	int			major;
	struct gendisk		*disk;
	sector_t		sectors;
	struct kmem_cache	*req_cache;
	mempool_t		*req_pool;
	struct workqueue_struct	*wq;
	struct work_struct	work;

	spinlock_t		queue_lock;	/* queue, inflight */
	struct list_head	queue;
	unsigned int		inflight;

	struct mutex		io_lock;	/* legs, bounce, prefer */
	struct ssr_leg		legs[SSR_LEGS];
	struct page		*bounce;
	unsigned int		prefer;

	spinlock_t		lock;		/* events and counters */
	struct list_head	events;
	unsigned int		nr_events;
	u64			lost_events;
	u64			reads;
	u64			writes;
};

#endif /* __KERNEL__ */

#endif /* _SSR_H */
