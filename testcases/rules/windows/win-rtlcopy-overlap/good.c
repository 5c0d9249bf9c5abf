/* Separate memory, or the function that allows an overlap. */
#include <ntddk.h>

typedef struct _ROW {
	ULONG Key, Value;
} ROW, *PROW;

typedef struct _SHEET {
	UCHAR Text[64];
	UCHAR Copy[64];
	ROW Rows[16];
	ULONG Count;
	UCHAR After[64];
} SHEET, *PSHEET;

VOID SheetChop(PUCHAR Buffer, SIZE_T Length)
{
	RtlMoveMemory(Buffer, Buffer + 1, Length - 1); /* ok: win-rtlcopy-overlap */
}

VOID SheetIndent(PSHEET Sheet)
{
	RtlMoveMemory(Sheet->Text + 4, Sheet->Text, 60); /* ok: win-rtlcopy-overlap */
	memmove(Sheet->Text, Sheet->Text + 4, 60); /* ok: win-rtlcopy-overlap */
}

/* Trap: ranges of one buffer that only touch. */
/* trap: win-rtlcopy-overlap disjoint */
VOID SheetHalves(PSHEET Sheet)
{
	RtlCopyMemory(Sheet->Text, Sheet->Text + 32, 32); /* ok: win-rtlcopy-overlap */
	RtlCopyMemory(Sheet->Text + 48, Sheet->Text, 16); /* ok: win-rtlcopy-overlap */
}

/* Trap: two rows of one array. */
VOID SheetCopyRow(PSHEET Sheet)
{
	RtlCopyMemory(&Sheet->Rows[0], &Sheet->Rows[1], sizeof(ROW)); /* ok: win-rtlcopy-overlap */
}

/* Trap: the distance is the length. */
VOID SheetDouble(PUCHAR Buffer, SIZE_T Length)
{
	RtlCopyMemory(Buffer + Length, Buffer, Length); /* ok: win-rtlcopy-overlap */
}

/* Trap: different members of one structure. */
/* trap: win-rtlcopy-overlap other-members */
VOID SheetSave(PSHEET Sheet)
{
	RtlCopyMemory(Sheet->Copy, Sheet->Text, sizeof(Sheet->Text)); /* ok: win-rtlcopy-overlap */
	RtlCopyMemory(Sheet->Text, Sheet->After, sizeof(Sheet->After)); /* ok: win-rtlcopy-overlap */
}

/* Trap: the same member of two structures. */
VOID SheetClone(PSHEET To, PSHEET From)
{
	RtlCopyMemory(To->Text, From->Text, sizeof(To->Text)); /* ok: win-rtlcopy-overlap */
	RtlCopyMemory(To, From, sizeof(*To)); /* ok: win-rtlcopy-overlap */
}

/* Trap: pointers and offsets that nothing is known about. */
/* trap: win-rtlcopy-overlap unknown-relation */
VOID SheetAny(PUCHAR To, const UCHAR *From, SIZE_T Length)
{
	RtlCopyMemory(To, From, Length); /* ok: win-rtlcopy-overlap */
}

VOID SheetGather(PUCHAR Buffer, SIZE_T Offset, SIZE_T Length)
{
	RtlCopyMemory(Buffer, Buffer + Offset, Length); /* ok: win-rtlcopy-overlap */
}

VOID SheetRow(PSHEET Sheet, ULONG To, ULONG From)
{
	RtlCopyMemory(&Sheet->Rows[To], &Sheet->Rows[From], sizeof(ROW)); /* ok: win-rtlcopy-overlap */
}

/* Trap: the pointer has gone to other memory in between. */
VOID SheetReuse(PSHEET Sheet, PUCHAR Other)
{
	PUCHAR body = Sheet->Text + 8;

	body[0] = 0;
	body = Other;
	RtlCopyMemory(Sheet->Text, body, 40); /* ok: win-rtlcopy-overlap */
}
