/* Copies between overlapping memory by functions that need separate memory. */
#include <ntddk.h>

typedef struct _ROW {
	ULONG Key, Value;
} ROW, *PROW;

typedef struct _SHEET {
	UCHAR Text[64];
	ROW Rows[16];
	ULONG Count;
} SHEET, *PSHEET;

/* The first byte is removed. */
/* trap: win-rtlcopy-overlap unknown-relation */
VOID SheetChop(PUCHAR Buffer, SIZE_T Length)
{
	RtlCopyMemory(Buffer, Buffer + 1, Length - 1); /* expect: win-rtlcopy-overlap */ /* note: win-rtlcopy-overlap "the two ranges that RtlCopyMemory gets" */
}

/* Room is made at the front. */
/* trap: win-rtlcopy-overlap disjoint */
VOID SheetIndent(PSHEET Sheet)
{
	RtlCopyMemory(Sheet->Text + 4, Sheet->Text, 60); /* expect: win-rtlcopy-overlap */
	RtlFillMemory(Sheet->Text, 4, ' ');
}

/* Rows move down by one. */
/* trap: win-rtlcopy-overlap other-members */
VOID SheetDeleteFirst(PSHEET Sheet)
{
	RtlCopyMemory(&Sheet->Rows[0], &Sheet->Rows[1], 15 * sizeof(ROW)); /* expect: win-rtlcopy-overlap */
	Sheet->Count--;
}

/* Through a second pointer into the same buffer. */
VOID SheetSkip(PSHEET Sheet)
{
	PUCHAR body = Sheet->Text + 8;

	RtlCopyMemory(Sheet->Text, body, 40); /* expect: win-rtlcopy-overlap */
}

/* The C library's function, and the other name of the same operation. */
VOID SheetShift(PUCHAR Buffer)
{
	memcpy(Buffer + 2, Buffer, 16); /* expect: win-rtlcopy-overlap */
	RtlCopyBytes(Buffer, Buffer + 2, 16); /* expect: win-rtlcopy-overlap */
}
