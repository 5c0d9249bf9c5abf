/* mingw-w64's own conflicts with wdm.h, which has the same types. */
#include <ntddk.h>
