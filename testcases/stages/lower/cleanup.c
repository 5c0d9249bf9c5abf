/* Variables with a cleanup: a scope each, values computed before it ends. */
struct mutex {
	int raw;
};
typedef struct {
	struct mutex *lock;
} guard_t;
static guard_t guard_take(struct mutex *lock)
{
	return (guard_t){ lock };
}
static void guard_drop(guard_t *guard)
{
	guard->lock = 0;
}
void free_pointer(void *p);
void *allocate(int size);
int use(void *p);
#define __cleanup(f) __attribute__((__cleanup__(f)))
#define GUARD(name, lock) guard_t name##_guard __cleanup(name##_drop) = name##_take(lock)
#define scoped(lock) for (guard_t scope __cleanup(guard_drop) = guard_take(lock), *once = (void *)0; !once; once = (void *)1)

int simple(struct mutex *lock, int x)
{
	guard_t guard __attribute__((cleanup(guard_drop))) = guard_take(lock);

	if (x)
		return use(lock) + x;
	return 0;
}

int two(struct mutex *lock)
{
	char *first __cleanup(free_pointer) = allocate(1);
	GUARD(guard, lock);
	int plain __attribute__((unused)) = 2;

	if (!first)
		return 1;
	{
		char *second __cleanup(free_pointer) = allocate(2);

		if (!second)
			goto out;
		use(second);
	}
out:
	return use(first);
}

int loops(struct mutex *lock, int n)
{
	while (n--) {
		GUARD(guard, lock);
		if (n == 2)
			continue;
		if (n == 1)
			break;
	}
	scoped(lock) {
		if (use(lock))
			return n;
	}
	n = ({ GUARD(guard, lock); use(lock); });
	return n;
}
