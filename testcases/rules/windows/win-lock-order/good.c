/* One order everywhere; attempts that do not wait; locks that never meet. */
#include <ntddk.h>

typedef struct _SHOP {
	KSPIN_LOCK Shelf;
	KSPIN_LOCK Till;
	ULONG Goods;
	ULONG Money;
} SHOP, *PSHOP;

VOID ShopSell(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Shelf, &irql);
	KeAcquireSpinLockAtDpcLevel(&Shop->Till); /* ok: win-lock-order */
	Shop->Goods--;
	Shop->Money++;
	KeReleaseSpinLockFromDpcLevel(&Shop->Till);
	KeReleaseSpinLock(&Shop->Shelf, irql);
}

VOID ShopCount(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Shelf, &irql);
	KeAcquireSpinLockAtDpcLevel(&Shop->Till); /* ok: win-lock-order */
	Shop->Goods--;
	Shop->Money++;
	KeReleaseSpinLockFromDpcLevel(&Shop->Till);
	KeReleaseSpinLock(&Shop->Shelf, irql);
}

/* Trap: an attempt does not wait. */
/* trap: win-lock-order attempt */
VOID ShopPeek(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Till, &irql);
	if (KeTryToAcquireSpinLockAtDpcLevel(&Shop->Shelf)) { /* ok: win-lock-order */
		Shop->Money = Shop->Goods;
		KeReleaseSpinLockFromDpcLevel(&Shop->Shelf);
	}
	KeReleaseSpinLock(&Shop->Till, irql);
}

/* Trap: one after the other, not both at once. */
/* trap: win-lock-order one-after-other */
VOID ShopClose(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Till, &irql);
	Shop->Money = 0;
	KeReleaseSpinLock(&Shop->Till, irql);
	KeAcquireSpinLock(&Shop->Shelf, &irql); /* ok: win-lock-order */
	Shop->Goods = 0;
	KeReleaseSpinLock(&Shop->Shelf, irql);
}

typedef struct _BRANCH {
	KSPIN_LOCK Lock;
	struct _BRANCH *Parent;
	ULONG Money;
} BRANCH, *PBRANCH;

/* Two of one kind, the lower address first. */
/* trap: win-lock-order address-order */
VOID ShopMove(PBRANCH From, PBRANCH To, ULONG Money)
{
	PBRANCH first = From < To ? From : To, second = From < To ? To : From;
	KIRQL irql;

	KeAcquireSpinLock(&first->Lock, &irql);
	KeAcquireSpinLockAtDpcLevel(&second->Lock); /* ok: win-lock-order */
	From->Money -= Money;
	To->Money += Money;
	KeReleaseSpinLockFromDpcLevel(&second->Lock);
	KeReleaseSpinLock(&first->Lock, irql);
}

/* The parent always first; by their names both orders. */
/* trap: win-lock-order parent-and-child */
VOID ShopBranch(PBRANCH Branch, ULONG Money)
{
	KIRQL irql;

	KeAcquireSpinLock(&Branch->Parent->Lock, &irql);
	KeAcquireSpinLockAtDpcLevel(&Branch->Lock); /* ok: win-lock-order */
	Branch->Money += Money;
	KeReleaseSpinLockFromDpcLevel(&Branch->Lock);
	KeReleaseSpinLock(&Branch->Parent->Lock, irql);
}
