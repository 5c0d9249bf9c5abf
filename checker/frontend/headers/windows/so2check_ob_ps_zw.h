/* Objects, processes, kernel transactions. */
#ifndef SO2CHECK_OB_PS_ZW_H
#define SO2CHECK_OB_PS_ZW_H

/* --- macros that become functions --- */
#ifdef ObReferenceObject
#undef ObReferenceObject
LONG_PTR ObReferenceObject(PVOID Object);
#endif
#ifdef ObDereferenceObject
#undef ObDereferenceObject
LONG_PTR ObDereferenceObject(PVOID Object);
#endif
#ifdef ObReferenceObjectWithTag
#undef ObReferenceObjectWithTag
LONG_PTR ObReferenceObjectWithTag(PVOID Object, ULONG Tag);
#endif
#ifdef ObDereferenceObjectWithTag
#undef ObDereferenceObjectWithTag
LONG_PTR ObDereferenceObjectWithTag(PVOID Object, ULONG Tag);
#endif
#ifdef PsGetCurrentProcess
#undef PsGetCurrentProcess
PEPROCESS PsGetCurrentProcess(VOID);
#endif

/* --- missing from mingw-w64 --- */
BOOLEAN ObReferenceObjectSafe(PVOID Object);
NTSTATUS ObCloseHandle(HANDLE Handle, KPROCESSOR_MODE PreviousMode);
typedef struct _KTM *PKTM;
typedef struct _KRESOURCEMANAGER *PKRESOURCEMANAGER;
typedef struct _KENLISTMENT *PKENLISTMENT;
typedef struct _KTRANSACTION *PKTRANSACTION;
typedef NTSTATUS NTAPI TM_RM_NOTIFICATION(PKENLISTMENT EnlistmentObject, PVOID RMContext, PVOID TransactionContext,
					  ULONG TransactionNotification, PLARGE_INTEGER TmVirtualClock,
					  ULONG ArgumentLength, PVOID Argument);
typedef TM_RM_NOTIFICATION *PTM_RM_NOTIFICATION;

#endif
