/* Lookaside entries that go back to the wrong place. */
#include <ntddk.h>

#define SHELF_TAG 'flhS'

typedef struct _BOOK {
	ULONG Pages;
} BOOK, *PBOOK;

typedef struct _SHELF {
	NPAGED_LOOKASIDE_LIST Books, Magazines;
	PAGED_LOOKASIDE_LIST Labels;
	LOOKASIDE_LIST_EX Maps;
} SHELF, *PSHELF;

/* Another list of the same kind. */
/* trap: win-lookaside-mismatch by-pointer */
ULONG ShelfCount(PSHELF Shelf)
{
	PBOOK book = ExAllocateFromNPagedLookasideList(&Shelf->Books); /* note: win-lookaside-mismatch "book" */

	if (book == NULL)
		return 0;
	book->Pages = 1;
	ExFreeToNPagedLookasideList(&Shelf->Magazines, book); /* expect: win-lookaside-mismatch "book" */
	return 1;
}

/* Another kind of list. */
ULONG ShelfLabel(PSHELF Shelf)
{
	PBOOK book = ExAllocateFromNPagedLookasideList(&Shelf->Books); /* note: win-lookaside-mismatch "book" */

	if (book == NULL)
		return 0;
	book->Pages = 2;
	ExFreeToPagedLookasideList(&Shelf->Labels, book); /* expect: win-lookaside-mismatch "book" */
	return 1;
}

/* The error path frees to the pool. */
NTSTATUS ShelfCheck(PSHELF Shelf, ULONG Pages)
{
	PBOOK book = ExAllocateFromNPagedLookasideList(&Shelf->Books); /* note: win-lookaside-mismatch "book" */

	if (book == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Pages == 0) {
		ExFreePoolWithTag(book, SHELF_TAG); /* expect: win-lookaside-mismatch "book" */
		return STATUS_INVALID_PARAMETER;
	}
	book->Pages = Pages;
	ExFreeToNPagedLookasideList(&Shelf->Books, book);
	return STATUS_SUCCESS;
}

/* trap: win-lookaside-mismatch inline-functions */
NTSTATUS ShelfMixed(PSHELF Shelf)
{
	PBOOK book = ExAllocateFromLookasideListEx(&Shelf->Maps); /* note: win-lookaside-mismatch "book" */

	if (book == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	book->Pages = 3;
	ExFreeToNPagedLookasideList(&Shelf->Books, book); /* expect: win-lookaside-mismatch "book" */
	return STATUS_SUCCESS;
}

/* Given back on the way to the label, and by the label. */
NTSTATUS ShelfMap(PSHELF Shelf, ULONG Pages)
{
	NTSTATUS status = STATUS_SUCCESS;
	PBOOK book = ExAllocateFromLookasideListEx(&Shelf->Maps);

	if (book == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Pages == 0) {
		ExFreeToLookasideListEx(&Shelf->Maps, book); /* note: win-lookaside-mismatch "book" */
		status = STATUS_INVALID_PARAMETER;
		goto Exit;
	}
	book->Pages = Pages;
Exit:
	ExFreeToLookasideListEx(&Shelf->Maps, book); /* expect: win-lookaside-mismatch "book" */
	return status;
}
