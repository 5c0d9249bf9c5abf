/* SPDX-License-Identifier: GPL-2.0 */
/* What the sampler driver and its clients agree on. */
#ifndef MDLIOCTL_H
#define MDLIOCTL_H

#define SMP_CODE(function, method) CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800 + (function), method, FILE_ANY_ACCESS)

#define SMP_IOC_FILL		SMP_CODE(0, METHOD_NEITHER)	/* out: samples */
#define SMP_IOC_LOAD		SMP_CODE(1, METHOD_NEITHER)	/* in: samples */
#define SMP_IOC_SCRAMBLE	SMP_CODE(2, METHOD_NEITHER)	/* out: changed in place */
#define SMP_IOC_STAMP		SMP_CODE(3, METHOD_NEITHER)	/* out: SMP_STAMP */
#define SMP_IOC_HISTORY		SMP_CODE(4, METHOD_NEITHER)	/* out: ULONG[SMP_HISTORY] */
#define SMP_IOC_HOLD		SMP_CODE(5, METHOD_NEITHER)	/* out: lent until released */
#define SMP_IOC_RELEASE		SMP_CODE(6, METHOD_BUFFERED)
#define SMP_IOC_READ		SMP_CODE(7, METHOD_OUT_DIRECT)	/* out: samples */
#define SMP_IOC_SUM		SMP_CODE(8, METHOD_IN_DIRECT)	/* second buffer is summed up */
#define SMP_IOC_PEEK		SMP_CODE(9, METHOD_IN_DIRECT)	/* in: ULONG offset, out: unchanged */
#define SMP_IOC_EXPORT		SMP_CODE(10, METHOD_BUFFERED)	/* out: PVOID */
#define SMP_IOC_SNAPSHOT	SMP_CODE(11, METHOD_BUFFERED)	/* out: PVOID */
#define SMP_IOC_SORT		SMP_CODE(12, METHOD_BUFFERED)	/* out: ULONG median */
#define SMP_IOC_SMOOTH		SMP_CODE(13, METHOD_NEITHER)	/* out: changed in place */

#define SMP_HISTORY 16

typedef struct _SMP_STAMP {
	LARGE_INTEGER Time;
	ULONG Sequence;
	ULONG Reserved;
} SMP_STAMP;

#endif
