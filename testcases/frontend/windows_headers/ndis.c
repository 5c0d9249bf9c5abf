/* An NDIS 6 miniport: roles, locks and lists of buffers. */
#define NDIS_MINIPORT_DRIVER 1
#define NDIS630_MINIPORT 1
#include <ndis.h>

struct adapter {
	NDIS_HANDLE handle;
	NDIS_SPIN_LOCK lock;
	ULONG sent;
};

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD unload;
MINIPORT_HALT halt;
MINIPORT_SEND_NET_BUFFER_LISTS send;
MINIPORT_OID_REQUEST request;

VOID send(NDIS_HANDLE context, PNET_BUFFER_LIST lists, NDIS_PORT_NUMBER port, ULONG flags)
{
	struct adapter *adapter = context;

	UNREFERENCED_PARAMETER(port);
	UNREFERENCED_PARAMETER(flags);
	NdisAcquireSpinLock(&adapter->lock);
	for (PNET_BUFFER_LIST list = lists; list; list = NET_BUFFER_LIST_NEXT_NBL(list))
		adapter->sent++;
	NdisReleaseSpinLock(&adapter->lock);
	NdisMSendNetBufferListsComplete(adapter->handle, lists, 0);
}

NDIS_STATUS request(NDIS_HANDLE context, PNDIS_OID_REQUEST oid)
{
	UNREFERENCED_PARAMETER(context);
	return oid->RequestType == NdisRequestQueryInformation ? NDIS_STATUS_NOT_SUPPORTED : NDIS_STATUS_SUCCESS;
}

VOID halt(NDIS_HANDLE context, NDIS_HALT_ACTION action)
{
	struct adapter *adapter = context;

	UNREFERENCED_PARAMETER(action);
	NdisFreeSpinLock(&adapter->lock);
	NdisFreeMemory(adapter, sizeof(*adapter), 0);
}
