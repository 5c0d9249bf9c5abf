/* Socket addresses and constants of ws2def.h, which mingw-w64 keeps for programs. */
#ifndef SO2CHECK_WS2DEF_H
#define SO2CHECK_WS2DEF_H
#include <inaddr.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- address families, kinds of sockets, levels --- */
typedef USHORT ADDRESS_FAMILY;
#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_INET 2
#define AF_IPX 6
#define AF_NETBIOS 17
#define AF_INET6 23
#define AF_BTH 32
#define AF_HYPERV 34
#define PF_UNSPEC AF_UNSPEC
#define PF_INET AF_INET
#define PF_INET6 AF_INET6
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3
#define SOCK_RDM 4
#define SOCK_SEQPACKET 5
#define SOL_SOCKET 0xffff
#define SOL_IP 0xfffb
#define SOL_IPV6 0xfffa
#define SOMAXCONN 0x7fffffff

/* --- options at SOL_SOCKET --- */
#define SO_DEBUG 0x0001
#define SO_ACCEPTCONN 0x0002
#define SO_REUSEADDR 0x0004
#define SO_KEEPALIVE 0x0008
#define SO_DONTROUTE 0x0010
#define SO_BROADCAST 0x0020
#define SO_LINGER 0x0080
#define SO_OOBINLINE 0x0100
#define SO_EXCLUSIVEADDRUSE ((int)(~SO_REUSEADDR))
#define SO_SNDBUF 0x1001
#define SO_RCVBUF 0x1002
#define SO_SNDTIMEO 0x1005
#define SO_RCVTIMEO 0x1006
#define SO_ERROR 0x1007
#define SO_TYPE 0x1008
#define SO_CONDITIONAL_ACCEPT 0x3002
#define SO_PAUSE_ACCEPT 0x3003
#define SO_PORT_SCALABILITY 0x3006

/* --- protocols --- */
typedef enum {
	IPPROTO_HOPOPTS,
	IPPROTO_ICMP,
	IPPROTO_IGMP,
	IPPROTO_GGP,
	IPPROTO_IPV4,
	IPPROTO_ST,
	IPPROTO_TCP,
	IPPROTO_EGP = 8,
	IPPROTO_IGP,
	IPPROTO_PUP = 12,
	IPPROTO_UDP = 17,
	IPPROTO_IDP = 22,
	IPPROTO_RDP = 27,
	IPPROTO_IPV6 = 41,
	IPPROTO_ROUTING = 43,
	IPPROTO_FRAGMENT,
	IPPROTO_ESP = 50,
	IPPROTO_AH,
	IPPROTO_ICMPV6 = 58,
	IPPROTO_NONE,
	IPPROTO_DSTOPTS,
	IPPROTO_ND = 77,
	IPPROTO_PIM = 103,
	IPPROTO_SCTP = 132,
	IPPROTO_RAW = 255,
	IPPROTO_MAX
} IPPROTO,
	*PIPPROTO;
#define IPPROTO_IP 0
#define TCP_NODELAY 1

/* --- addresses --- */
#define INADDR_ANY ((ULONG)0x00000000)
#define INADDR_LOOPBACK 0x7f000001
#define INADDR_BROADCAST ((ULONG)0xffffffff)
#define INADDR_NONE 0xffffffff
#define SOCKADDR_SIZE 128

/* Names that winsock2.h declares as well stand behind macros of their own, in
 * case a newer mingw-w64 moves them here. */
#ifndef _MINGW_IP_TYPES_H
#define _MINGW_IP_TYPES_H
typedef struct sockaddr {
	ADDRESS_FAMILY sa_family;
	CHAR sa_data[14];
} SOCKADDR, *PSOCKADDR, *LPSOCKADDR;

typedef struct sockaddr_in {
	ADDRESS_FAMILY sin_family;
	USHORT sin_port;
	IN_ADDR sin_addr;
	CHAR sin_zero[8];
} SOCKADDR_IN, *PSOCKADDR_IN, *LPSOCKADDR_IN;

typedef struct linger {
	USHORT l_onoff, l_linger;
} LINGER, *PLINGER;
#endif

