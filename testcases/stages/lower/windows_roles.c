/* flags: -target x86_64-pc-windows-msvc -fms-extensions -fms-compatibility -w */
/* What declarations and assignments say of a function's role. */
#define _Function_class_(name) __attribute__((annotate("function_class:" #name)))
#define _Dispatch_type_(code) __attribute__((annotate("dispatch_type:" #code)))
#define _IRQL_requires_max_(level) __attribute__((annotate("irql_requires_max:" #level)))
#define _IRQL_saves_ __attribute__((annotate("irql_saves")))
typedef int NTSTATUS;
struct _DEVICE_OBJECT;
struct _IRP;
typedef NTSTATUS DRIVER_DISPATCH(struct _DEVICE_OBJECT *device, struct _IRP *irp);
typedef void DRIVER_UNLOAD(struct _DRIVER_OBJECT *driver);
typedef struct _DRIVER_EXTENSION {
	NTSTATUS (*AddDevice)(void);
} DRIVER_EXTENSION;
typedef struct _DRIVER_OBJECT {
	DRIVER_EXTENSION *DriverExtension;
	DRIVER_DISPATCH *MajorFunction[4];
	DRIVER_UNLOAD *DriverUnload;
	struct {
		DRIVER_UNLOAD *Nested;
	} part;
} DRIVER_OBJECT;
static DRIVER_OBJECT global;

_Dispatch_type_(0) _Dispatch_type_(3) DRIVER_DISPATCH DispatchRead;
_Function_class_(DRIVER_UNLOAD) _IRQL_requires_max_(PASSIVE_LEVEL) void Unload(DRIVER_OBJECT *driver);
void Save(_IRQL_saves_ int *irql, int other);

NTSTATUS DispatchRead(struct _DEVICE_OBJECT *device, struct _IRP *irp)
{
	return 0;
}

void Unload(DRIVER_OBJECT *driver)
{
}

void Save(int *irql, int other)
{
	*irql = other;
}

static NTSTATUS AddDevice(void)
{
	return 0;
}

NTSTATUS DriverEntry(DRIVER_OBJECT *driver)
{
	DRIVER_UNLOAD *plain = Unload;

	for (int i = 0; i < 4; i++)
		driver->MajorFunction[i] = DispatchRead;
	driver->MajorFunction[3] = DispatchRead;
	driver->DriverUnload = (DRIVER_UNLOAD *)&Unload;
	driver->DriverExtension->AddDevice = AddDevice;
	driver->part.Nested = Unload;
	global.DriverUnload = Unload;
	plain(driver);
	return 0;
}
