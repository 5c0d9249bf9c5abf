/* Results that may be NULL, used without a test. */
#include <linux/buffer_head.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

struct gauge {
	struct work_struct work;
	int *samples;
	char *name;
	int count;
};

/* trap: lin-null-unchecked nofail */
struct gauge *gauge_new(int count)
{
	struct gauge *g = kmalloc(sizeof(*g), GFP_KERNEL); /* note: lin-null-unchecked "kmalloc" */

	g->count = count; /* expect: lin-null-unchecked "g" */
	return g;
}

/* The pointer is a field. */
/* trap: lin-null-unchecked tested-in-field */
int gauge_init(struct gauge *g, int n)
{
	int i;

	g->samples = kcalloc(n, sizeof(*g->samples), GFP_KERNEL); /* note: lin-null-unchecked "kcalloc" */
	for (i = 0; i < n; i++)
		g->samples[i] = i; /* expect: lin-null-unchecked "g->samples" */
	g->count = n;
	return 0;
}

/* Tested on one of two paths only. */
/* trap: lin-null-unchecked wrapped-test */
char *gauge_label(const char *name, bool strict)
{
	char *label = vzalloc(64); /* note: lin-null-unchecked "vzalloc" */

	if (strict) {
		if (!label)
			return NULL;
	}
	strscpy(label, name, 64); /* expect: lin-null-unchecked "label" */
	return label;
}

/* Tested after the use. */
int gauge_name(struct gauge *g, const char *name)
{
	char *copy = kstrdup(name, GFP_KERNEL); /* note: lin-null-unchecked "kstrdup" */

	copy[0] = '_'; /* expect: lin-null-unchecked "copy" */
	if (!copy)
		return -ENOMEM;
	g->name = copy;
	return 0;
}

/* Given to a function that writes there. */
/* trap: lin-null-unchecked free-null */
void *gauge_page(void)
{
	unsigned long addr = __get_free_page(GFP_KERNEL); /* note: lin-null-unchecked "__get_free_page" */

	memset((void *)addr, 0, PAGE_SIZE); /* expect: lin-null-unchecked "addr" */
	return (void *)addr;
}

struct workqueue_struct *gauge_start(struct gauge *g)
{
	struct workqueue_struct *wq = create_workqueue("gauge"); /* note: lin-null-unchecked "create_workqueue" */

	queue_work(wq, &g->work); /* expect: lin-null-unchecked "wq" */ /* expect: lin-init-missing "g->work" */
	return wq;
}

/* The wrong pointer is tested. */
/* trap: lin-null-unchecked callee-tests */
struct gauge *gauge_pair(void)
{
	struct gauge *a, *b;

	a = kzalloc(sizeof(*a), GFP_KERNEL);
	if (!a)
		return NULL;
	b = kzalloc(sizeof(*b), GFP_KERNEL); /* note: lin-null-unchecked "kzalloc" */
	if (!a)
		return NULL;
	b->count = 1; /* expect: lin-null-unchecked "b" */
	a->samples = &b->count;
	return a;
}

/* trap: lin-null-unchecked truth-value */
int gauge_ports(unsigned long base)
{
	request_region(base, 8, "gauge"); /* expect: lin-null-unchecked "request_region" */
	return 0;
}

void gauge_switch(unsigned long base)
{
	void __iomem *regs = ioremap(base, 16);

	writel(1, regs + 4); /* expect: lin-null-unchecked "regs" */
	iounmap(regs);
}

struct inode *gauge_inode(struct super_block *sb)
{
	struct inode *inode = new_inode(sb);

	inode->i_ino = 2; /* expect: lin-null-unchecked "inode" */
	return inode;
}

int gauge_magic(struct super_block *sb)
{
	struct buffer_head *bh = sb_bread(sb, 0);
	int magic = bh->b_data[0]; /* expect: lin-null-unchecked "bh" */

	brelse(bh);
	return magic;
}

struct page *gauge_reserved(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	SetPageReserved(page); /* expect: lin-null-unchecked "page" */
	return page;
}

/* Mapping a page looks into its record, and gives an address whatever it finds there. */
void gauge_clear(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct page *high = alloc_page(GFP_HIGHUSER);

	memset(page_address(page), 0, PAGE_SIZE); /* expect: lin-null-unchecked "page" */
	memset(kmap_local_page(high), 0, PAGE_SIZE); /* expect: lin-null-unchecked "high" */
	__free_page(page);
	__free_page(high);
}

/* Without reclaim it may fail. */
/* trap: lin-null-unchecked bio-reclaim */
struct bio *gauge_bio(struct block_device *bdev)
{
	struct bio *bio = bio_alloc(bdev, 1, REQ_OP_READ, GFP_ATOMIC); /* note: lin-null-unchecked "bio_alloc" */

	bio->bi_iter.bi_sector = 0; /* expect: lin-null-unchecked "bio" */
	return bio;
}
