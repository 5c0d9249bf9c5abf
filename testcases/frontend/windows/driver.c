/* A small driver as it is written on Windows: no name is spelt as the file is. */
#include <NTDDK.h>
#include "Driver.h"
#include "..\Windows\Inc\Shared.h"
#include "driver.tmh"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;
_Dispatch_type_(IRP_MJ_READ) DRIVER_DISPATCH DispatchRead;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, DriverUnload)
#endif

_IRQL_requires_max_(DISPATCH_LEVEL)
static VOID Count(_Inout_ PDEVICE_EXTENSION Extension)
{
	KIRQL irql;

	KeAcquireSpinLock(&Extension->Lock, &irql);
	Extension->Count++;
	KeReleaseSpinLock(&Extension->Lock, irql);
}

_Use_decl_annotations_
NTSTATUS DispatchRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
	NTSTATUS status = STATUS_SUCCESS;
	PVOID buffer = NULL;

	__try {
		ProbeForWrite(Irp->UserBuffer, stack->Parameters.Read.Length, 1);
		buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, SHARED_SIZE, SHARED_TAG);
		if (!buffer)
			__leave;
		RtlCopyMemory(Irp->UserBuffer, buffer, SHARED_SIZE);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		status = GetExceptionCode();
	}
	try {
		Count(DeviceObject->DeviceExtension);
	} finally {
		if (buffer)
			ExFreePoolWithTag(buffer, SHARED_TAG);
	}
	TraceEvents(TRACE_LEVEL_ERROR, FLAG_READ, "read: %!STATUS!", status);
	Irp->IoStatus.Status = status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return status;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
	PAGED_CODE();
	IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->DriverUnload = DriverUnload;
	DriverObject->MajorFunction[IRP_MJ_READ] = DispatchRead;
	return STATUS_SUCCESS;
}
