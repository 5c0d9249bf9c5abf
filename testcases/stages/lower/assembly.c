/* Outputs, inputs and labels of inline assembly. */
#define put(x, p) __asm__ volatile("put %0, %1" : : "r"(x), "m"(*(p)) : "memory")
#define put_or(x, p, label) __asm__ goto("put" : : "r"(x), "r"(p) : : label)
int use(int x);

int operands(int x, int *p)
{
	int y, *q;

	__asm__("nop");
	__asm__ volatile("a %0" : "=r"(y), [name] "+m"(*p) : "r"(x + 1), "i"(4) : "memory", "cc");
	__asm__("b" : : "r"(use(x)));
	__asm__("c (:)" : "=&r"(q[1]) /* : */ : "0"(x));
	put(x, p);
	return y;
}

int labels(int x, int *p)
{
	__asm__ goto("jump %l1" : : "r"(x) : : first, second);
	x = 1;
	put_or(x, p, second);
first:
	return x;
second:
	return 2;
}
