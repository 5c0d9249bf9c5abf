/* The annotations of kernel sources, made visible to libclang.
 *
 * Force-included right after <linux/compiler_types.h>, which defines them to
 * nothing unless sparse runs. Address spaces become type tags: they show in
 * type spellings, and unlike address_space(n) they do not change the type, so
 * typeof in the kernel's own headers keeps working. Lock contracts become
 * annotate attributes "name:argument". */
#ifndef SO2CHECK_LINUX_ANNOTATIONS_H
#define SO2CHECK_LINUX_ANNOTATIONS_H

/* Kernels before 4.15 define them in <linux/compiler.h> and do not
 * force-include it: their definitions would come after ours. */
#ifndef __LINUX_COMPILER_TYPES_H
#if defined(__KERNEL__) && __has_include(<linux/compiler.h>)
#include <linux/compiler.h>
#endif
#endif

#undef __user
#define __user __attribute__((btf_type_tag("user")))
#undef __iomem
#define __iomem __attribute__((btf_type_tag("iomem")))
#undef __rcu
#define __rcu __attribute__((btf_type_tag("rcu")))
/* Kernels with named address spaces (6.13 on) make __percpu a real qualifier
 * that their accessors cast away: leave theirs alone. */
#ifndef CONFIG_CC_HAS_NAMED_AS
#undef __percpu
#define __percpu __attribute__((btf_type_tag("percpu")))
#endif
/* Stands in casts only: `(__force u32)x` shows as a tag of the cast's type. */
#undef __force
#define __force __attribute__((btf_type_tag("force")))

/* Variadic: 6.19 gave some of them a list of locks. */
#undef __must_hold
#define __must_hold(...) __attribute__((annotate("must_hold:" #__VA_ARGS__)))
#undef __must_hold_shared
#define __must_hold_shared(...) __attribute__((annotate("must_hold_shared:" #__VA_ARGS__)))
#undef __must_not_hold
#define __must_not_hold(...) __attribute__((annotate("must_not_hold:" #__VA_ARGS__)))
#undef __acquires
#define __acquires(...) __attribute__((annotate("acquires:" #__VA_ARGS__)))
#undef __acquires_shared
#define __acquires_shared(...) __attribute__((annotate("acquires_shared:" #__VA_ARGS__)))
#undef __cond_acquires
#define __cond_acquires(...) __attribute__((annotate("cond_acquires:" #__VA_ARGS__)))
#undef __cond_acquires_shared
#define __cond_acquires_shared(...) __attribute__((annotate("cond_acquires_shared:" #__VA_ARGS__)))
#undef __releases
#define __releases(...) __attribute__((annotate("releases:" #__VA_ARGS__)))
#undef __releases_shared
#define __releases_shared(...) __attribute__((annotate("releases_shared:" #__VA_ARGS__)))

/* CONFIG_ENABLE_MUST_CHECK could turn it off before 5.8. */
#undef __must_check
#define __must_check __attribute__((warn_unused_result))

#endif
