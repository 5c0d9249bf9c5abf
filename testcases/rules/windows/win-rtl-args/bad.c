/* Pages cleared in part. */
#include <ntddk.h>

struct page {
	UCHAR Text[512];
	ULONG Used;
};

/* trap: win-rtl-args macro-of-memset */
VOID PageClear(struct page *page)
{
	RtlFillMemory(page->Text, 0xFF, sizeof(page->Text)); /* expect: win-rtl-args "where the length belongs" */ /* note: win-rtl-args "RtlFillMemory gets the fill byte of" */
	RtlFillMemory(page->Text, 0, 16); /* expect: win-rtl-args "RtlFillMemory gets the fill byte of page->Text" */
}

VOID PageForget(struct page *page)
{
	RtlZeroMemory(page, sizeof(page)); /* expect: win-rtl-args "size of a pointer, not of what page points to" */
}

/* The parameter is a pointer. */
/* trap: win-rtl-args real-array */
VOID PageKey(UCHAR key[32])
{
	RtlZeroMemory(key, sizeof(key)); /* expect: win-rtl-args "size of a pointer" */
}

VOID PageCopy(struct page *to, const struct page *from)
{
	RtlCopyMemory(to, from, sizeof(from)); /* expect: win-rtl-args "not of what" */
}
