/* Images: objects that are the same after they were read back, and pools that go with them. */
#include "test.h"

#include "base/image.h"
#include "base/intern.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct link {
	struct link *next;
	const char *text;
	int number;
};

struct kept {
	struct link *first;
	const struct intern_table *names;
	const void *other;
};

struct bytes {
	char *start;
	size_t length;
};

static size_t put_back(void *context, void *memory, size_t size)
{
	const struct bytes *bytes = context;

	if (bytes->length > size)
		return 0;
	memcpy(memory, bytes->start, bytes->length);
	return bytes->length;
}

static struct bytes copy_of(const struct image *image)
{
	struct bytes copy = { 0 };
	const char *start = image_bytes(image, &copy.length);

	assert_non_null(start);
	copy.start = malloc(copy.length);
	memcpy(copy.start, start, copy.length);
	return copy;
}

enum { LINKS = 5000 };

static struct image *make_chain(void)
{
	struct image *image = image_create(sizeof(struct kept));
	struct kept *kept = image_root(image);

	for (int i = 0; i < LINKS; i++) {
		struct link *link = ARENA_NEW(image_arena(image), struct link);
		*link = (struct link){ kept->first, arena_printf(image_arena(image), "link %d", i), i };
		kept->first = link;
	}
	return image;
}

static void objects_come_back(void **state)
{
	struct image *image = make_chain();
	struct bytes bytes = copy_of(image);
	int count = 0;

	(void)state;
	image_destroy(image);
	image = image_restore(put_back, &bytes);
	assert_non_null(image);
	for (const struct link *link = ((struct kept *)image_root(image))->first; link; link = link->next) {
		char text[32];
		count++;
		snprintf(text, sizeof(text), "link %d", LINKS - count);
		assert_int_equal(link->number, LINKS - count);
		assert_string_equal(link->text, text);
	}
	assert_int_equal(count, LINKS);
	assert_string_equal(arena_strdup(image_arena(image), "goes on"), "goes on");
	image_destroy(image);
	free(bytes.start);
}

static void pointers_out_are_seen(void **state)
{
	struct image *image = make_chain();
	struct kept *kept = image_root(image);
	char *elsewhere = malloc(100);
	size_t length;

	(void)state;
	assert_non_null(image_bytes(image, &length));
	kept->other = elsewhere + 50;
	assert_null(image_bytes(image, &length));
	kept->other = "a literal of the program";
	assert_null(image_bytes(image, &length));
	kept->other = &length;
	assert_null(image_bytes(image, &length));
	kept->other = (const char *)kept->first + 3;
	assert_non_null(image_bytes(image, &length));
	free(elsewhere);
	image_destroy(image);
}

static void only_one_at_a_time(void **state)
{
	struct image *image = image_create(8);
	struct bytes bytes = copy_of(image);

	(void)state;
	assert_null(image_create(8));
	assert_null(image_restore(put_back, &bytes));
	image_destroy(image);
	image = image_create(8);
	assert_non_null(image);
	image_destroy(image);
	image_destroy(NULL);
	free(bytes.start);
}

static size_t put_nothing(void *context, void *memory, size_t size)
{
	(void)context;
	(void)memory;
	(void)size;
	return 0;
}

static void nothing_is_no_image(void **state)
{
	(void)state;
	assert_null(image_restore(put_nothing, NULL));
	struct image *image = image_create(8); /* the addresses are free again */
	assert_non_null(image);
	image_destroy(image);
}

static void names_come_back(void **state)
{
	struct intern_pool *pool = intern_create(), *full = intern_create(), *later = intern_create();
	struct image *image = image_create(sizeof(struct kept));
	struct kept *kept = image_root(image);
	char text[32];

	(void)state;
	intern_open_image(pool, image);
	const char *kfree = intern(pool, "kfree");
	for (int i = 0; i < LINKS; i++) {
		snprintf(text, sizeof(text), "name_%d", i);
		intern(pool, text);
	}
	kept->names = intern_image_table(pool);
	intern_close_image(pool);
	struct bytes bytes = copy_of(image);
	assert_ptr_equal(intern(pool, "kfree"), kfree);
	intern(pool, "not in the image");
	intern_destroy(pool); /* and the image */

	image = image_restore(put_back, &bytes);
	assert_non_null(image);
	kept = image_root(image);
	intern(full, "something");
	assert_false(intern_adopt(full, image, kept->names));
	assert_true(intern_adopt(later, image, kept->names));
	assert_ptr_equal(intern_find(later, "kfree"), kfree);
	assert_null(intern_find(later, "not in the image"));
	for (int i = 0; i < 2 * LINKS; i++) {
		snprintf(text, sizeof(text), "name_%d", i);
		const char *known = intern_find(later, text);
		assert_int_equal(known != NULL, i < LINKS);
		assert_true(!known || intern(later, text) == known);
		assert_string_equal(intern(later, text), text);
	}
	intern_destroy(later);
	intern_destroy(full);
	free(bytes.start);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_come_back),  cmocka_unit_test(pointers_out_are_seen),
		cmocka_unit_test(only_one_at_a_time), cmocka_unit_test(nothing_is_no_image),
		cmocka_unit_test(names_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
