#include "parcel.h"

VOID ParcelWeigh(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Weight = *Weight; /* expect: win-user-unprobed "Weight" */
}
