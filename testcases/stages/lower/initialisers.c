/* Initialisers of locals: zero first when values are left out, then each value. */
struct point {
	int x, y;
};
struct box {
	struct point low, high;
	int tags[3];
	const char *name;
	union {
		int number;
		char text[4];
	};
};
int value(void);
struct point origin(void);

void lists(int n)
{
	int scalar = n, braced = { n }, none;
	int plain[3] = { 1, n, value() };
	int sized[] = { [2] = n, 4, [0] = 5 };
	int range[8] = { [1 ... 3] = n, 7 };
	int grid[2][2] = { { 1, 2 }, { 3 } };
	int flat[2][2] = { 1, 2, 3 };
	char text[] = "text", padded[8] = { "ab" };
	const char *names[] = { "one", "two" };
}

void records(struct point *from, int n)
{
	struct point zero = {}, first = { 0 }, positional = { 1, n };
	struct point named = { .y = n, .x = value() }, old = { y: 3 };
	struct point copied = *from, called = origin(), chosen = n ? *from : origin();
	struct box box = { .high = { 3, 4 }, .tags[1] = n, "name", .number = 2 };
	struct box flat = { 1, 2, 3, 4, 5, 6, 7, "flat", 8 };
	struct box mixed = { origin(), .high.x = n, 9, { 10 } };
	struct box inner = { .low = origin(), .text = "abc" };
	struct point list[2] = { { .x = 1 }, *from };
}
