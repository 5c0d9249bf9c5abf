/* Just enough of Windows for the target `sources`; the names are what the rules know. */
#define NULL ((void *)0)
typedef long NTSTATUS;
typedef unsigned char KIRQL, BOOLEAN;
typedef unsigned long ULONG, *PULONG;
typedef unsigned long long SIZE_T;
typedef void *PVOID;
typedef struct {
	ULONG lock;
} KSPIN_LOCK, *PKSPIN_LOCK;
typedef struct {
	ULONG mutex;
} FAST_MUTEX, *PFAST_MUTEX;
typedef struct _DEVICE_OBJECT {
	PVOID DeviceExtension;
} * PDEVICE_OBJECT;
typedef struct {
	NTSTATUS Status;
	SIZE_T Information;
} IO_STATUS_BLOCK;
typedef struct _IRP {
	IO_STATUS_BLOCK IoStatus;
	PVOID UserBuffer;
} * PIRP;
typedef NTSTATUS (*PDRIVER_DISPATCH)(PDEVICE_OBJECT, PIRP);
typedef struct _DRIVER_OBJECT {
	PDRIVER_DISPATCH MajorFunction[28];
	void (*DriverUnload)(struct _DRIVER_OBJECT *);
} * PDRIVER_OBJECT;
#define STATUS_SUCCESS ((NTSTATUS)0)
#define STATUS_UNSUCCESSFUL ((NTSTATUS)0xC0000001L)
#define STATUS_PENDING ((NTSTATUS)0x103)
#define NT_SUCCESS(s) (((NTSTATUS)(s)) >= 0)
#define EXCEPTION_EXECUTE_HANDLER 1
PVOID ExAllocatePoolWithTag(int type, SIZE_T size, ULONG tag);
void ExFreePoolWithTag(PVOID p, ULONG tag);
void KeAcquireSpinLock(PKSPIN_LOCK lock, KIRQL *irql);
void KeReleaseSpinLock(PKSPIN_LOCK lock, KIRQL irql);
void ExAcquireFastMutex(PFAST_MUTEX m);
void ExReleaseFastMutex(PFAST_MUTEX m);
void IoCompleteRequest(PIRP irp, int boost);
void IoMarkIrpPending(PIRP irp);
void ProbeForWrite(PVOID p, SIZE_T n, ULONG align);
NTSTATUS GetExceptionCode(void);
ULONG DbgPrint(const char *format, ...);
