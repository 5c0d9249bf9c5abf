/* Mappings undone in the wrong order. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/highmem.h>
#include <linux/string.h>

void pages_copy(struct page *source, struct page *target)
{
	char *from = kmap_local_page(source); /* note: lin-bio-kmap "from is mapped here" */
	char *to = kmap_local_page(target);

	memcpy(to, from, PAGE_SIZE);
	kunmap_local(from); /* expect: lin-bio-kmap "from is unmapped here while" */
	kunmap_local(to);
}

void pages_swap(struct page *first, struct page *second)
{
	char *a = kmap_atomic(first);
	char *b = kmap_atomic(second);

	swap(*a, *b);
	kunmap_atomic(a); /* expect: lin-bio-kmap "a" */
	kunmap_atomic(b);
}

/* trap: lin-bio-kmap local-may-sleep
 * But it must be undone. */
int pages_check(struct page *page)
{
	char *p = kmap_local_page(page);

	if (*p != 'x')
		return -EINVAL; /* expect: lin-bio-kmap "returns here with p still mapped" */
	kunmap_local(p);
	return 0;
}

/* trap: lin-bio-kmap moved-pointer
 * Moved, and undone too early. */
void pages_fill(struct page *page, struct page *other)
{
	char *p = kmap_local_page(page), *q = kmap_local_page(other);

	p += 16;
	*p = *q;
	kunmap_local(p); /* expect: lin-bio-kmap "p" */
	kunmap_local(q);
}
