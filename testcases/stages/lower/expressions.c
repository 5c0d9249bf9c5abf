/* Every operator, in value position. */
struct part {
	int a, b;
};
struct whole {
	int count;
	int list[4];
	struct part part, *parts;
	union {
		int number;
		struct {
			int deep;
		};
	};
	unsigned bits : 3;
	struct whole *next;
};
struct part make(int x);
int call(int x);
void *pointer(void);
enum color { RED, GREEN = 7 };
#define CHOSEN 6

int arithmetic(int x, unsigned int u, long y)
{
	x = x + 1 - 2 * 3 / x % 4;
	x = (x << 2) >> 1;
	x = x & 0xff | x ^ ~x;
	x = -x + +x;
	x = !x;
	x = !!x;
	x = !!(x < 3);
	x = x == 1;
	y = u > 3u;
	x += 2;
	x <<= call(x);
	x = (1 + 2) * CHOSEN;
	x = -CHOSEN;
	x = GREEN;
	y = 0xffffffffffffffff;
	y = 'c';
	return x;
}

int steps(int x, int *p)
{
	x++;
	--x;
	x = x++;
	x = ++x;
	*p++ = x--;
	p[x++] = 1;
	return x;
}

int chosen(int x, int y, int *p)
{
	int r;

	r = x ? y : call(1);
	r = x ?: call(2);
	r = x && y;
	r = x || call(3);
	r = (x && y) + (x || y);
	r = (call(4), y);
	r = call(5) ? call(6) : call(7);
	x ? call(8) : call(9);
	x && call(10);
	r = 1 ? x : y;
	*p = x ? 1 : 2;
	return x ? x : y;
}

int members(struct whole *w, struct whole v, int i)
{
	int *p;

	i = w->count + v.count;
	i = w->part.a + (*w).part.b + (&v)->part.a;
	i = w->parts[i].a + w->list[2] + v.list[i] + *v.list + *(v.list + 1);
	i = w->number + w->deep + v.deep;
	w->bits = 3;
	w->next->next->count = i;
	p = &w->list[i];
	p = w->list;
	p = v.list;
	p = &*p;
	p = &p[2];
	i = make(i).a;
	v.part = make(2);
	*w = v;
	v = *w->next;
	i = 2[p];
	return *&i;
}

long sizes(struct whole *w, int i)
{
	long n = sizeof(struct whole) + sizeof(struct whole *) + sizeof(int) + sizeof(unsigned long);

	n += sizeof *w + sizeof(w->list) + sizeof(i++) + sizeof(int[3]);
	n += _Alignof(long) + __builtin_offsetof(struct whole, list[1]);
	return n;
}

void casts(struct whole *w, long n)
{
	char c = (char)n;
	void *p = (void *)w;
	struct whole *q = p;
	_Bool b = w;
	double d = n;

	b = n > 3;
	q = (struct whole *)pointer();
	n = (long)pointer();
	n = (int)3000000000;
	q = (void *)0;
	q = 0;
	q = (struct whole *)n;
	p = (void *)&c;
	d = 2.5;
	(void)q;
}

int composites(int x)
{
	struct part p = (struct part){ .b = x }, *q = &(struct part){ 1, 2 };
	int *list = (int[]){ 1, x };
	int r = ({
		int inner = call(x);
		inner + 1;
	});

	p = (struct part){ p.b, p.a };
	r = _Generic(x, int: call(1), default: call(2));
	r = __builtin_choose_expr(0, call(3), x);
	r = __builtin_types_compatible_p(int, long);
	r = __builtin_constant_p(x) + __builtin_constant_p(3);
	r = __builtin_expect(x, 1);
	r = __extension__ x;
	r = ({ call(4); });
	({ call(5); x; });
	return r + q->a + list[1] + "text"[x] + __func__[0];
}

int varargs(int n, ...)
{
	__builtin_va_list list;
	int r;

	__builtin_va_start(list, n);
	r = __builtin_va_arg(list, int);
	__builtin_va_end(list);
	return r;
}
