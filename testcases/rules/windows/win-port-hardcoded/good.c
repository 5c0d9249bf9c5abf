/* A serial port where the system says. */
#include <ntddk.h>

#define KEYBOARD_STATUS ((PUCHAR)0x64)
#define KEYBOARD_DATA 0x60

struct line {
	PUCHAR PortBase;
	PUCHAR Registers;
};

VOID LineSend(struct line *line, UCHAR value)
{
	WRITE_PORT_UCHAR(line->PortBase, value);
}

/* trap: win-port-hardcoded legacy-device */
UCHAR LineKeyboard(VOID)
{
	if ((READ_PORT_UCHAR(KEYBOARD_STATUS) & 1) == 0)
		return 0;
	WRITE_PORT_UCHAR((PUCHAR)(KEYBOARD_DATA + 4), 0xAE);
	return READ_PORT_UCHAR((PUCHAR)KEYBOARD_DATA);
}

/* Found by the part of the driver that knows the machine. */
VOID LineFixed(struct line *line)
{
	line->PortBase = KEYBOARD_STATUS;
	WRITE_PORT_UCHAR(line->PortBase + 1, 0);
}

NTSTATUS LineMap(struct line *line, PHYSICAL_ADDRESS where)
{
	line->Registers = MmMapIoSpace(where, 16, MmNonCached);
	if (line->Registers == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	WRITE_REGISTER_UCHAR(line->Registers + 1, 0);
	return STATUS_SUCCESS;
}
