/* Ports of others, with their consent. */
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/pci.h>

static int port = 0x300;
module_param(port, int, 0);

/* trap: lin-port-unreserved platform-port */
int board_keyboard(void)
{
	outb(0xaa, 0x64);
	return inb(0x60);
}

/* trap: lin-port-unreserved base-given */
int board_read(struct pci_dev *pdev, u16 offset)
{
	unsigned long base = pci_resource_start(pdev, 0);

	outb(1, port + 2);
	return inb(base + 4) + inb(offset);
}
