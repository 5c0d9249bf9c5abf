/* What ntddk.h adds: read after it. */
#ifndef SO2CHECK_NTDDK_H
#define SO2CHECK_NTDDK_H

/* --- macros that become functions --- */
#ifdef KeInitializeCallbackRecord
#undef KeInitializeCallbackRecord
VOID KeInitializeCallbackRecord(PKBUGCHECK_CALLBACK_RECORD CallbackRecord);
#endif
#ifdef ExAcquireResourceExclusive
#undef ExAcquireResourceExclusive
BOOLEAN ExAcquireResourceExclusive(PERESOURCE Resource, BOOLEAN Wait);
#endif
#ifdef ExAcquireResourceShared
#undef ExAcquireResourceShared
BOOLEAN ExAcquireResourceShared(PERESOURCE Resource, BOOLEAN Wait);
#endif
#ifdef ExDeleteResource
#undef ExDeleteResource
NTSTATUS ExDeleteResource(PERESOURCE Resource);
#endif
#ifdef ExIsResourceAcquiredExclusive
#undef ExIsResourceAcquiredExclusive
BOOLEAN ExIsResourceAcquiredExclusive(PERESOURCE Resource);
#endif
#ifdef ExIsResourceAcquiredShared
#undef ExIsResourceAcquiredShared
ULONG ExIsResourceAcquiredShared(PERESOURCE Resource);
#endif
#ifdef ExIsResourceAcquired
#undef ExIsResourceAcquired
ULONG ExIsResourceAcquired(PERESOURCE Resource);
#endif

/* --- missing from mingw-w64 --- */
ULONG HalGetBusData(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber, PVOID Buffer, ULONG Length);
ULONG HalSetBusData(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber, PVOID Buffer, ULONG Length);
typedef VOID NTAPI EXPAND_STACK_CALLOUT(PVOID Parameter);
NTSTATUS KeExpandKernelStackAndCalloutEx(EXPAND_STACK_CALLOUT *Callout, PVOID Parameter, SIZE_T Size, BOOLEAN Wait,
					 PVOID Context);
/* Named both ways, whichever kind of table the driver chose. */
typedef RTL_GENERIC_COMPARE_RESULTS NTAPI RTL_AVL_COMPARE_ROUTINE(struct _RTL_AVL_TABLE *Table, PVOID FirstStruct,
								  PVOID SecondStruct);
typedef PVOID NTAPI RTL_AVL_ALLOCATE_ROUTINE(struct _RTL_AVL_TABLE *Table, CLONG ByteSize);
typedef VOID NTAPI RTL_AVL_FREE_ROUTINE(struct _RTL_AVL_TABLE *Table, PVOID Buffer);
#ifndef RTL_USE_AVL_TABLES
typedef RTL_GENERIC_COMPARE_RESULTS NTAPI RTL_GENERIC_COMPARE_ROUTINE(struct _RTL_GENERIC_TABLE *Table,
								      PVOID FirstStruct, PVOID SecondStruct);
typedef PVOID NTAPI RTL_GENERIC_ALLOCATE_ROUTINE(struct _RTL_GENERIC_TABLE *Table, CLONG ByteSize);
typedef VOID NTAPI RTL_GENERIC_FREE_ROUTINE(struct _RTL_GENERIC_TABLE *Table, PVOID Buffer);
#endif

#endif
