#include "parcel.h"

VOID ParcelWeigh(PPARCEL Parcel, PULONG Weight)
{
	Parcel->Weight = *Weight; /* ok: win-user-unprobed */
}
