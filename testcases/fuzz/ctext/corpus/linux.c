/* a driver */
#ifndef X
#define X "a\"b" \
	'c'
#endif
#include <linux/module.h>
#include "own.h"
// so2check: allow(lin-mem-leak) freed elsewhere
static int f(int a, char *b)
{
	return g(a, (b)[1], "x,)", '\''); /* so2check: allow(lin-a, lin-b) why */
}
module_init(f);
===
#pragma once
#include <linux/slab.h>
int own;
