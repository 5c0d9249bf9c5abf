/* The free is the last thing that happens to the memory. */
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
	RemoveEntryList(&Coupon->Link); /* ok: win-pool-use-after-free */
	ExFreePoolWithTag(Coupon, COUPON_TAG);
}

/* Trap: a list walk that saved the next pointer. */
/* trap: win-pool-use-after-free saved-next */
VOID CouponFreeAll(PCOUPON First)
{
	PCOUPON coupon, next;

	for (coupon = First; coupon != NULL; coupon = next) {
		next = coupon->Next; /* ok: win-pool-use-after-free */
		ExFreePoolWithTag(coupon, COUPON_TAG);
	}
}

VOID CouponFlush(PLIST_ENTRY Head)
{
	PLIST_ENTRY entry;
	PCOUPON coupon;

	while (!IsListEmpty(Head)) {
		entry = RemoveHeadList(Head);
		coupon = CONTAINING_RECORD(entry, COUPON, Link);
		if (coupon->Text != NULL) /* ok: win-pool-use-after-free */
			ExFreePoolWithTag(coupon->Text, COUPON_TAG);
		ExFreePoolWithTag(coupon, COUPON_TAG);
	}
}

NTSTATUS CouponParse(const UCHAR *Text, ULONG Length)
{
	NTSTATUS status = STATUS_SUCCESS;
	PCOUPON coupon = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(COUPON), COUPON_TAG);

	if (coupon == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Length == 0) {
		status = STATUS_INVALID_PARAMETER;
		goto Exit;
	}
	coupon->Id = Text[0];
Exit:
	ExFreePoolWithTag(coupon, COUPON_TAG); /* ok: win-pool-use-after-free */
	return status;
}

/* Trap: freed in the handler, on the path that leaves. */
NTSTATUS CouponRead(PVOID UserBuffer, PULONG Id)
{
	PCOUPON coupon = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(COUPON), COUPON_TAG);

	if (coupon == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		ProbeForRead(UserBuffer, sizeof(ULONG), sizeof(ULONG));
		RtlCopyMemory(&coupon->Id, UserBuffer, sizeof(ULONG));
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		ExFreePoolWithTag(coupon, COUPON_TAG);
		return STATUS_ACCESS_VIOLATION;
	}
	*Id = coupon->Id; /* ok: win-pool-use-after-free */
	ExFreePoolWithTag(coupon, COUPON_TAG);
	return STATUS_SUCCESS;
}

/* Trap: the pointer is reset, and tested before the second free. */
/* trap: win-pool-use-after-free reset */
VOID CouponReset(PCOUPON_EXTENSION Ext)
{
	PCOUPON coupon = Ext->Current;

	if (coupon->Text != NULL) {
		ExFreePoolWithTag(coupon->Text, COUPON_TAG);
		coupon->Text = NULL; /* ok: win-pool-use-after-free */
	}
	coupon->Uses = 0;
	if (coupon->Text != NULL)
		ExFreePoolWithTag(coupon->Text, COUPON_TAG); /* ok: win-pool-use-after-free */
}

/* Trap: freed and used under the opposite sides of one condition. */
/* trap: win-pool-use-after-free same-condition */
ULONG CouponRetire(PCOUPON Coupon, BOOLEAN Last)
{
	if (Last)
		ExFreePoolWithTag(Coupon, COUPON_TAG);
	if (!Last)
		return Coupon->Id; /* ok: win-pool-use-after-free */
	return 0;
}

/* Trap: the variable holds another block by then. */
NTSTATUS CouponGrow(PCOUPON Coupon, ULONG Length)
{
	PUCHAR text = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, COUPON_TAG);

	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExFreePoolWithTag(text, COUPON_TAG);
	text = ExAllocatePool2(POOL_FLAG_NON_PAGED, 2 * Length, COUPON_TAG);
	if (text == NULL)
		return STATUS_INSUFFICIENT_RESOURCES;
	text[0] = 0; /* ok: win-pool-use-after-free */
	Coupon->Text = text;
	return STATUS_SUCCESS;
}

/* Trap: only the address is looked at. */
BOOLEAN CouponIsCurrent(PCOUPON_EXTENSION Ext, PCOUPON Coupon)
{
	ExFreePoolWithTag(Coupon, COUPON_TAG);
	DbgPrint("coupon %p dropped\n", Coupon); /* ok: win-pool-use-after-free */
	if (Ext->Current != Coupon) /* ok: win-pool-use-after-free */
		return FALSE;
	Ext->Current = NULL;
	return TRUE;
}

/* Trap: a member is freed, not the object. */
ULONG CouponStrip(PCOUPON Coupon)
{
	ExFreePool(Coupon->Text);
	Coupon->Text = NULL;
	return Coupon->Id; /* ok: win-pool-use-after-free */
}
