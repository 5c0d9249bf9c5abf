/* Reserved first. */
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/pci.h>

#define UART 0x3f8

/* trap: lin-port-unreserved reserved */
int uart_open(void)
{
	if (!request_region(UART, 8, "uart"))
		return -EBUSY;
	outb(0, UART + 1);
	return 0;
}

void uart_close(void)
{
	outb(0, UART + 4);
	release_region(UART, 8);
}
