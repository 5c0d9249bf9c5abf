/* The other file has the licence. */
#include <linux/module.h>

static int lamp_on;

int lamp_switch(int on);

int lamp_switch(int on)
{
	lamp_on = on;
	return 0;
}

MODULE_LICENSE("GPL");
