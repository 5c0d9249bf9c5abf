/* A client of Winsock Kernel, and headers of the network that programs share. */
#include <netioapi.h>
#include <ws2def.h>
#include <wsk.h>

static const WSK_CLIENT_DISPATCH dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION registration;
static const WSK_CLIENT_CONNECTION_DISPATCH connection_events = { NULL, NULL, NULL };

NTSTATUS start(PWSK_PROVIDER_NPI provider)
{
	WSK_CLIENT_NPI client = { NULL, &dispatch };
	NTSTATUS status = WskRegister(&client, &registration);

	if (!NT_SUCCESS(status))
		return status;
	status = WskCaptureProviderNPI(&registration, WSK_INFINITE_WAIT, provider);
	if (!NT_SUCCESS(status))
		WskDeregister(&registration);
	return status;
}

NTSTATUS connect(PWSK_PROVIDER_NPI provider, PIRP irp)
{
	SOCKADDR_IN local, remote;

	RtlZeroMemory(&local, sizeof(local));
	local.sin_family = AF_INET;
	local.sin_addr.s_addr = INADDR_ANY;
	remote = local;
	remote.sin_port = RtlUshortByteSwap(80);
	return provider->Dispatch->WskSocketConnect(provider->Client, SOCK_STREAM, IPPROTO_TCP, (PSOCKADDR)&local,
						    (PSOCKADDR)&remote, 0, NULL, &connection_events, NULL, NULL, NULL,
						    irp);
}

NTSTATUS send(PWSK_SOCKET socket, PMDL data, SIZE_T length, PIRP irp)
{
	const WSK_PROVIDER_CONNECTION_DISPATCH *table = socket->Dispatch;
	WSK_BUF buffer = { data, 0, length };

	return table->WskSend(socket, &buffer, WSK_FLAG_NODELAY, irp);
}

/* The first table of each is reached by its name and without it. */
NTSTATUS close(PWSK_SOCKET socket, PIRP irp)
{
	const WSK_PROVIDER_BASIC_DISPATCH *basic = socket->Dispatch;
	const WSK_PROVIDER_CONNECTION_DISPATCH *table = socket->Dispatch;

	if (basic->WskCloseSocket == table->WskCloseSocket)
		return table->Basic.WskCloseSocket(socket, irp);
	return basic->WskCloseSocket(socket, irp);
}

ULONG length_of(PNET_BUFFER_LIST list)
{
	return NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(list));
}

NTSTATUS route(PSOCKADDR_INET to, PMIB_IPFORWARD_ROW2 row, PSOCKADDR_INET from)
{
	return GetBestRoute2(NULL, 0, NULL, to, 0, row, from);
}
