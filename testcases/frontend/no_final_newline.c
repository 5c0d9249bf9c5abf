#include <linux/kernel.h>
int last_line(int a);
int last_line(int a) { return a; } /* no newline follows */