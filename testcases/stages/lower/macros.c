/* macros: lock_save read_user run_thread wait_until setup twice_event declare_wait in_expression */
/* Events: macros the rule packs know stay whole, their arguments are found. */
struct lock {
	int raw;
};
struct device {
	struct lock lock;
	int state, *values;
};
unsigned long raw_save(struct lock *lock);
void raw_restore(struct lock *lock, unsigned long flags);
int raw_read(void);
void *create(int (*function)(void *), void *data, const char *name, ...);
int wake(void *thread);
int sleep(void);
int body(void *data);
void use(int value, ...);
void add(void *queue, int task);

#define lock_save(lock, flags)                         \
	do {                                           \
		typeof(flags) dummy;                   \
		(void)(&dummy == &flags);              \
		flags = raw_save(&(*(lock)).raw ? lock : lock); \
	} while (0)
#define read_user(x, pointer)                               \
	({                                                  \
		int error;                                  \
		__asm__("read" : "=r"(error), "=r"(x) : "r"(pointer)); \
		error;                                      \
	})
#define run_thread(function, data, name, ...)                              \
	({                                                                 \
		void *thread = create(function, data, name, ##__VA_ARGS__); \
		if (thread)                                                \
			wake(thread);                                      \
		thread;                                                    \
	})
#define wait_until(queue, condition)       \
	({                                 \
		int result = 0;            \
		for (;;) {                 \
			if (condition)     \
				break;     \
			result = sleep();  \
		}                          \
		result;                    \
	})
#define setup(object, type, member) ((type *)((char *)(object) - __builtin_offsetof(type, member)))
#define twice_event(a) \
	use(a);        \
	use(a)
#define declare_wait(name, task) struct lock name = { task }
#define in_expression(x) (x)->state
#define FLAG_A 1
#define FLAG_B (1 << 3)
#define FLAGS (FLAG_A | FLAG_B)
#define SHIFTED(n) (1 << (n))
#define my_lock(device, flags) lock_save(&(device)->lock, flags)
#define MIN(a, b)                         \
	({                                \
		typeof(a) a_ = (a);       \
		typeof(b) b_ = (b);       \
		a_ < b_ ? a_ : b_;        \
	})
#define log(format, ...) use(0, format, ##__VA_ARGS__)

void events(struct device *dev, int *from, int x)
{
	unsigned long flags;

	lock_save(&dev->lock, flags);
	lock_save(&dev[x + 1].lock /* a, comment */, flags);
	read_user(x, from);
	if (read_user(x, from + 1))
		return;
	x = read_user(dev->state, &dev->values[x]);
	dev->values = run_thread(body, dev, "name (%d)", x);
	if (wait_until(dev, dev->state && x > 2) < 0)
		use(read_user(x, from));
	dev = setup(dev, struct device, lock);
	twice_event(x++);
	x = in_expression(dev) + 2;
	in_expression(dev) = 3;
	declare_wait(entry, 4);
	add(&entry, 0);
	my_lock(dev, flags);
	log("%d", read_user(x, from));
	x = MIN(x, read_user(x, from));
}

void attributions(int x)
{
	use(FLAG_A | FLAG_B);
	use(FLAGS);
	use(SHIFTED(3));
	use(FLAG_B + x);
	x = MIN(x, FLAG_A);
	log("text", x);
}

int not_an_event(int lock_save)
{
	return lock_save;
}
