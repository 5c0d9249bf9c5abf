/* flags: -ferror-limit=0 */
/* Undeclared names in arguments: libclang 19 drops the statement, 22 keeps it. */
int one(int a);
void after(void);

int undeclared(int x)
{
	one(UNKNOWN);
	after();
	return one(UNKNOWN_TOO);
}

int in_condition(int x)
{
	if (one(UNKNOWN))
		after();
	return x;
}

int untouched(int x)
{
	return one(x);
}
