/* Functions bound to roles: ops fields of static variables and registering macros. */
typedef int (*initcall_t)(void);
struct file;
struct file_operations {
	void *owner;
	int (*open)(struct file *file);
	int (*read)(struct file *file), (*write)(struct file *file);
};
struct driver {
	const char *name;
	struct {
		int (*suspend)(void);
	} pm;
	struct file_operations fops, *more;
	int ids[2];
	union {
		int (*probe)(void);
		int legacy;
	};
};
#define module_init(initfn)                                                  \
	static inline initcall_t __inittest(void) { return initfn; }         \
	int init_module(void) __attribute__((alias(#initfn)));
#define module_exit(exitfn)                                                   \
	static inline void (*__exittest(void))(void) { return exitfn; }       \
	void cleanup_module(void) __attribute__((alias(#exitfn)));
#define module_driver(d)                                              \
	static int d##_init(void) { return enroll(&(d)); }            \
	module_init(d##_init)
#define DEFINE_FOPS(name) static const struct file_operations name##_fops = { .open = name##_open }
#define EXPORT(symbol) extern typeof(symbol) symbol; static void *exported_##symbol = (void *)&symbol
int enroll(struct driver *driver);
static int do_open(struct file *file)
{
	return 0;
}
static int show_open(struct file *file)
{
	return 1;
}
static int do_read(struct file *file);
static int do_suspend(void);
static int do_probe(void);

static const struct file_operations fops = { .open = do_open, .read = do_read };
static const struct file_operations positional = { (void *)0, do_open, .write = do_read };
static struct driver driver = {
	.name = "driver",
	.pm.suspend = do_suspend,
	.fops = { .open = &do_open },
	.more = (struct file_operations *)&fops,
	.probe = do_probe,
};
static struct driver list[] = { { "a", { do_suspend } }, [2] = { .probe = (int (*)(void))do_probe } };
static int numbers[] = { 1, 2, 3 };
static int (*handler)(void) = do_probe;
DEFINE_FOPS(show);
EXPORT(do_probe);

static int do_read(struct file *file)
{
	static const struct file_operations local = { .read = do_read };

	driver.fops.write = do_open;
	return numbers[0] + (file == (void *)&local);
}

static void leave(void)
{
}

module_driver(driver);
module_exit(leave);
