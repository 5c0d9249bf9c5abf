#include <linux/slab.h>
#include "plough.h"

static struct kmem_cache *plough_cache;

int plough_create(void)
{
	plough_cache = kmem_cache_create("plough", 64, 0, 0, NULL);
	return plough_cache ? 0 : -ENOMEM;
}

void plough_destroy(void)
{
	kmem_cache_destroy(plough_cache);
}
