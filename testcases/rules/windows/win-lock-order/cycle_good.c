/* Functions that call each other, called with no lock held. */
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

static VOID ShopTake(PSHOP Shop)
{
	KeAcquireSpinLockAtDpcLevel(&Shop->Shelf);
	Shop->Goods--;
	KeReleaseSpinLockFromDpcLevel(&Shop->Shelf);
}

static VOID ShopNext(PSHOP Shop, ULONG Rest);

static VOID ShopFirst(PSHOP Shop, ULONG Rest)
{
	if (Rest == 0)
		ShopTake(Shop);
	else
		ShopNext(Shop, Rest);
}

static VOID ShopNext(PSHOP Shop, ULONG Rest)
{
	ShopFirst(Shop, Rest - 1);
}

VOID ShopCount(PSHOP Shop)
{
	KIRQL irql = KeRaiseIrqlToDpcLevel();

	ShopFirst(Shop, 2); /* ok: win-lock-order */
	KeLowerIrql(irql);
}
