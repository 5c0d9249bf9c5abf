/* Tested in one of the many ways, or never NULL. */
#include <linux/bio.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/ioport.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

struct gauge {
	struct work_struct work;
	int *samples;
	char *name;
	int count;
};

struct gauge *gauge_new(int count)
{
	struct gauge *g = kmalloc(sizeof(*g), GFP_KERNEL);

	if (!g)
		return NULL;
	g->count = count; /* ok: lin-null-unchecked */
	return g;
}

/* Trap: stored in a structure and tested there. */
/* trap: lin-null-unchecked tested-in-field */
int gauge_init(struct gauge *g, int n)
{
	int i;

	g->samples = kcalloc(n, sizeof(*g->samples), GFP_KERNEL);
	if (g->samples == NULL)
		return -ENOMEM;
	for (i = 0; i < n; i++)
		g->samples[i] = i; /* ok: lin-null-unchecked */
	return 0;
}

/* Trap: stored now, tested by whoever uses it. */
void gauge_prepare(struct gauge *g, int n)
{
	g->samples = kcalloc(n, sizeof(*g->samples), GFP_KERNEL);
	g->count = g->samples ? n : 0; /* ok: lin-null-unchecked */
}

/* Trap: several results tested together. */
int gauge_both(struct gauge *g)
{
	int *samples = kmalloc(64, GFP_KERNEL);
	char *name = kmalloc(16, GFP_KERNEL);

	if (!samples || !name) {
		kfree(samples); /* ok: lin-null-unchecked */
		kfree(name);
		return -ENOMEM;
	}
	samples[0] = 1; /* ok: lin-null-unchecked */
	name[0] = 0; /* ok: lin-null-unchecked */
	g->samples = samples;
	g->name = name;
	return 0;
}

/* Trap: unlikely(), WARN_ON() and IS_ERR_OR_NULL() around the test. */
/* trap: lin-null-unchecked wrapped-test */
char *gauge_label(int kind)
{
	char *label = kmalloc(64, GFP_KERNEL);

	if (unlikely(!label))
		return NULL;
	label[0] = 'a' + kind; /* ok: lin-null-unchecked */
	return label;
}

char *gauge_warn(int kind)
{
	char *label = kmalloc(64, GFP_KERNEL);

	if (WARN_ON(!label))
		return NULL;
	label[0] = 'a' + kind; /* ok: lin-null-unchecked */
	return label;
}

char *gauge_either(int kind)
{
	char *label = kmalloc(64, GFP_KERNEL);

	if (IS_ERR_OR_NULL(label))
		return NULL;
	label[0] = 'a' + kind; /* ok: lin-null-unchecked */
	return label;
}

/* Trap: the assignment is inside the condition. */
char *gauge_inline(int kind)
{
	char *label;

	if (!(label = kmalloc(64, GFP_KERNEL)))
		return NULL;
	label[0] = 'a' + kind; /* ok: lin-null-unchecked */
	return label;
}

/* Trap: freeing NULL is fine. */
/* trap: lin-null-unchecked free-null */
void gauge_noop(void)
{
	kfree(kmalloc(16, GFP_KERNEL)); /* ok: lin-null-unchecked */
}

/* Trap: tested in a callee. */
static bool gauge_valid(const char *label)
{
	return label != NULL;
}

/* trap: lin-null-unchecked callee-tests */
char *gauge_checked(int kind)
{
	char *label = kmalloc(64, GFP_KERNEL);

	if (!gauge_valid(label))
		return NULL;
	label[0] = 'a' + kind; /* ok: lin-null-unchecked */
	return label;
}

/* Trap: waits for memory rather than fail. */
/* trap: lin-null-unchecked bio-reclaim */
struct bio *gauge_bio(struct block_device *bdev)
{
	struct bio *bio = bio_alloc(bdev, 1, REQ_OP_READ, GFP_NOIO);

	bio->bi_iter.bi_sector = 0; /* ok: lin-null-unchecked */
	return bio;
}

struct bio *gauge_pooled_bio(struct block_device *bdev, struct bio_set *pool)
{
	struct bio *bio = bio_alloc_bioset(bdev, 1, REQ_OP_READ, GFP_NOIO, pool);

	bio->bi_iter.bi_sector = 0; /* ok: lin-null-unchecked */
	return bio;
}

/* Trap: used as a truth value only. */
/* trap: lin-null-unchecked truth-value */
int gauge_ports(unsigned long base)
{
	if (!request_region(base, 8, "gauge")) /* ok: lin-null-unchecked */
		return -EBUSY;
	return 0;
}

/* Trap: asked for its size only, never followed. */
size_t gauge_size(void)
{
	struct gauge *g = kmalloc(sizeof(*g), GFP_KERNEL); /* ok: lin-null-unchecked */

	kfree(g);
	return sizeof(g->count);
}

/* Trap: the flags say that it must not fail. */
/* trap: lin-null-unchecked nofail */
int *gauge_must(int n)
{
	int *samples = kmalloc(n, GFP_KERNEL | __GFP_NOFAIL);

	samples[0] = 1; /* ok: lin-null-unchecked */
	return samples;
}

struct tally_cpu {
	unsigned long packets;
};

struct tally {
	struct tally_cpu __percpu *cpus;
};

/* The pointer only names a type here: nothing is read through it. */
int tally_open(struct tally *t)
{
	t->cpus = alloc_percpu(*t->cpus);
	if (!t->cpus)
		return -ENOMEM;
	return 0;
}
