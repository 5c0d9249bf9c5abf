/* flags: -target x86_64-pc-windows-msvc -fms-extensions -fms-compatibility -w */
/* The kit's short names, as file systems write them. */
#define try __try
#define except __except
#define finally __finally
#define leave __leave
int work(void);
void release(int code);
unsigned long _exception_code(void);
#define GetExceptionCode _exception_code

int short_names(int x)
{
	int status = 0;

	try {
		try {
			if (!x)
				leave;
			status = work();
			if (status < 0)
				return status;
		} finally {
			release(x);
		}
	} except (GetExceptionCode() == 0xC0000005 ? 1 : 0) {
		status = GetExceptionCode();
	}
	return status;
}
