/* flags: -Wno-implicit-function-declaration -Wno-int-conversion */
/* Results go straight to variables and fields; nested calls to temporaries. */
typedef int (*handler_t)(int);
struct ops {
	int (*read)(void *file, int count);
	handler_t handler;
};
struct device {
	struct ops *ops;
	int status;
	int list[3];
	void *data;
};
int plain(int x);
void nothing(void);
void *allocate(int size);
struct device copy(struct device device);
void stop(void) __attribute__((noreturn));
_Noreturn void halt(void);
int listed(const char *format, ...);
_Bool is_ready(void);
unsigned char narrow(void);
void *memcpy(void *to, const void *from, unsigned long n);

int direct(struct device *dev, int *out)
{
	int x = plain(1);
	struct device *p = allocate(sizeof(*p));
	long wide = plain(2);
	_Bool flag = plain(3);

	x = plain(plain(4) + plain(5));
	dev->status = plain(6);
	dev->list[1] = plain(7);
	*out = plain(8);
	dev->data = allocate(9);
	x = plain(10) + 1;
	plain(11);
	(void)plain(12);
	nothing();
	listed("%d %s\n", x, "text");
	*dev = copy(*dev);
	x = is_ready();
	x = narrow();
	p = (struct device *)allocate(13);
	x = (int)plain(14);
	x = (char)plain(15);
	return plain(16);
}

int indirect(struct device *dev, handler_t handler, int (*function)(int))
{
	int x = dev->ops->read(dev->data, 2);

	x = handler(x);
	x = (*function)(x);
	x = (&plain)(x);
	x = (*plain)(x);
	((void (*)(int))handler)(x);
	handler = plain;
	handler = &plain;
	dev->ops->handler = x ? plain : handler;
	return dev->ops->handler(plain(x));
}

void undeclared(int x)
{
	x = not_declared(x, "a");
	not_declared_either();
}

int ends(int x)
{
	if (x)
		stop();
	if (x > 1)
		halt();
	if (x > 2)
		__builtin_unreachable();
	__builtin_memcpy(&x, &x, sizeof(x));
	return x;
}

void tail(void)
{
	return nothing();
}
