/* See rule_image.h. */
#include "rule_image.h"

#include "base/file.h"
#include "base/paths.h"
#include "base/text.h"

#include <string.h>

#define FORMAT "rules 3"

struct watched_file {
	const char *path; /* interned */
	struct file_state state;
};

/* The root of the image. */
struct kept_rules {
	const struct rule_set *set;
	const struct intern_table *names;
	struct watched_file *files;
	int count, capacity;
};

/* While rules are loaded. */
struct rule_image {
	struct image *image;
	struct keymap *seen; /* interned path -> anything */
	time_t started;
};

/* Rules belong to the executable whose types they are made of, and paths may be relative. NULL: one of them is gone. */
static const char *name_of(struct arena *arena, const char *const *packs, int count)
{
	const char *program = file_stamp(arena, "/proc/self/exe", NULL), *folder = current_folder(arena);
	struct text text = text_create(arena);
	char key[CACHE_KEY_SIZE];

	if (!program || !folder)
		return NULL;
	text_printf(&text, FORMAT " " SO2_VERSION " %s\n%s\n", program, folder);
	for (int i = 0; i < count; i++)
		text_printf(&text, "%s\n", packs[i]);
	cache_key(text_get(&text), text.length, key);
	return arena_printf(arena, "%s.rules", key);
}

/* ---- taking --------------------------------------------------------------------------- */

struct source {
	struct cache *cache;
	struct arena *arena;
	const char *name;
};

static size_t fill(void *context, void *memory, size_t size)
{
	struct source *source = context;

	return cache_read_into(source->cache, source->arena, source->name, memory, size);
}

static bool is_unchanged(const struct kept_rules *kept)
{
	struct file_state state;

	for (int i = 0; i < kept->count; i++) {
		file_state_get(kept->files[i].path, &state);
		if (memcmp(&state, &kept->files[i].state, sizeof(state)) != 0)
			return false;
	}
	return true;
}

const struct rule_set *rp_image_find(struct loader *loader, struct cache *cache, const char *const *packs,
				     int pack_count)
{
	struct source source = { cache, loader->arena, NULL };

	if (!cache || !(source.name = name_of(loader->arena, packs, pack_count)))
		return NULL;
	struct image *image = image_restore(fill, &source);
	if (!image)
		return NULL;
	const struct kept_rules *kept = image_root(image);
	if (!is_unchanged(kept) || !intern_adopt(loader->pool, image, kept->names)) {
		image_destroy(image);
		return NULL;
	}
	cache_touch(cache, loader->arena, source.name);
	return kept->set;
}

/* ---- making ---------------------------------------------------------------------------- */

void rp_image_begin(struct loader *loader)
{
	struct image *image = image_create(sizeof(struct kept_rules));

	if (!image)
		return;
	loader->image = ARENA_NEW(loader->arena, struct rule_image);
	*loader->image = (struct rule_image){ image, keymap_create(loader->arena), time(NULL) };
	loader->kept = image_arena(image);
	intern_open_image(loader->pool, image);
}

void rp_image_watch(struct loader *loader, const char *path)
{
	if (!loader->image)
		return;
	struct watched_file file = { .path = intern(loader->pool, path) };
	if (keymap_get(loader->image->seen, KEYMAP_KEY(file.path)))
		return;
	keymap_put(loader->image->seen, KEYMAP_KEY(file.path), loader);
	struct kept_rules *kept = image_root(loader->image->image);
	file_state_get(file.path, &file.state);
	ARENA_PUSH(loader->kept, kept->files, kept->count, kept->capacity, file);
}

/* A file that changed just before it was read may have been changed again since, and show the same state. */
static bool is_settled(const struct kept_rules *kept, time_t started)
{
	for (int i = 0; i < kept->count; i++)
		if (kept->files[i].state.changed[0] + FILE_SETTLED_SECONDS > started)
			return false;
	return true;
}

void rp_image_save(struct loader *loader, struct cache *cache, const char *const *packs, int pack_count)
{
	if (!loader->image)
		return;
	struct kept_rules *kept = image_root(loader->image->image);
	const char *name = name_of(loader->arena, packs, pack_count);
	if (!name || !is_settled(kept, loader->image->started))
		return;
	kept->set = loader->set;
	kept->names = intern_image_table(loader->pool);
	size_t length;
	const char *bytes = image_bytes(loader->image->image, &length);
	if (bytes)
		cache_write(cache, loader->arena, name, bytes, length);
}

void rp_image_end(struct loader *loader)
{
	if (loader->image)
		intern_close_image(loader->pool);
}
