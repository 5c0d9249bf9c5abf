/* A function that asserts a low level, called from a DPC and under a lock. */
#include <ntddk.h>

typedef struct _GALLERY {
	KSPIN_LOCK Lock;
	ULONG Pictures;
} GALLERY, *PGALLERY;

KDEFERRED_ROUTINE GalleryDpc;

static VOID GalleryHang(PGALLERY Gallery)
{
	PAGED_CODE();
	Gallery->Pictures++;
}

VOID GalleryOpen(PGALLERY Gallery)
{
	KIRQL irql;

	KeAcquireSpinLock(&Gallery->Lock, &irql); /* note: win-irql-too-high "is acquired here" */
	GalleryHang(Gallery); /* expect: win-irql-too-high "PAGED_CODE" */
	KeReleaseSpinLock(&Gallery->Lock, irql);
}

static VOID GalleryLight(PGALLERY Gallery)
{
	PAGED_CODE(); /* expect: win-irql-too-high "PAGED_CODE" */
	Gallery->Pictures--;
}

VOID GalleryDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	GalleryLight(Context); /* note: win-irql-too-high "calls `GalleryLight`" */
}
