/* Read by wrappers of headers that drivers and programs share. In a driver they
 * need the kernel's types, which mingw-w64's own would take from winnt.h; that
 * one cannot stand beside wdm.h. So wdm.h comes first, unless windows.h or
 * winnt.h shows that this is a program. Wine's headers want another order. */
#ifndef SO2CHECK_PROGRAM
#if (defined(_WINDOWS_) || defined(_WINNT_)) && !defined(_WDMDDK_)
#define SO2CHECK_PROGRAM
#elif !defined(_WDMDDK_) && __has_include(<_mingw.h>)
#include <wdm.h>
#endif
#endif
