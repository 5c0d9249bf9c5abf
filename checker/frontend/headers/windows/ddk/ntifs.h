/* <ddk/ntifs.h>, as sources for mingw-w64 and Wine write it. */
#include <ntifs.h>
