/* Each entry goes back to the list it came from. */
#include <ntddk.h>

#define SHELF_TAG 'flhS'

typedef struct _BOOK {
	LIST_ENTRY Link;
	ULONG Pages;
} BOOK, *PBOOK;

typedef struct _SHELF {
	NPAGED_LOOKASIDE_LIST Books, Magazines;
	NPAGED_LOOKASIDE_LIST BySize[4];
	PAGED_LOOKASIDE_LIST Labels;
	LOOKASIDE_LIST_EX Maps;
	LIST_ENTRY Lent;
	PBOOK Current;
} SHELF, *PSHELF;

ULONG ShelfCount(PSHELF Shelf)
{
	PBOOK book = ExAllocateFromNPagedLookasideList(&Shelf->Books);
	PBOOK magazine;

	if (book == NULL)
		return 0;
	magazine = ExAllocateFromNPagedLookasideList(&Shelf->Magazines);
	if (magazine != NULL) {
		magazine->Pages = 1;
		ExFreeToNPagedLookasideList(&Shelf->Magazines, magazine); /* ok: win-lookaside-mismatch */
	}
	book->Pages = 2;
	ExFreeToNPagedLookasideList(&Shelf->Books, book); /* ok: win-lookaside-mismatch */
	return 1;
}

NTSTATUS ShelfLabel(PSHELF Shelf)
{
	PBOOK label;

	PAGED_CODE();
	label = ExAllocateFromPagedLookasideList(&Shelf->Labels);
	if (label == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	label->Pages = 0;
	ExFreeToPagedLookasideList(&Shelf->Labels, label); /* ok: win-lookaside-mismatch */
	return STATUS_SUCCESS;
}

/* trap: win-lookaside-mismatch inline-functions */
NTSTATUS ShelfMap(PSHELF Shelf, ULONG Pages)
{
	NTSTATUS status = STATUS_SUCCESS;
	PBOOK book = ExAllocateFromLookasideListEx(&Shelf->Maps);

	if (book == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Pages == 0) {
		status = STATUS_INVALID_PARAMETER;
		goto Exit;
	}
	book->Pages = Pages;
Exit:
	ExFreeToLookasideListEx(&Shelf->Maps, book); /* ok: win-lookaside-mismatch */
	return status;
}

/* Trap: the list is selected through a pointer. */
/* trap: win-lookaside-mismatch by-pointer */
ULONG ShelfSelect(PSHELF Shelf, BOOLEAN Magazine)
{
	PNPAGED_LOOKASIDE_LIST list = Magazine ? &Shelf->Magazines : &Shelf->Books;
	PBOOK book = ExAllocateFromNPagedLookasideList(list);

	if (book == NULL)
		return 0;
	book->Pages = 4;
	if (Magazine)
		ExFreeToNPagedLookasideList(&Shelf->Magazines, book); /* ok: win-lookaside-mismatch */
	else
		ExFreeToNPagedLookasideList(&Shelf->Books, book); /* ok: win-lookaside-mismatch */
	return 1;
}

ULONG ShelfAlias(PSHELF Shelf)
{
	PNPAGED_LOOKASIDE_LIST list = &Shelf->Books;
	PBOOK book = ExAllocateFromNPagedLookasideList(list);

	if (book == NULL)
		return 0;
	book->Pages = 5;
	ExFreeToNPagedLookasideList(&Shelf->Books, book); /* ok: win-lookaside-mismatch */
	return 1;
}

/* Trap: an array of lists, chosen by size. */
ULONG ShelfSized(PSHELF Shelf, ULONG Size)
{
	ULONG index = Size / 64;
	PBOOK book;

	if (index >= RTL_NUMBER_OF(Shelf->BySize))
		return 0;
	book = ExAllocateFromNPagedLookasideList(&Shelf->BySize[index]);
	if (book == NULL)
		return 0;
	book->Pages = Size;
	ExFreeToNPagedLookasideList(&Shelf->BySize[Size / 64], book); /* ok: win-lookaside-mismatch */
	return 1;
}

/* Trap: the allocation was not seen. */
VOID ShelfReturn(PSHELF Shelf)
{
	PLIST_ENTRY entry;

	while (!IsListEmpty(&Shelf->Lent)) {
		entry = RemoveHeadList(&Shelf->Lent);
		ExFreeToNPagedLookasideList(&Shelf->Books, CONTAINING_RECORD(entry, BOOK, Link)); /* ok: win-lookaside-mismatch */
	}
}

/* Trap: kept in the structure, returned by another routine. */
NTSTATUS ShelfBorrow(PSHELF Shelf)
{
	Shelf->Current = ExAllocateFromNPagedLookasideList(&Shelf->Books);
	if (Shelf->Current == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	return STATUS_SUCCESS; /* ok: win-lookaside-mismatch */
}
