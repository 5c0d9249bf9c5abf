/* The kernel's types first, those of ntddk.h too: see so2check_kernel.h. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ntddk.h>
#endif
#include_next <classpnp.h>
/* Sizes that mingw-w64's lacks: of a request with an address and maybe a command. */
#ifndef CLASS_SRBEX_NO_SRBEX_DATA_BUFFER_SIZE
#define CLASS_SRBEX_NO_SRBEX_DATA_BUFFER_SIZE (sizeof(STORAGE_REQUEST_BLOCK) + sizeof(STOR_ADDR_BTL8))
#define CLASS_SRBEX_SCSI_CDB16_BUFFER_SIZE (CLASS_SRBEX_NO_SRBEX_DATA_BUFFER_SIZE + sizeof(SRBEX_DATA_SCSI_CDB16))
#endif
