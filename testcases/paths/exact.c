/* What the interpretation must get right (self_check.py): a line marked "reach" is on some path, one marked "never" on
 * none. The result of put_user() that nobody looks at makes so2check report something in each function. */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct part {
	int left, right;
};

struct whole {
	struct part part;
	int count;
	unsigned int flags : 3;
	u8 byte;
	struct whole *next;
};

static int seen;
void elsewhere(struct whole *w);

int numbers(int a, unsigned int b, unsigned char c, int __user *u)
{
	long wide = a;

	put_user(0, u);
	if (a > 3 && a < 5 && a != 4)
		seen = 1; /* never */
	if (a > 3 && a < 6 && a != 4)
		seen = 2; /* reach */
	if (c > 255)
		seen = 3; /* never */
	if ((unsigned char)(c + 1) == 0 && c == 255)
		seen = 4; /* reach */
	if (c + 1 == 0)
		seen = 5; /* never */
	if (a == -1 && a < b)
		seen = 6; /* never */
	if (a == -1 && b == 5 && a < b)
		seen = 7; /* never */
	if (a == -1 && wide > 0xffff)
		seen = 8; /* never */
	if ((a & 6) == 1)
		seen = 9; /* never */
	if (b >> 4 == 3 && b < 48)
		seen = 10; /* never */
	if (b / 7 == 3 && b % 7 == 6 && b != 27)
		seen = 11; /* never */
	if ((s8)a == -3 && (u8)a != 253)
		seen = 12; /* never */
	if (a * 2 == 7)
		seen = 13; /* never */
	if (!a == 1 && a)
		seen = 14; /* never */
	return 0;
}

int flow(int a, int b, int __user *u)
{
	int i, sum = 0;
	bool both = a == 1 && b == 2;

	put_user(0, u);
	if (both && b == 3)
		seen = 1; /* never */
	if (!both && a == 1)
		seen = 2; /* reach */
	switch (a) {
	case 1:
	case 5 ... 7:
		if (a == 3)
			seen = 3; /* never */
		if (a == 6)
			seen = 4; /* reach */
		break;
	default:
		if (a == 6)
			seen = 5; /* never */
		if (a == 8)
			seen = 6; /* reach */
	}
	for (i = 0; i < 5; i++)
		sum += i;
	if (sum == 10)
		seen = 7; /* reach */
	for (i = 0; i < 100000; i++)
		elsewhere(NULL);
	if (i >= 100000)
		seen = 8; /* reach */
	if (i == 3)
		seen = 9; /* never */
	return 0;
}

int memory(struct whole *w, struct whole *v, int index, int *numbers, int __user *u)
{
	int own = 1, shown = 2, *other = &shown;

	put_user(0, u);
	w->count = 3;
	if (w->count != 3)
		seen = 1; /* never */
	w->part.left = 4;
	if (w->count != 3)
		seen = 2; /* never */
	v->count = 5;
	if (v->count != 5)
		seen = 3; /* never */
	if (w->count != 3)
		seen = 4; /* reach */
	elsewhere(w);
	if (v->count != 5)
		seen = 5; /* reach */
	if (own != 1)
		seen = 6; /* never */
	if (numbers[index] == 1 && numbers[index] == 2)
		seen = 7; /* never */
	if (numbers[index] == 1 && numbers[index + 1] == 2)
		seen = 8; /* reach */
	shown = 1;
	if (*other != 1)
		seen = 9; /* never */
	*other = 2;
	if (shown != 2)
		seen = 10; /* never */
	*numbers = 3;
	if (shown != 2)
		seen = 11; /* reach */
	return 0;
}

int pointers(struct whole *w, int __user *u)
{
	struct whole *made = kmalloc(sizeof(*made), GFP_KERNEL);

	put_user(0, u);
	if (IS_ERR(w) && !w)
		seen = 1; /* never */
	if (IS_ERR(w) && PTR_ERR(w) == -EINVAL)
		seen = 2; /* reach */
	if (IS_ERR(w) && PTR_ERR(w) >= 0)
		seen = 3; /* never */
	if (!IS_ERR_OR_NULL(w) && !w)
		seen = 4; /* never */
	if (&w->count == NULL && w == (struct whole *)4096)
		seen = 5; /* never */
	if (w && w->next == NULL && w->next)
		seen = 6; /* never */
	if (made && made->next == w)
		seen = 7; /* reach */
	kfree(made);
	return 0;
}
MODULE_LICENSE("GPL");
