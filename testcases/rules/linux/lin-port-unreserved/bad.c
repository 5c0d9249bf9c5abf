/* A serial port taken by force. */
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/pci.h>

#define UART 0x3f8

/* trap: lin-port-unreserved reserved */
void uart_put(char c)
{
	while (!(inb(UART + 5) & 0x20))
		cpu_relax();
	outb(c, UART); /* expect: lin-port-unreserved "outb uses a fixed port" */ /* note: lin-port-unreserved "outb uses a fixed port here, and nothing in" */
}

/* trap: lin-port-unreserved base-given */
int uart_probe(void)
{
	int base = 0x2e8;

	outl(0, base + 2); /* expect: lin-port-unreserved "outl" */
	return inb(base + 2);
}

/* trap: lin-port-unreserved platform-port */
void uart_speaker(void)
{
	outw(1, 0x330); /* expect: lin-port-unreserved "outw" */
}
