/* A file system minifilter: registration, callbacks, contexts. */
#include <fltKernel.h>

static PFLT_FILTER filter;

DRIVER_INITIALIZE DriverEntry;

static NTSTATUS read_first(PCFLT_RELATED_OBJECTS objects, PVOID buffer, PULONG length)
{
	LARGE_INTEGER offset = { .QuadPart = 0 };

	return FltReadFile(objects->Instance, objects->FileObject, &offset, *length, buffer,
			   FLTFL_IO_OPERATION_NON_CACHED | FLTFL_IO_OPERATION_PAGING |
				   FLTFL_IO_OPERATION_SYNCHRONOUS_PAGING | FLTFL_IO_OPERATION_DO_NOT_UPDATE_BYTE_OFFSET,
			   length, NULL, NULL);
}

static FLT_PREOP_CALLBACK_STATUS before_create(PFLT_CALLBACK_DATA data, PCFLT_RELATED_OBJECTS objects, PVOID *context)
{
	PFLT_FILE_NAME_INFORMATION information;
	NTSTATUS status;

	*context = NULL;
	status = FltGetFileNameInformation(data, FLT_FILE_NAME_NORMALIZED | FLT_FILE_NAME_QUERY_DEFAULT, &information);
	if (!NT_SUCCESS(status))
		return FLT_PREOP_SUCCESS_NO_CALLBACK;
	if (NT_SUCCESS(FltParseFileNameInformation(information)) &&
	    FlagOn(information->NamesParsed, FLTFL_FILE_NAME_PARSED_EXTENSION)) {
		UCHAR start[512];
		ULONG length = sizeof(start);

		status = read_first(objects, start, &length);
	}
	FltReleaseFileNameInformation(information);
	return FLT_PREOP_SUCCESS_WITH_CALLBACK;
}

static FLT_POSTOP_CALLBACK_STATUS after_create(PFLT_CALLBACK_DATA data, PCFLT_RELATED_OBJECTS objects, PVOID context,
					       FLT_POST_OPERATION_FLAGS flags)
{
	UNREFERENCED_PARAMETER(objects);
	UNREFERENCED_PARAMETER(context);
	if (FlagOn(flags, FLTFL_POST_OPERATION_DRAINING) || !NT_SUCCESS(data->IoStatus.Status))
		return FLT_POSTOP_FINISHED_PROCESSING;
	try {
		ProbeForRead(data->Iopb->Parameters.Create.EaBuffer, 1, 1);
	}
	except(EXCEPTION_EXECUTE_HANDLER)
	{
		data->IoStatus.Status = GetExceptionCode();
	}
	return FLT_POSTOP_FINISHED_PROCESSING;
}

static NTSTATUS unload(FLT_FILTER_UNLOAD_FLAGS flags)
{
	UNREFERENCED_PARAMETER(flags);
	FltUnregisterFilter(filter);
	return STATUS_SUCCESS;
}

static const FLT_OPERATION_REGISTRATION callbacks[] = { { IRP_MJ_CREATE, 0, before_create, after_create },
							{ IRP_MJ_OPERATION_END } };

static const FLT_REGISTRATION registration = {
	sizeof(FLT_REGISTRATION), FLT_REGISTRATION_VERSION, 0, NULL, callbacks, unload
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	NTSTATUS status = FltRegisterFilter(driver, &registration, &filter);

	UNREFERENCED_PARAMETER(path);
	if (!NT_SUCCESS(status))
		return status;
	status = FltStartFiltering(filter);
	if (!NT_SUCCESS(status))
		FltUnregisterFilter(filter);
	return status;
}
