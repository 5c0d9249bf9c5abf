/* Conditions become branches on simple pure trees. */
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define IS_ENABLED(option) option
#define CONFIG_OFF 0
struct item {
	int state, flags;
};
struct item *find(int key);
int get(void);
_Bool ready(struct item *item);

int test(struct item *item, int key, int flags)
{
	int ret;

	if (!item)
		return 1;
	if (!!item)
		ret = 2;
	if (!(item = find(key)))
		return 3;
	if ((ret = get()) < 0)
		return 4;
	if (likely(item))
		ret = 5;
	if (unlikely(!item || ret))
		ret = 6;
	if (item && (ret = get()) != 0 && !(flags & 4))
		ret = 7;
	if (!(item && ret) || flags)
		ret = 8;
	if (item ? get() : key)
		ret = 9;
	if (get(), flags)
		ret = 10;
	if (ready(item) == 1 || !ready(item))
		ret = 11;
	if (({ int copy = get(); copy; }))
		ret = 12;
	if (ret == 0 == key)
		ret = 13;
	if (get)
		ret = 14;
	while (!(ret = get()))
		;
	return ret;
}

int constant(int x)
{
	if (1)
		x = 1;
	if (IS_ENABLED(CONFIG_OFF))
		x = 2;
	if (IS_ENABLED(CONFIG_OFF) && get())
		x = 3;
	while (1)
		if (get())
			break;
	return x;
}
