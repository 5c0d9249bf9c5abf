/* SPDX-License-Identifier: GPL-2.0 */
/*
 * User interface of the mailbox character devices.
 */
#ifndef _CHARDEV_H
#define _CHARDEV_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define MBX_LABEL_LEN		16
#define MBX_MSG_MAX		4096
#define MBX_PEEK_LEN		64
#define MBX_BATCH_MAX		32
#define MBX_SENDERS_MAX		64

/* What a mailbox looks like right now. */
struct mbx_info {
	__u8 minor;
	__u32 limit;
	__u64 bytes;
	char label[MBX_LABEL_LEN];
};

/* Counters since the module was loaded or since the last reset. */
struct mbx_stats {
	__u64 sent;
	__u64 received;
	__u64 rejected;
	__u32 openers;
	__u32 reserved;
};

/* Sizes of the messages that a mailbox accepts. */
struct mbx_rules {
	__u32 min_len;
	__u32 max_len;
};

/* The beginning of the oldest message. */
struct mbx_peek {
	__u32 seq;
	__u32 len;
	__u8 data[MBX_PEEK_LEN];
};

/* One message of a batch. */
struct mbx_vec {
	__u64 base;
	__u32 len;
	__u32 reserved;
};

struct mbx_batch {
	__u64 vec;
	__u32 count;
	__u32 sent;
};

struct mbx_sender_info {
	__s32 tgid;
	__u32 messages;
	__u64 bytes;
};

struct mbx_sender_list {
	__u64 entries;
	__u32 capacity;
	__u32 count;
};

#define MBX_IOC_MAGIC		'm'
#define MBX_IOC_GET_INFO	_IOR(MBX_IOC_MAGIC, 0, struct mbx_info)
#define MBX_IOC_GET_STATS	_IOR(MBX_IOC_MAGIC, 1, struct mbx_stats)
#define MBX_IOC_GET_COUNT	_IOR(MBX_IOC_MAGIC, 2, __u32)
#define MBX_IOC_SET_LIMIT	_IOW(MBX_IOC_MAGIC, 3, __u32)
#define MBX_IOC_SET_LABEL	_IOW(MBX_IOC_MAGIC, 4, char[MBX_LABEL_LEN])
#define MBX_IOC_SET_RULES	_IOW(MBX_IOC_MAGIC, 5, struct mbx_rules)
#define MBX_IOC_PEEK		_IOR(MBX_IOC_MAGIC, 6, struct mbx_peek)
#define MBX_IOC_SEND_BATCH	_IOWR(MBX_IOC_MAGIC, 7, struct mbx_batch)
#define MBX_IOC_GET_SENDERS	_IOWR(MBX_IOC_MAGIC, 8, struct mbx_sender_list)
#define MBX_IOC_RESET		_IO(MBX_IOC_MAGIC, 9)

#endif /* _CHARDEV_H */
