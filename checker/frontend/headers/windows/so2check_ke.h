/* Kernel core: IRQL, spin locks, interlocked operations, time, hardware. */
#ifndef SO2CHECK_KE_H
#define SO2CHECK_KE_H

/* --- macros that become functions --- */
#ifdef KeAcquireSpinLock
#undef KeAcquireSpinLock
VOID KeAcquireSpinLock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql);
#endif
#ifdef KeReleaseSpinLock
#undef KeReleaseSpinLock
VOID KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql);
#endif
#ifdef KeAcquireSpinLockAtDpcLevel
#undef KeAcquireSpinLockAtDpcLevel
VOID KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock);
#endif
#ifdef KeReleaseSpinLockFromDpcLevel
#undef KeReleaseSpinLockFromDpcLevel
VOID KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock);
#endif
#ifdef KeRaiseIrql
#undef KeRaiseIrql
VOID KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql);
#endif
#ifdef KeLowerIrql
#undef KeLowerIrql
VOID KeLowerIrql(KIRQL NewIrql);
#endif
#ifdef KeGetCurrentIrql
#undef KeGetCurrentIrql
KIRQL KeGetCurrentIrql(VOID);
#endif
#ifdef KeQuerySystemTime
#undef KeQuerySystemTime
VOID KeQuerySystemTime(PLARGE_INTEGER CurrentTime);
#endif
#ifdef KeQueryTickCount
#undef KeQueryTickCount
VOID KeQueryTickCount(PLARGE_INTEGER CurrentCount);
#endif
#ifdef KeQueryInterruptTime
#undef KeQueryInterruptTime
ULONGLONG KeQueryInterruptTime(VOID);
#endif
#ifdef KeWaitForMutexObject
#undef KeWaitForMutexObject
NTSTATUS KeWaitForMutexObject(PVOID Mutex, KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode, BOOLEAN Alertable,
			      PLARGE_INTEGER Timeout);
