/* What a helper keeps, where it keeps it, and what the caller still has to do with it. */
#include <asm/unaligned.h>
#include <linux/bio.h>
#include <linux/crc32.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

struct crew {
	struct list_head members;
	char *motto;
};

struct sailor {
	struct list_head link;
	int rank;
};

/* On the list, and returned: the list is the owner. */
static struct sailor *crew_add(struct crew *c, int rank)
{
	struct sailor *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return NULL;
	s->rank = rank;
	list_add_tail(&s->link, &c->members);
	return s;
}

int crew_muster(struct crew *c)
{
	if (!crew_add(c, 1))
		return -ENOMEM;
	return 0; /* ok: lin-mem-leak */
}

/* What is stored points into the copy. */
int crew_motto(struct crew *c, const char *text)
{
	char *copy = kstrdup(text, GFP_KERNEL);

	if (!copy)
		return -ENOMEM;
	kfree(c->motto);
	c->motto = strim(copy);
	return 0; /* ok: lin-mem-leak */
}

struct convoy {
	struct crew **crews;
	struct crew *few[4];
	struct bio bio;
};

/* Around what is handed on: its end-of-transfer function finds the list by container_of. */
void convoy_sail(struct block_device *bdev, struct bio_set *pool, int count)
{
	struct bio *bio = bio_alloc_bioset(bdev, 1, REQ_OP_WRITE, GFP_NOIO, pool);
	struct convoy *convoy = container_of(bio, struct convoy, bio);

	convoy->crews = kcalloc(count, sizeof(*convoy->crews), GFP_NOIO);
	if (!convoy->crews)
		convoy->crews = convoy->few;
	submit_bio(bio);
} /* ok: lin-mem-leak */
