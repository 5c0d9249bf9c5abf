#include "parcel.h"

VOID ParcelWeigh(PPARCEL Parcel, PULONG Weight)
{
	ProbeForRead(Weight, sizeof(ULONG), sizeof(ULONG)); /* expect: win-user-no-seh "ProbeForRead" */
	Parcel->Weight = *Weight; /* expect: win-user-no-seh "Weight" */
}
