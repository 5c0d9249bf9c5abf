/* Another file acquires the same locks the other way round. */
#include "shop.h"

VOID ShopCount(PSHOP Shop)
{
	KIRQL irql;

	KeAcquireSpinLock(&Shop->Till, &irql);
	KeAcquireSpinLockAtDpcLevel(&Shop->Shelf); /* expect: win-lock-order "Shop->Shelf" */
	Shop->Goods--;
	Shop->Money++;
	KeReleaseSpinLockFromDpcLevel(&Shop->Shelf);
	KeReleaseSpinLock(&Shop->Till, irql);
}
