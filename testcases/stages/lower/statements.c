/* Every statement of C, also with parts missing. */
void work(int value);
int more(void);

int branches(int x)
{
	int r = 0;

	if (x)
		r = 1;
	if (x > 1)
		r = 2;
	else if (x > 2)
		r = 3;
	else
		r = 4;
	if (x)
		;
	return r;
}

void loops(int n)
{
	int i;

	while (n--)
		work(n);
	do {
		if (more())
			continue;
		if (n > 3)
			break;
	} while (more());
	do {
		work(1);
	} while (0);
	for (i = 0; i < n; i++) {
		if (i == 3)
			continue;
		work(i);
	}
	for (int j = 0, k = n; j < k; j++, k--)
		work(j);
	for (;;)
		if (more())
			break;
	for (; i < n;)
		i++;
	for (i = 0;;)
		if (i++)
			break;
	for (;; i++)
		if (more())
			break;
	for (i = 0; i < n;)
		i += 2;
	for (; i < n; i++)
		;
	for (i = 0 /* ; not */;; i--)
		if (more())
			return;
}

int choice(int x)
{
	int r = 0;

	switch (x) {
	case 1:
	case 2:
		r = 1;
		break;
	case 3 ... 5:
		r = 2;
		__attribute__((fallthrough));
	case 'a':
		r = 3;
		return r;
	default:
		r = 4;
	}
	switch (more()) {
	case sizeof(long) + 1:
		while (r) {
			if (r == 2)
				break;
			r--;
		}
	}
	return r;
}

int jumps(int x)
{
	static void *targets[] = { &&one, &&two };

	if (x > 1)
		goto out;
	goto *targets[x];
one:
two:
	work(x);
	if (more())
		goto one;
out:
	return x;
}

void dead(void)
{
	return;
	work(1);
}

void nested(int x)
{
	{
		int inner = x;
		{
			int innermost = inner;
			work(innermost);
		}
	}
	;
	_Static_assert(1, "nothing");
}
