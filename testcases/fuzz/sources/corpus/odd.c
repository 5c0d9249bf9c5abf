#define TWICE(x) (x), (x)
#define ON(c) if (c) {
union u { int i; float f; struct { char c[3]; unsigned b : 5; }; };
enum e { A = -1, B, C = B + 4 };
int f(int x, ...) __attribute__((noinline));
static int g(union u *u, int n, int (*h)(int), enum e e)
{
	int a[n], i = 0, *p = &(int){ 5 }, m[2][3] = { [1] = { [2] = 4 }, { 1 } };
	static const char *s[] = { "a" "b", [3] = L"c" ? "x" : 0 };
	void *t[] = { &&one, &&two };
	goto *t[n & 1];
one:	ON(n && (i = h ? h(TWICE(3)) : -e)) p++; }
two:	a[i++] = *p-- + ({ if (n) return 4; n += 2; m[1][2]; });
	for (int k = _Generic(n, int: 1, default: 2); k < sizeof(a); k <<= 1)
		u->b |= s[k][0] ^ __builtin_offsetof(union u, c[1]);
	asm goto("" : : "r"(u) : "memory" : one, three);
	return (n, u->f) ? : ~i % n;
three:	__builtin_unreachable();
}
int (*table[2])(union u *, int, int (*)(int), enum e) = { g, };
undeclared(int y) { missing_t z = { .a = y }; return unknown(z, &z->b, y =; }
