/* A serial port where it always was. */
#include <ntddk.h>

struct serial {
	PUCHAR Registers;
};

/* trap: win-port-hardcoded legacy-device */
VOID SerialSend(UCHAR value)
{
	while ((READ_PORT_UCHAR((PUCHAR)0x3FD) & 0x20) == 0) /* expect: win-port-hardcoded "READ_PORT_UCHAR" */
		;
	WRITE_PORT_UCHAR((PUCHAR)0x3F8, value); /* expect: win-port-hardcoded "WRITE_PORT_UCHAR" */
}

VOID SerialReset(VOID)
{
	WRITE_PORT_UCHAR((PUCHAR)(0x3F8 + 2), 0x07); /* expect: win-port-hardcoded "a number in the call of WRITE_PORT_UCHAR" */
}

/* Memory is no port. */
NTSTATUS SerialMap(struct serial *s, PHYSICAL_ADDRESS where)
{
	s->Registers = MmMapIoSpace(where, 16, MmNonCached); /* note: win-port-hardcoded "s->Registers is mapped into memory here" */
	if (s->Registers == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	WRITE_PORT_UCHAR(s->Registers + 1, 0); /* expect: win-port-hardcoded "a register mapped into memory" */
	return STATUS_SUCCESS;
}