typedef struct sockaddr_storage {
	ADDRESS_FAMILY ss_family;
	CHAR so2check_first[6];
	LONGLONG so2check_align;
	CHAR so2check_rest[112];
} SOCKADDR_STORAGE_LH, *PSOCKADDR_STORAGE_LH, SOCKADDR_STORAGE, *PSOCKADDR_STORAGE, *LPSOCKADDR_STORAGE;

typedef struct _SOCKET_ADDRESS {
	LPSOCKADDR lpSockaddr;
	INT iSockaddrLength;
} SOCKET_ADDRESS, *PSOCKET_ADDRESS, *LPSOCKET_ADDRESS;

typedef struct _SOCKET_ADDRESS_LIST {
	INT iAddressCount;
	SOCKET_ADDRESS Address[1];
} SOCKET_ADDRESS_LIST, *PSOCKET_ADDRESS_LIST;

/* --- control data, address information --- */
typedef struct _WSABUF {
	ULONG len;
	CHAR *buf;
} WSABUF, *LPWSABUF;

typedef struct cmsghdr {
	SIZE_T cmsg_len;
	INT cmsg_level, cmsg_type;
} CMSGHDR, *PCMSGHDR, WSACMSGHDR, *PWSACMSGHDR;
#define CMSGHDR_ALIGN(length) (((length) + sizeof(ULONG_PTR) - 1) & ~(sizeof(ULONG_PTR) - 1))
#define CMSGDATA_ALIGN(length) CMSGHDR_ALIGN(length)
#define WSA_CMSG_DATA(header) ((PUCHAR)(header) + CMSGDATA_ALIGN(sizeof(WSACMSGHDR)))
#define WSA_CMSG_SPACE(length) (CMSGDATA_ALIGN(sizeof(WSACMSGHDR) + CMSGHDR_ALIGN(length)))
#define WSA_CMSG_LEN(length) (CMSGDATA_ALIGN(sizeof(WSACMSGHDR)) + (length))
#define CMSG_DATA WSA_CMSG_DATA
#define CMSG_SPACE WSA_CMSG_SPACE
#define CMSG_LEN WSA_CMSG_LEN

typedef struct addrinfo {
	INT ai_flags, ai_family, ai_socktype, ai_protocol;
	SIZE_T ai_addrlen;
	CHAR *ai_canonname;
	struct sockaddr *ai_addr;
	struct addrinfo *ai_next;
} ADDRINFOA, *PADDRINFOA;

typedef struct addrinfoW {
	INT ai_flags, ai_family, ai_socktype, ai_protocol;
	SIZE_T ai_addrlen;
	PWSTR ai_canonname;
	struct sockaddr *ai_addr;
	struct addrinfoW *ai_next;
} ADDRINFOW, *PADDRINFOW;

typedef struct addrinfoexW {
	INT ai_flags, ai_family, ai_socktype, ai_protocol;
	SIZE_T ai_addrlen;
	PWSTR ai_canonname;
	struct sockaddr *ai_addr;
	PVOID ai_blob;
	SIZE_T ai_bloblen;
	LPGUID ai_provider;
	struct addrinfoexW *ai_next;
} ADDRINFOEXW, *PADDRINFOEXW;
#define AI_PASSIVE 1
#define AI_CANONNAME 2
#define AI_NUMERICHOST 4
#define AI_NUMERICSERV 8
#define NS_ALL 0
#define NS_DNS 12

/* --- I/O control codes --- */
#define IOC_VOID 0x20000000
#define IOC_OUT 0x40000000
#define IOC_IN 0x80000000
#define IOC_INOUT (IOC_IN | IOC_OUT)
#define IOC_WS2 0x08000000
#define IOC_VENDOR 0x18000000
#define _WSAIO(kind, code) (IOC_VOID | (kind) | (code))
#define _WSAIOR(kind, code) (IOC_OUT | (kind) | (code))
#define _WSAIOW(kind, code) (IOC_IN | (kind) | (code))
#define _WSAIORW(kind, code) (IOC_INOUT | (kind) | (code))
#define SIO_ADDRESS_LIST_QUERY _WSAIOR(IOC_WS2, 22)
#define SIO_ADDRESS_LIST_CHANGE _WSAIO(IOC_WS2, 23)
#define SIO_ADDRESS_LIST_SORT _WSAIORW(IOC_WS2, 25)
#define SIO_ROUTING_INTERFACE_QUERY _WSAIORW(IOC_WS2, 20)

#ifdef __cplusplus
}
#endif
#endif
