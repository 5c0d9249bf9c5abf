#pragma once
#include <ntddk.h>

typedef struct _SHOP {
	KSPIN_LOCK Shelf;
	KSPIN_LOCK Till;
	ULONG Goods;
	ULONG Money;
} SHOP, *PSHOP;

VOID ShopSell(PSHOP Shop);
VOID ShopCount(PSHOP Shop);
