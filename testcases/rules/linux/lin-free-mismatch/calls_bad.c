/* The driver's destructor does not fit its constructor. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

struct table {
	int *cells;
};

static int *table_alloc(int n)
{
	return vmalloc(array_size(n, sizeof(int)));
}

static void table_free(int *cells)
{
	kfree(cells);
}

int table_sum(int n)
{
	int *cells = table_alloc(n);
	int i, sum = 0;

	if (!cells)
		return -ENOMEM;
	for (i = 0; i < n; i++)
		sum += i;
	cells[0] = sum;
	table_free(cells); /* expect: lin-free-mismatch "cells" */
	return sum;
}
