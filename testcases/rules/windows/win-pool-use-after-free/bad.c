/* Pool memory used, or freed again, after it was freed. */
#include <ntddk.h>

#define COUPON_TAG 'puoC'

typedef struct _COUPON {
	struct _COUPON *Next;
	LIST_ENTRY Link;
	PUCHAR Text;
	ULONG Id, Uses;
} COUPON, *PCOUPON;

typedef struct _COUPON_EXTENSION {
	PCOUPON Current;
	ULONG Count;
} COUPON_EXTENSION, *PCOUPON_EXTENSION;

VOID CouponDrop(PCOUPON Coupon)
{
	ExFreePoolWithTag(Coupon, COUPON_TAG); /* note: win-pool-use-after-free "Coupon" */
	RemoveEntryList(&Coupon->Link); /* expect: win-pool-use-after-free "Coupon" */
}

/* The walk reads the link of the block it has just freed. */
/* trap: win-pool-use-after-free saved-next */
VOID CouponFreeAll(PCOUPON First)
{
	PCOUPON coupon;

	for (coupon = First; coupon != NULL; coupon = coupon->Next) /* expect: win-pool-use-after-free "coupon" */
		ExFreePoolWithTag(coupon, COUPON_TAG); /* note: win-pool-use-after-free "coupon" */
}

/* Freed on the way to the label, and by the label. */
NTSTATUS CouponParse(const UCHAR *Text, ULONG Length)
{
	NTSTATUS status = STATUS_SUCCESS;
	PCOUPON coupon = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(COUPON), COUPON_TAG);

	if (coupon == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Length == 0) {
		ExFreePoolWithTag(coupon, COUPON_TAG); /* note: win-pool-use-after-free "coupon" */
		status = STATUS_INVALID_PARAMETER;
		goto Exit;
	}
	coupon->Id = Text[0];
Exit:
	ExFreePoolWithTag(coupon, COUPON_TAG); /* expect: win-pool-use-after-free "coupon" */
	return status;
}

/* The handler frees, and so does the common end. */
NTSTATUS CouponRead(PVOID UserBuffer)
{
	PCOUPON coupon = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(COUPON), COUPON_TAG);
	NTSTATUS status = STATUS_SUCCESS;

	if (coupon == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		ProbeForRead(UserBuffer, sizeof(ULONG), sizeof(ULONG));
		RtlCopyMemory(&coupon->Id, UserBuffer, sizeof(ULONG));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = STATUS_ACCESS_VIOLATION;
		ExFreePoolWithTag(coupon, COUPON_TAG); /* note: win-pool-use-after-free "coupon" */
	}
	ExFreePoolWithTag(coupon, COUPON_TAG); /* expect: win-pool-use-after-free "coupon" */
	return status;
}

/* The second name of the same memory. */
ULONG CouponAlias(ULONG Id)
{
	PCOUPON coupon = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(COUPON), COUPON_TAG), same = coupon;

	if (coupon == NULL)
		return 0;
	coupon->Id = Id;
	ExFreePool(coupon); /* note: win-pool-use-after-free "coupon" */
	return same->Id; /* expect: win-pool-use-after-free "coupon" */
}

/* trap: win-pool-use-after-free reset */
VOID CouponReplace(PCOUPON_EXTENSION Ext, PUCHAR Source)
{
	PUCHAR text = Ext->Current->Text;

	ExFreePoolWithTag(text, COUPON_TAG); /* note: win-pool-use-after-free "text" */
	RtlCopyMemory(text, Source, 16); /* expect: win-pool-use-after-free "text" */
}

/* Freed under one condition, used under a weaker one. */
/* trap: win-pool-use-after-free same-condition */
ULONG CouponRetire(PCOUPON Coupon, BOOLEAN Verbose)
{
	if (Coupon->Uses == 0) {
		ExFreePoolWithTag(Coupon->Text, COUPON_TAG);
		ExFreePoolWithTag(Coupon, COUPON_TAG); /* note: win-pool-use-after-free "Coupon" */
	}
	if (Verbose)
		return Coupon->Id; /* expect: win-pool-use-after-free "Coupon" */
	return 0;
}

/* What a helper allocated, beside another object that is freed first. */
typedef struct _BOOK {
	PULONG Pages;
	PMDL Mdl;
} BOOK, *PBOOK;

static NTSTATUS BookPrint(PBOOK Book)
{
	Book->Pages = ExAllocatePool2(POOL_FLAG_NON_PAGED, 256, COUPON_TAG);
	if (!Book->Pages)
		return STATUS_INSUFFICIENT_RESOURCES;
	Book->Mdl = IoAllocateMdl(Book->Pages, 256, FALSE, FALSE, NULL);
	if (!Book->Mdl) {
		ExFreePoolWithTag(Book->Pages, COUPON_TAG);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	return STATUS_SUCCESS;
}

NTSTATUS BookSell(PBOOK Book, PULONG Sold)
{
	NTSTATUS status = BookPrint(Book);

	if (!NT_SUCCESS(status))
		return status;
	if (*Sold == 0) {
		IoFreeMdl(Book->Mdl);
		ExFreePoolWithTag(Book->Pages, COUPON_TAG); /* note: win-pool-use-after-free "Book->Pages" */
		ExFreePoolWithTag(Book->Pages, COUPON_TAG); /* expect: win-pool-use-after-free "Book->Pages" */
		return STATUS_NO_MORE_ENTRIES;
	}
	(*Sold)--;
	return STATUS_SUCCESS;
}
