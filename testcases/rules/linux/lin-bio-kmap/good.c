/* Last mapped, first unmapped. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/highmem.h>
#include <linux/string.h>

void pages_copy(struct page *source, struct page *target)
{
	char *from = kmap_local_page(source);
	char *to = kmap_local_page(target);

	memcpy(to, from, PAGE_SIZE);
	kunmap_local(to);
	kunmap_local(from);
}

/* trap: lin-bio-kmap local-may-sleep */
int pages_check(struct page *page)
{
	char *p = kmap_local_page(page);
	int err = 0;

	if (*p != 'x') {
		msleep(1);
		err = -EINVAL;
	}
	kunmap_local(p);
	return err;
}

/* trap: lin-bio-kmap moved-pointer */
void pages_fill(struct page *page, struct page *other)
{
	char *q = kmap_local_page(other), *p = kmap_local_page(page);

	p += 16;
	*p = *q;
	kunmap_local(p);
	kunmap_local(q);
}

void pages_each(struct page **pages, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		char *p = kmap_atomic(pages[i]);

		*p = 0;
		kunmap_atomic(p);
	}
}
