/* SPDX-License-Identifier: GPL-2.0 */
/*
 * minfs: on-disk layout and control interface.
 */
#ifndef _MINFS_H
#define _MINFS_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define MINFS_MAGIC		0x6d694e46
#define MINFS_VERSION		2
#define MINFS_BLOCK_BITS	12
#define MINFS_BLOCK_SIZE	(1 << MINFS_BLOCK_BITS)
#define MINFS_NR_DIRECT		8
#define MINFS_NAME_LEN		58
#define MINFS_LABEL_LEN		32
#define MINFS_TAG_LEN		256

struct minfs_super {
	__le32	magic;
	__le32	version;
	__le32	nr_blocks;
	__le32	nr_inodes;
	__le32	itable;
	__le32	root_ino;
	char	label[MINFS_LABEL_LEN];
};

struct minfs_dinode {
	__le16	mode;
	__le16	nlink;
	__le32	uid;
	__le32	gid;
	__le32	size;
	__le64	mtime;
	__le32	flags;
	__le32	tag_block;
	__le32	blocks[MINFS_NR_DIRECT];
};

struct minfs_dirent {
	__le32	ino;
	__u8	type;
	__u8	len;
	char	name[MINFS_NAME_LEN];
};

#define MINFS_INODES_PER_BLOCK	(MINFS_BLOCK_SIZE / sizeof(struct minfs_dinode))
#define MINFS_DIRENTS_PER_BLOCK	(MINFS_BLOCK_SIZE / sizeof(struct minfs_dirent))

#define MINFS_FL_TAGGED		0x1
#define MINFS_FL_HIDDEN		0x2
#define MINFS_FL_ALL		(MINFS_FL_TAGGED | MINFS_FL_HIDDEN)

struct minfs_info {
	__u64	hits;
	__u64	misses;
	__u32	block_size;
	__u32	nr_blocks;
	__u32	nr_inodes;
	__u32	nr_cached;
	__u32	flags;
	__u32	reserved;
};

struct minfs_dump_ent {
	__u32	parent;
	__u32	ino;
	char	name[MINFS_NAME_LEN + 2];
};

struct minfs_dump {
	__u64	buf;		/* address of an array of struct minfs_dump_ent */
	__u32	max;
	__u32	count;
};

#define MINFS_IOC_VERSION	_IOR('M', 1, __u32)
#define MINFS_IOC_INFO		_IOR('M', 2, struct minfs_info)
#define MINFS_IOC_GETLABEL	_IOR('M', 3, char[MINFS_LABEL_LEN])
#define MINFS_IOC_SETLABEL	_IOW('M', 4, char[MINFS_LABEL_LEN])
#define MINFS_IOC_SETFLAGS	_IOW('M', 5, __u32)
#define MINFS_IOC_GETTAG	_IOR('M', 6, char[MINFS_TAG_LEN])
#define MINFS_IOC_DUMP		_IOWR('M', 7, struct minfs_dump)
#define MINFS_IOC_SCAN		_IOR('M', 8, __u32)

#endif /* _MINFS_H */
