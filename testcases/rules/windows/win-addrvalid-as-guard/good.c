/* A driver that lets tools look at memory, and makes sure of it. */
#include <ntddk.h>

#define LOOK_TAG 'kooL'

struct look_request {
	PULONG Address;
	ULONG Value;
};

static KBUGCHECK_CALLBACK_RECORD LookRecord;

NTSTATUS LookWord(struct look_request *request)
{
	PULONG address = request->Address;

	__try {
		ProbeForRead(address, sizeof(*address), sizeof(*address));
		request->Value = *address;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* Asking first does no harm when the access is guarded all the same. */
NTSTATUS LookTwice(struct look_request *request)
{
	PULONG address = request->Address;

	if (!MmIsAddressValid(address))
		return STATUS_ACCESS_VIOLATION;
	__try {
		ProbeForRead(address, sizeof(*address), sizeof(*address));
		request->Value = *address;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* The answer itself is what is wanted. */
VOID LookPresent(struct look_request *request)
{
	request->Value = MmIsAddressValid(request->Address) ? 1 : 0;
}

/* Also called by a tool of the driver's authors, at a low level. */
static ULONG LookDumped(PULONG word)
{
	if (KeGetCurrentIrql() > DISPATCH_LEVEL)
		return 0;
	return MmIsAddressValid(word) ? *word : 0;
}

/* trap: win-addrvalid-as-guard crash-dump */
static VOID LookDump(PVOID buffer, ULONG length)
{
	struct look_request *request = buffer;

	if (length >= sizeof(*request))
		request->Value = LookDumped(request->Address);
}

VOID LookStart(struct look_request *request)
{
	KeInitializeCallbackRecord(&LookRecord);
	KeRegisterBugCheckCallback(&LookRecord, LookDump, request, sizeof(*request), (PUCHAR) "look");
}

/* trap: win-addrvalid-as-guard known-nonpaged */
ULONG LookNonpaged(PMDL mdl)
{
	PULONG words = ExAllocatePoolWithTag(NonPagedPool, 64, LOOK_TAG);
	PULONG mapped = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
	ULONG own = 1, first = 0;

	if (words == NULL)
		return 0;
	RtlZeroMemory(words, 64);
	if (MmIsAddressValid(words))
		first = *words;
	if (mapped != NULL && MmIsAddressValid(mapped))
		first += *mapped;
	if (MmIsAddressValid(&own))
		first += own;
	ExFreePoolWithTag(words, LOOK_TAG);
	return first;
}

/* trap: win-addrvalid-as-guard only-asserted */
ULONG LookAsserted(PULONG word, PULONG other)
{
	ASSERT(MmIsAddressValid(word));
	ASSERT(other != NULL && MmIsAddressValid(other) != FALSE);
	DbgPrint("word is here: %d\n", MmIsAddressValid(word));
	return *word + *other;
}
