/* Names that older drivers use and newer kernels no longer define.
 *
 * A call with an undeclared identifier among its arguments vanishes from
 * libclang's tree, so the constants of past kernels are given values again;
 * that the driver should not use them is a rule's business, which sees the
 * name through the macro. Only names that always were macros stand here: a
 * kernel that still has one defines it over ours, and the value is then its
 * own. Functions need nothing: calls to undeclared functions stay calls. */
#ifndef SO2CHECK_LINUX_COMPAT_H
#define SO2CHECK_LINUX_COMPAT_H

#if __has_include(<linux/version.h>)
#include <linux/version.h>
#endif

/* --- interrupt flags --------------------------------------------------- */
#ifndef IRQF_DISABLED /* removed in 4.1 */
#define IRQF_DISABLED 0x00000020
#endif
#ifndef IRQF_SAMPLE_RANDOM /* removed in 3.6 */
#define IRQF_SAMPLE_RANDOM 0x00000040
#endif
#ifndef SA_INTERRUPT /* removed in 2.6.24 */
#define SA_INTERRUPT IRQF_DISABLED
#endif
#ifndef SA_SAMPLE_RANDOM
#define SA_SAMPLE_RANDOM IRQF_SAMPLE_RANDOM
#endif
#ifndef SA_SHIRQ
#define SA_SHIRQ IRQF_SHARED
#endif

/* --- slots of kmap_atomic: an enum until 3.4, then gone ----------------- */
#if defined(LINUX_VERSION_CODE) && LINUX_VERSION_CODE >= 0x030500
#ifndef KM_USER0
#define KM_BOUNCE_READ 0
#define KM_SKB_SUNRPC_DATA 1
#define KM_SKB_DATA_SOFTIRQ 2
#define KM_USER0 3
#define KM_USER1 4
#define KM_BIO_SRC_IRQ 5
#define KM_BIO_DST_IRQ 6
#define KM_PTE0 7
#define KM_PTE1 8
#define KM_IRQ0 9
#define KM_IRQ1 10
#define KM_SOFTIRQ0 11
#define KM_SOFTIRQ1 12
#endif
#endif

/* --- hotplug sections: removed in 3.8 and 4.x, always a no-op since ------ */
#ifndef __devinit
#define __devinit
#endif
#ifndef __devinitdata
#define __devinitdata
#endif
#ifndef __devinitconst
#define __devinitconst
#endif
#ifndef __devexit
#define __devexit
#endif
#ifndef __devexitdata
#define __devexitdata
#endif
#ifndef __devexit_p
#define __devexit_p(function) function
#endif
#ifndef __cpuinit
#define __cpuinit
#endif
#ifndef __cpuinitdata
#define __cpuinitdata
#endif
#ifndef __cpuexit
#define __cpuexit
#endif

/* --- memory --------------------------------------------------------------- */
#ifndef __GFP_WAIT /* 4.4: __GFP_RECLAIM */
#define __GFP_WAIT (__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)
#endif
#ifndef __GFP_REPEAT /* 4.13 */
#define __GFP_REPEAT __GFP_RETRY_MAYFAIL
#endif
#ifndef __GFP_COLD /* 4.15 */
#define __GFP_COLD ((gfp_t)0)
#endif
#ifndef __GFP_NOTRACK /* 4.15 */
#define __GFP_NOTRACK ((gfp_t)0)
#endif
#ifndef GFP_TEMPORARY /* 4.14 */
#define GFP_TEMPORARY GFP_KERNEL
#endif
#ifndef SLAB_KERNEL /* 2.6.20 */
#define SLAB_KERNEL GFP_KERNEL
#endif
#ifndef SLAB_ATOMIC
#define SLAB_ATOMIC GFP_ATOMIC
#endif
#ifndef SLAB_DESTROY_BY_RCU /* 4.12 */
#define SLAB_DESTROY_BY_RCU SLAB_TYPESAFE_BY_RCU
#endif
#ifndef VM_RESERVED /* 3.7 */
#define VM_RESERVED (VM_DONTEXPAND | VM_DONTDUMP)
#endif
#ifndef VERIFY_READ /* 5.0 */
#define VERIFY_READ 0
#endif
#ifndef VERIFY_WRITE
#define VERIFY_WRITE 1
#endif
#ifndef ACCESS_ONCE /* 4.15 */
#define ACCESS_ONCE(x) (*(volatile __typeof__(x) *)&(x))
#endif

/* --- static initialisers of locks ------------------------------------------ */
#ifndef SPIN_LOCK_UNLOCKED /* 2.6.39 */
#define SPIN_LOCK_UNLOCKED __SPIN_LOCK_UNLOCKED(old_style_spin_init)
#endif
#ifndef RW_LOCK_UNLOCKED
#define RW_LOCK_UNLOCKED __RW_LOCK_UNLOCKED(old_style_rw_init)
#endif
#ifndef DECLARE_MUTEX /* 2.6.37 */
#define DECLARE_MUTEX(name) struct semaphore name = __SEMAPHORE_INITIALIZER(name, 1)
#endif
#ifndef INIT_COMPLETION /* 3.13 */
#define INIT_COMPLETION(x) reinit_completion(&(x))
#endif

/* --- modules ------------------------------------------------------------------ */
#ifndef MODULE_PARM /* 2.6.17 */
#define MODULE_PARM(variable, type) extern int so2check_module_parm
#endif
#ifndef EXPORT_NO_SYMBOLS
#define EXPORT_NO_SYMBOLS extern int so2check_module_parm
#endif
#ifndef MODULE_SUPPORTED_DEVICE /* 5.12 */
#define MODULE_SUPPORTED_DEVICE(name) extern int so2check_module_parm
#endif
#ifndef SET_MODULE_OWNER /* 2.6.24 */
#define SET_MODULE_OWNER(device) \
	do {                     \
		(void)(device);  \
	} while (0)
#endif
#ifndef MOD_INC_USE_COUNT /* 2.6.0 */
#define MOD_INC_USE_COUNT \
	do {              \
	} while (0)
#endif
#ifndef MOD_DEC_USE_COUNT
#define MOD_DEC_USE_COUNT \
	do {              \
	} while (0)
#endif

/* --- others ---------------------------------------------------------------------- */
#ifndef WQ_NON_REENTRANT /* 3.12 */
#define WQ_NON_REENTRANT 0
#endif
#ifndef CLONE_KERNEL /* 3.x */
#define CLONE_KERNEL (CLONE_FS | CLONE_FILES | CLONE_SIGHAND)
#endif
#ifndef DMA_31BIT_MASK /* 2.6.33 */
#define DMA_31BIT_MASK DMA_BIT_MASK(31)
#define DMA_32BIT_MASK DMA_BIT_MASK(32)
#define DMA_64BIT_MASK DMA_BIT_MASK(64)
#endif
#ifndef PCI_DMA_TODEVICE /* 5.18 */
#define PCI_DMA_BIDIRECTIONAL DMA_BIDIRECTIONAL
#define PCI_DMA_TODEVICE DMA_TO_DEVICE
#define PCI_DMA_FROMDEVICE DMA_FROM_DEVICE
#define PCI_DMA_NONE DMA_NONE
#endif
#endif
