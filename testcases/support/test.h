/* cmocka with the headers it wants before it. Include this one first. */
#ifndef SO2_TEST_H
#define SO2_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
