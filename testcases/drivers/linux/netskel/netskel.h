/* SPDX-License-Identifier: GPL-2.0 */
/*
 * netskel: registers and private ioctls of the netskel Ethernet controller.
 */
#ifndef _NETSKEL_H
#define _NETSKEL_H

#include <linux/types.h>

/* Registers, offsets in the I/O window. */
#define NSK_CTRL		0x00
#define   NSK_CTRL_ENABLE	0x01
#define   NSK_CTRL_RESET	0x02
#define NSK_CAUSE		0x04	/* write one to clear */
#define NSK_MASK		0x08
#define   NSK_INT_RX		0x01
#define   NSK_INT_TX		0x02
#define   NSK_INT_ALL		0x03
#define NSK_TX_DONE		0x0c	/* frames sent since reset */
#define NSK_TX_FIFO		0x10
#define NSK_TX_LEN		0x14	/* a write starts the transmission */
#define NSK_RX_LEN		0x18	/* 0: no frame */
#define NSK_RX_FIFO		0x1c
#define NSK_RX_POP		0x20
#define NSK_LINK		0x24
#define NSK_COAL		0x28
#define NSK_WINDOW		0x40

#define NSK_MAX_FILTERS		64

struct netskel_info {
	__u32	version;
	__u16	nr_filters;
	__u64	blocked;
	__u32	resets;
	__u8	link;
};

struct netskel_filter_req {
	__u8	addr[6];
	__u16	reserved;
};

struct netskel_filter_ent {
	__u64	hits;
	__u8	addr[6];
	__u16	reserved;
};

struct netskel_filter_list {
	__u32	max;
	__u32	count;
	struct netskel_filter_ent ent[];
};

#define NSK_IOC_INFO		(SIOCDEVPRIVATE + 0)
#define NSK_IOC_ADD_FILTER	(SIOCDEVPRIVATE + 1)
#define NSK_IOC_DEL_FILTER	(SIOCDEVPRIVATE + 2)
#define NSK_IOC_LIST_FILTERS	(SIOCDEVPRIVATE + 3)
#define NSK_IOC_FLUSH_FILTERS	(SIOCDEVPRIVATE + 4)

/* One record of the trace device. */
struct netskel_trace_rec {
	__u64	when;
	__u32	ifindex;
	__u32	event;
};

#define NSK_EV_OPEN		1
#define NSK_EV_STOP		2
#define NSK_EV_RESET		3
#define NSK_EV_LINK		4

#endif /* _NETSKEL_H */
