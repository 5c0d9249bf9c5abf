/* Pages that may not have fit. */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/errno.h>

struct stream {
	struct bio *bio;
	struct block_device *bdev;
	int pages;
};

void stream_put(struct stream *s, struct page *page)
{
	bio_add_page(s->bio, page, PAGE_SIZE, 0); /* expect: lin-bio-add-page "nothing looks at the result of bio_add_page" */
	s->pages++;
}

/* trap: lin-bio-add-page tested-for-zero
 * No error code is ever returned. */
int stream_last(struct bio *bio, struct page *page)
{
	int added = bio_add_page(bio, page, 512, 0); /* note: lin-bio-add-page "added comes from bio_add_page" */

	if (added < 0) /* expect: lin-bio-add-page "added is never negative" */
		return added;
	submit_bio(bio);
	return 0;
}

/* trap: lin-bio-add-page fresh-bio
 * The fresh one takes the first page, the other perhaps not the second. */
void stream_split(struct stream *s, struct page *first, struct page *second)
{
	struct bio *bio = bio_alloc(s->bdev, 1, REQ_OP_WRITE, GFP_NOIO);

	bio_add_page(bio, first, PAGE_SIZE, 0);
	submit_bio(bio);
	bio_add_page(s->bio, second, PAGE_SIZE, 0); /* expect: lin-bio-add-page "did not fit" */
}