#endif
#ifdef KeFlushIoBuffers
#undef KeFlushIoBuffers
VOID KeFlushIoBuffers(PMDL Mdl, BOOLEAN ReadOperation, BOOLEAN DmaOperation);
#endif
#ifdef DbgBreakPoint
#undef DbgBreakPoint
VOID DbgBreakPoint(VOID);
#endif
#ifdef YieldProcessor
#undef YieldProcessor
VOID YieldProcessor(VOID);
#endif
#ifdef InterlockedIncrement
#undef InterlockedIncrement
LONG InterlockedIncrement(LONG volatile *Addend);
#endif
#ifdef InterlockedIncrement64
#undef InterlockedIncrement64
LONG64 InterlockedIncrement64(LONG64 volatile *Addend);
#endif
#ifdef InterlockedIncrementSizeT
#undef InterlockedIncrementSizeT
LONG_PTR InterlockedIncrementSizeT(SIZE_T volatile *Addend);
#endif
#ifdef InterlockedDecrement
#undef InterlockedDecrement
LONG InterlockedDecrement(LONG volatile *Addend);
#endif
#ifdef InterlockedDecrement64
#undef InterlockedDecrement64
LONG64 InterlockedDecrement64(LONG64 volatile *Addend);
#endif
#ifdef InterlockedDecrementSizeT
#undef InterlockedDecrementSizeT
LONG_PTR InterlockedDecrementSizeT(SIZE_T volatile *Addend);
#endif
#ifdef InterlockedExchange
#undef InterlockedExchange
LONG InterlockedExchange(LONG volatile *Target, LONG Value);
#endif
#ifdef InterlockedExchange64
#undef InterlockedExchange64
LONG64 InterlockedExchange64(LONG64 volatile *Target, LONG64 Value);
#endif
#ifdef InterlockedExchangePointer
#undef InterlockedExchangePointer
PVOID InterlockedExchangePointer(PVOID volatile *Target, PVOID Value);
#endif
#ifdef InterlockedExchangeAdd
#undef InterlockedExchangeAdd
LONG InterlockedExchangeAdd(LONG volatile *Addend, LONG Value);
#endif
#ifdef InterlockedExchangeAdd64
#undef InterlockedExchangeAdd64
LONG64 InterlockedExchangeAdd64(LONG64 volatile *Addend, LONG64 Value);
#endif
#ifdef InterlockedExchangeAddSizeT
#undef InterlockedExchangeAddSizeT
LONG_PTR InterlockedExchangeAddSizeT(SIZE_T volatile *Addend, SIZE_T Value);
#endif
#ifdef InterlockedAdd
#undef InterlockedAdd
LONG InterlockedAdd(LONG volatile *Addend, LONG Value);
#endif
#ifdef InterlockedAdd64
#undef InterlockedAdd64
LONG64 InterlockedAdd64(LONG64 volatile *Addend, LONG64 Value);
#endif
#ifdef InterlockedCompareExchange
#undef InterlockedCompareExchange
LONG InterlockedCompareExchange(LONG volatile *Destination, LONG ExChange, LONG Comperand);
#endif
#ifdef InterlockedCompareExchange64
#undef InterlockedCompareExchange64
LONG64 InterlockedCompareExchange64(LONG64 volatile *Destination, LONG64 ExChange, LONG64 Comperand);
#endif
#ifdef InterlockedCompareExchangePointer
#undef InterlockedCompareExchangePointer
PVOID InterlockedCompareExchangePointer(PVOID volatile *Destination, PVOID Exchange, PVOID Comperand);
#endif
#ifdef InterlockedAnd
#undef InterlockedAnd
LONG InterlockedAnd(LONG volatile *Destination, LONG Value);
#endif
#ifdef InterlockedAnd64
#undef InterlockedAnd64
LONG64 InterlockedAnd64(LONG64 volatile *Destination, LONG64 Value);
#endif
#ifdef InterlockedOr
#undef InterlockedOr
LONG InterlockedOr(LONG volatile *Destination, LONG Value);
#endif
#ifdef InterlockedOr64
#undef InterlockedOr64
LONG64 InterlockedOr64(LONG64 volatile *Destination, LONG64 Value);
#endif
#ifdef InterlockedXor
#undef InterlockedXor
LONG InterlockedXor(LONG volatile *Destination, LONG Value);
#endif
#ifdef InterlockedXor64
#undef InterlockedXor64
LONG64 InterlockedXor64(LONG64 volatile *Destination, LONG64 Value);
#endif
#ifdef InterlockedBitTestAndSet
#undef InterlockedBitTestAndSet
BOOLEAN InterlockedBitTestAndSet(LONG volatile *Base, LONG Bit);
#endif
#ifdef InterlockedBitTestAndSet64
#undef InterlockedBitTestAndSet64
BOOLEAN InterlockedBitTestAndSet64(LONG64 volatile *Base, LONG64 Bit);
#endif
#ifdef InterlockedBitTestAndReset
#undef InterlockedBitTestAndReset
BOOLEAN InterlockedBitTestAndReset(LONG volatile *Base, LONG Bit);
#endif
#ifdef InterlockedBitTestAndReset64
#undef InterlockedBitTestAndReset64
BOOLEAN InterlockedBitTestAndReset64(LONG64 volatile *Base, LONG64 Bit);
#endif
#ifdef InterlockedPushEntrySList
#undef InterlockedPushEntrySList
PSLIST_ENTRY InterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry);
#endif
#ifdef InterlockedPopEntrySList
#undef InterlockedPopEntrySList
PSLIST_ENTRY InterlockedPopEntrySList(PSLIST_HEADER ListHead);
#endif
#ifdef InterlockedFlushSList
#undef InterlockedFlushSList
PSLIST_ENTRY InterlockedFlushSList(PSLIST_HEADER ListHead);
#endif

/* --- missing from mingw-w64 --- */
SHORT InterlockedIncrement16(SHORT volatile *Addend);
SHORT InterlockedDecrement16(SHORT volatile *Addend);
VOID KeMemoryBarrier(VOID);
VOID KeQuerySystemTimePrecise(PLARGE_INTEGER CurrentTime);
ULONG64 KeQueryInterruptTimePrecise(PULONG64 QpcTimeStamp);
LOGICAL KeShouldYieldProcessor(VOID);
NTSTATUS KeSaveFloatingPointState(PKFLOATING_SAVE FloatSave);
NTSTATUS KeRestoreFloatingPointState(PKFLOATING_SAVE FloatSave);
ULONG HalGetInterruptVector(INTERFACE_TYPE InterfaceType, ULONG BusNumber, ULONG BusInterruptLevel,
			    ULONG BusInterruptVector, PKIRQL Irql, PKAFFINITY Affinity);
ULONG64 READ_REGISTER_ULONG64(volatile ULONG64 *Register);
VOID WRITE_REGISTER_ULONG64(volatile ULONG64 *Register, ULONG64 Value);
VOID READ_REGISTER_BUFFER_ULONG64(volatile ULONG64 *Register, PULONG64 Buffer, ULONG Count);
VOID WRITE_REGISTER_BUFFER_ULONG64(volatile ULONG64 *Register, PULONG64 Buffer, ULONG Count);
PSLIST_ENTRY FirstEntrySList(const SLIST_HEADER *ListHead);
VOID KeAcquireInStackQueuedSpinLockRaiseToSynch(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle);

#endif
