/* The length, or a bio that has room. */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/errno.h>

struct stream {
	struct bio *bio;
	struct block_device *bdev;
	int pages;
};

int stream_put(struct stream *s, struct page *page)
{
	if (bio_add_page(s->bio, page, PAGE_SIZE, 0) != PAGE_SIZE)
		return -ENOSPC;
	s->pages++;
	return 0;
}

/* trap: lin-bio-add-page tested-for-zero */
int stream_last(struct bio *bio, struct page *page)
{
	if (!bio_add_page(bio, page, 512, 0)) /* ok: lin-bio-add-page */
		return -ENOSPC;
	submit_bio(bio);
	return 0;
}

/* trap: lin-bio-add-page fresh-bio */
void stream_one(struct stream *s, struct page *page)
{
	struct bio *bio = bio_alloc(s->bdev, 1, REQ_OP_WRITE, GFP_NOIO);
	struct bio_vec vec;
	struct bio own;

	bio_add_page(bio, page, PAGE_SIZE, 0); /* ok: lin-bio-add-page */
	submit_bio(bio);
	bio_init(&own, s->bdev, &vec, 1, REQ_OP_WRITE);
	bio_add_page(&own, page, PAGE_SIZE, 0); /* ok: lin-bio-add-page */
	submit_bio_wait(&own);
}
