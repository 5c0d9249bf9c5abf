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
