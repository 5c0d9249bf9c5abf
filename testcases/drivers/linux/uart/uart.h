/* SPDX-License-Identifier: GPL-2.0 */
/*
 * User interface of the serial port character devices.
 */
#ifndef _UART_H
#define _UART_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define UART_PARITY_NONE	0
#define UART_PARITY_ODD		1
#define UART_PARITY_EVEN	2

#define UART_FLUSH_RX		0x1
#define UART_FLUSH_TX		0x2

#define UART_EVENTS_MAX		128

struct uart_line {
	__u32 baud;
	__u8 bits;
	__u8 stop;
	__u8 parity;
	__u8 reserved;
};

struct uart_stats {
	__u64 rx;
	__u64 tx;
	__u32 overruns;
	__u32 errors;
};

/* A receive error: when it came and the line status of that time. */
struct uart_event {
	__u64 time;
	__u8 lsr;
	__u8 pad[7];
};

struct uart_events {
	__u64 events;
	__u32 capacity;
	__u32 count;
};

#define UART_IOC_MAGIC		'u'
#define UART_IOC_SET_LINE	_IOW(UART_IOC_MAGIC, 0, struct uart_line)
#define UART_IOC_GET_LINE	_IOR(UART_IOC_MAGIC, 1, struct uart_line)
#define UART_IOC_GET_STATS	_IOR(UART_IOC_MAGIC, 2, struct uart_stats)
#define UART_IOC_OUTQ		_IOR(UART_IOC_MAGIC, 3, __u32)
#define UART_IOC_FLUSH		_IOW(UART_IOC_MAGIC, 4, __u32)
#define UART_IOC_DRAIN		_IO(UART_IOC_MAGIC, 5)
#define UART_IOC_GET_EVENTS	_IOWR(UART_IOC_MAGIC, 6, struct uart_events)
#define UART_IOC_BRIDGE		_IO(UART_IOC_MAGIC, 7)

#endif /* _UART_H */
