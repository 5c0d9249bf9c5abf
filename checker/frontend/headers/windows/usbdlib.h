/* mingw-w64's takes types of usb.h without including it. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <usb.h>
#include <usbioctl.h>
#endif
#include_next <usbdlib.h>
