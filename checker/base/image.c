/* See image.h. The record of the image itself lies at its beginning, the arena after it: they are kept, too. */
#include "base/image.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/* Far from where Linux puts programs, libraries, heaps and stacks by itself, and from what sanitizers use. Only
 * addresses: memory is taken as it is filled. */
#define HOME ((void *)0x200000000000)
#define HOME_SIZE ((size_t)256 << 20)

struct image {
	_Alignas(max_align_t) struct arena *arena;
	void *root;
};

static struct image *reserve(void)
{
	void *home = mmap(HOME, HOME_SIZE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

	if (home == MAP_FAILED)
		return NULL;
	if (home != HOME) { /* a kernel that does not know the flag takes the address for a wish */
		munmap(home, HOME_SIZE);
		return NULL;
	}
	madvise(home, HOME_SIZE, MADV_HUGEPAGE); /* a wish, too */
	return home;
}

struct image *image_create(size_t root_size)
{
	struct image *image = reserve();

	if (!image)
		return NULL;
	image->arena = arena_create_within(image + 1, HOME_SIZE - sizeof(*image));
	image->root = arena_alloc(image->arena, root_size);
	return image;
}

void image_destroy(struct image *image)
{
	if (!image)
		return;
	arena_destroy(image->arena);
	munmap(image, HOME_SIZE);
}

void *image_root(struct image *image)
{
	return image->root;
}

struct arena *image_arena(struct image *image)
{
	return image->arena;
}

/* ---- keeping -------------------------------------------------------------------- */

struct mapping {
	uintptr_t start, end;
};

/* No object lies in larger ones, or in what cannot be read: sanitizers take and reserve addresses that numbers and
 * texts look like ("atomic" is 0x63696d6f7461). */
#define LARGEST_MAPPING ((uintptr_t)1 << 36)

/* All memory of the process but the image. false: it cannot be told. */
static bool list_mappings(struct arena *arena, struct mapping **mappings, size_t *count)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	size_t capacity = 0;
	char line[512], access;
	bool is_start = true;

	*mappings = NULL;
	*count = 0;
	while (maps && fgets(line, sizeof(line), maps)) {
		struct mapping mapping;
		if (is_start &&
		    sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %c", &mapping.start, &mapping.end, &access) == 3 &&
		    access == 'r' && mapping.start != (uintptr_t)HOME && mapping.end - mapping.start <= LARGEST_MAPPING)
			ARENA_PUSH(arena, *mappings, *count, capacity, mapping);
		is_start = strchr(line, '\n') != NULL; /* else a long path goes on */
	}
	if (maps)
		fclose(maps);
	return *count > 0;
}

static bool is_mapped(const struct mapping *mappings, size_t count, uintptr_t address)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (address >= mappings[middle].end)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && address >= mappings[low].start;
}

const char *image_bytes(const struct image *image, size_t *length)
{
	struct arena *scratch = arena_create();
	const uintptr_t *words = (const uintptr_t *)image;
	struct mapping *mappings;
	size_t count;
	bool is_closed = list_mappings(scratch, &mappings, &count);

	*length = sizeof(*image) + arena_within(image->arena);
	for (size_t i = 0; i < *length / sizeof(*words) && is_closed; i++)
		is_closed = !is_mapped(mappings, count, words[i]);
	arena_destroy(scratch);
	return is_closed ? (const char *)image : NULL;
}

struct image *image_restore(size_t (*fill)(void *context, void *memory, size_t size), void *context)
{
	struct image *image = reserve();

	if (image && fill(context, image, HOME_SIZE) < sizeof(*image)) {
		munmap(image, HOME_SIZE);
		return NULL;
	}
	return image;
}
