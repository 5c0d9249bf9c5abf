#include "parcel.h"

VOID ParcelWeigh(PPARCEL Parcel, PULONG Weight)
{
	ProbeForRead(Weight, sizeof(ULONG), sizeof(ULONG)); /* ok: win-user-no-seh */
	Parcel->Weight = *Weight; /* ok: win-user-no-seh */
}
