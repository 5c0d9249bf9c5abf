/* SPDX-License-Identifier: GPL-2.0 */
/*
 * User interface of the kernel call tracer.
 */
#ifndef _KTRACER_H
#define _KTRACER_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define KT_LABEL_LEN		16
#define KT_PROCS_MAX		256

enum kt_event {
	KT_KMALLOC,
	KT_KFREE,
	KT_SCHED,
	KT_UP,
	KT_DOWN,
	KT_LOCK,
	KT_UNLOCK,
	KT_EVENTS,
};

/* Counters of one process; the caller fills in pid. */
struct kt_stats {
	__s32 pid;
	__u32 live;
	__u64 kmalloc_bytes;
	__u64 kfree_bytes;
	__u64 count[KT_EVENTS];
};

struct kt_label {
	__s32 pid;
	char name[KT_LABEL_LEN];
};

struct kt_entry {
	__s32 pid;
	char name[KT_LABEL_LEN];
	__u64 events;
};

struct kt_list {
	__u64 entries;
	__u32 capacity;
	__u32 count;
};

/* Sums over all traced processes. */
struct kt_totals {
	__u32 procs;
	__u64 events;
	__u64 kmalloc_bytes;
	__u64 kfree_bytes;
};

/* Addresses of blocks that a process has not freed yet. */
struct kt_blocks {
	__u64 addrs;
	__s32 pid;
	__u32 capacity;
	__u32 count;
	__u32 reserved;
};

#define KT_IOC_MAGIC		'k'
#define KT_IOC_ADD		_IO(KT_IOC_MAGIC, 0)
#define KT_IOC_DEL		_IO(KT_IOC_MAGIC, 1)
#define KT_IOC_CLEAR		_IO(KT_IOC_MAGIC, 2)
#define KT_IOC_RESET		_IO(KT_IOC_MAGIC, 3)
#define KT_IOC_SET_LABEL	_IOW(KT_IOC_MAGIC, 4, struct kt_label)
#define KT_IOC_GET_STATS	_IOWR(KT_IOC_MAGIC, 5, struct kt_stats)
#define KT_IOC_LIST		_IOWR(KT_IOC_MAGIC, 6, struct kt_list)
#define KT_IOC_TOTALS		_IOR(KT_IOC_MAGIC, 7, struct kt_totals)
#define KT_IOC_BLOCKS		_IOWR(KT_IOC_MAGIC, 8, struct kt_blocks)
#define KT_IOC_SNAPSHOT		_IO(KT_IOC_MAGIC, 9)

#endif /* _KTRACER_H */
