/* A driver that lets tools look at memory, and asks instead of locking. */
#include <ntddk.h>

#define PEEK_TAG 'keeP'

struct peek_request {
	PULONG Address;
	ULONG Value;
};

struct peek_log {
	UCHAR Line[64];
};

NTSTATUS PeekControl(PDEVICE_OBJECT device, PIRP irp);

NTSTATUS PeekWord(struct peek_request *request)
{
	PULONG address = request->Address;

	if (!MmIsAddressValid(address)) /* note: win-addrvalid-as-guard "MmIsAddressValid is asked about address here" */
		return STATUS_ACCESS_VIOLATION;
	request->Value = *address; /* expect: win-addrvalid-as-guard "address is used because MmIsAddressValid() found" */
	return STATUS_SUCCESS;
}

VOID PokeWord(struct peek_request *request)
{
	BOOLEAN present = MmIsAddressValid(request->Address);

	if (present)
		*request->Address = request->Value; /* expect: win-addrvalid-as-guard "request->Address" */
}

VOID PeekBlock(struct peek_log *log, PVOID from)
{
	if (MmIsAddressValid(from))
		RtlCopyMemory(log->Line, from, sizeof(log->Line)); /* expect: win-addrvalid-as-guard "from is used" */
}

VOID PokeBlock(PVOID to)
{
	if (MmIsAddressValid(to))
		RtlZeroMemory(to, 64); /* expect: win-addrvalid-as-guard "to is used" */
}

/* One page is asked about for each byte, and each may go. */
ULONG PeekSum(PUCHAR bytes, ULONG count)
{
	ULONG sum = 0, i;

	for (i = 0; i < count; i++) {
		if (!MmIsAddressValid(bytes + i))
			break;
		sum += bytes[i]; /* expect: win-addrvalid-as-guard "bytes + i" */
	}
	return sum;
}

/* A dump is made when nothing else runs; here everything does. */
/* trap: win-addrvalid-as-guard crash-dump */
static VOID PeekTick(PKDPC dpc, PVOID context, PVOID first, PVOID second)
{
	struct peek_request *request = context;

	UNREFERENCED_PARAMETER(dpc);
	UNREFERENCED_PARAMETER(first);
	UNREFERENCED_PARAMETER(second);
	if (MmIsAddressValid(request->Address))
		request->Value = *request->Address; /* expect: win-addrvalid-as-guard "request->Address" */
}

VOID PeekStart(PKDPC dpc, struct peek_request *request)
{
	KeInitializeDpc(dpc, PeekTick, request);
}

/* trap: win-addrvalid-as-guard known-nonpaged */
ULONG PeekPaged(VOID)
{
	PULONG words = ExAllocatePoolWithTag(PagedPool, 64, PEEK_TAG);
	ULONG first = 0;

	if (words == NULL)
		return 0;
	RtlZeroMemory(words, 64);
	if (MmIsAddressValid(words))
		first = *words; /* expect: win-addrvalid-as-guard "words is used" */
	ExFreePoolWithTag(words, PEEK_TAG);
	return first;
}

/* trap: win-addrvalid-as-guard only-asserted */
ULONG PeekAsserted(PULONG word)
{
	BOOLEAN present = MmIsAddressValid(word);

	ASSERT(present);
	return present ? *word : 0; /* expect: win-addrvalid-as-guard "word is used" */
}
