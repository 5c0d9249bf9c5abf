/* flags: -target x86_64-pc-windows-msvc -fms-extensions */
/* Structured exceptions. */
void probe(void *p);
int work(void);
int filter(int code);

int except(int *p)
{
	int status = 0;

	__try {
		probe(p);
		if (!p)
			__leave;
		*p = 1;
	} __except (1) {
		status = -1;
	}
	__try {
		status = work();
	} __except (filter(2)) {
		return -2;
	}
	return status;
}

int finally(int x)
{
	__try {
		if (x)
			return work();
		while (work()) {
			if (x > 1)
				break;
			__try {
				x = work();
			} __finally {
				probe(0);
			}
		}
	} __finally {
		x = 3;
	}
	return x;
}
