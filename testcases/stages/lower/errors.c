/* flags: -ferror-limit=0 */
/* What clang could not type: calls stay calls, lost statements are said to be lost. */
int two(int a, int b);
int one(int a);
void after(void);

int wrong_count(int x)
{
	x = two(x);
	two(x, one(x), 3);
	return two(one(x));
}

int no_end(int x)
{
	if (x)
		return 1;
