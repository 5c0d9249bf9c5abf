/* flags: -Wno-gnu */
/* Shapes of the kernel's macros when no pack knows them. */
typedef _Bool bool;
struct lock {
	int raw;
};
struct work {
	void (*function)(struct work *work);
	struct lock lock;
};
unsigned long raw_lock_save(struct lock *lock);
void slow_path(const char *file, int line);
int printed(const char *format, ...);
void panic(void) __attribute__((noreturn));
extern void compiletime_assert_1(void) __attribute__((noreturn));
#define unlikely(x) __builtin_expect(!!(x), 0)
#define NULL ((void *)0)
#define spin_lock_irqsave(lock, flags)                      \
	do {                                                \
		do {                                        \
			({                                  \
				unsigned long __dummy;      \
				typeof(flags) __dummy2;     \
				(void)(&__dummy == &__dummy2); \
				1;                          \
			});                                 \
			flags = raw_lock_save(lock);        \
		} while (0);                                \
	} while (0)
#define BUG()                                          \
	do {                                           \
		__asm__ volatile("ud2");               \
		__builtin_unreachable();               \
	} while (0)
#define BUG_ON(condition)                        \
	do {                                     \
		if (unlikely(condition))         \
			BUG();                   \
	} while (0)
#define WARN_ON(condition)                                   \
	({                                                   \
		int __ret_warn_on = !!(condition);           \
		if (unlikely(__ret_warn_on))                 \
			slow_path(__FILE_NAME__, __LINE__);  \
		unlikely(__ret_warn_on);                     \
	})
#define READ_ONCE(x)                                              \
	({                                                        \
		do {                                              \
			if (!(sizeof(x) == sizeof(long)))         \
				compiletime_assert_1();           \
		} while (0);                                      \
		(*(const volatile typeof(x) *)&(x));              \
	})
#define WRITE_ONCE(x, value)                          \
	do {                                          \
		*(volatile typeof(x) *)&(x) = (value); \
	} while (0)
#define INIT_WORK(work, f)                \
	do {                              \
		(work)->function = (f);   \
	} while (0)
#define container_of(ptr, type, member)                                              \
	({                                                                           \
		void *__mptr = (void *)(ptr);                                        \
		_Static_assert(__builtin_types_compatible_p(typeof(*(ptr)),          \
							     typeof(((type *)0)->member)), \
			       "pointer type mismatch");                             \
		((type *)(__mptr - __builtin_offsetof(type, member)));               \
	})
#define pr_info(format, ...)                                          \
	({                                                            \
		do {                                                  \
			if (__builtin_constant_p(format) && 0)        \
				slow_path(format, 0);                 \
		} while (0);                                          \
		printed(format, ##__VA_ARGS__);                       \
	})

static void job(struct work *work)
{
	pr_info("work %p\n", work);
}

static int shapes(struct lock *lock, struct work *work, long *shared, int x)
{
	unsigned long flags;

	spin_lock_irqsave(lock, flags);
	BUG_ON(x == 3);
	if (WARN_ON(!work))
		return -1;
	WARN_ON(x);
	x = READ_ONCE(*shared);
	WRITE_ONCE(*shared, x + 1);
	INIT_WORK(work, job);
	work = container_of(lock, struct work, lock);
	if (x > 7)
		panic();
	return work == NULL;
}

int entry(struct lock *lock)
{
	return shapes(lock, NULL, NULL, 1);
}
