/* Network protocol headers and the types below them; mingw-w64 lacks the header. */
#ifndef SO2CHECK_NETIODEF_H
#define SO2CHECK_NETIODEF_H
#include <ws2def.h>

#include <ws2ipdef.h>

#include "so2check_net_buffer.h"
#endif
