/* Sheets cleared whole. */
#include <ntddk.h>

struct sheet {
	UCHAR Text[512];
	PVOID Next[4];
	struct sheet *Link;
};

/* trap: win-rtl-args macro-of-memset */
VOID SheetClear(struct sheet *sheet, SIZE_T length)
{
	RtlFillMemory(sheet->Text, sizeof(sheet->Text), 0xFF);
	RtlFillMemory(sheet->Text, 16, 0);
	RtlFillMemory(sheet->Text, length, 'x');
	RtlZeroMemory(sheet, sizeof(*sheet));
}

/* trap: win-rtl-args real-array */
VOID SheetKey(struct sheet *sheet)
{
	UCHAR key[32];

	RtlZeroMemory(key, sizeof(key));
	RtlCopyMemory(sheet->Text, key, sizeof(key));
	RtlZeroMemory(sheet->Next, sizeof(sheet->Next));
}

/* Pointers are copied. */
VOID SheetLinks(struct sheet *sheet, struct sheet **table, ULONG count)
{
	RtlCopyMemory(&sheet->Link, &table[0], sizeof(sheet->Link));
	RtlCopyMemory(sheet->Next, table, count * sizeof(*table));
	RtlCopyMemory(sheet->Text, &table, sizeof(table));
}
