/* <ddk/ntstrsafe.h>, as sources for mingw-w64 and Wine write it. */
#include <ntstrsafe.h>
