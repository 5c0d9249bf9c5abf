/* See tree_store.h. Numbers are 32 bits in the machine's own order: the cache does not travel.
 *
 *   strings: count, then length and bytes of each
 *   files:   count, then for each: path, stamp, digest in two halves, nodes below it counting the root
 *   nodes:   in the order of the text, NODE_WORDS numbers each; a string is its number + 1, 0 is none */
#include "tree_store.h"

#include "base/file.h"

#include <string.h>
#include <time.h>

#define FORMAT "rules 2 " SO2_VERSION
#define NODE_WORDS 7
#define KIND_BITS 2
#define COLUMN_LIMIT 0xffffu

struct stored_file {
	const char *path, *stamp;
	struct node *root; /* NULL until wanted */
	uint64_t digest;
	const uint32_t *words;
	uint32_t node_count;
	struct stored_file *next;
};

struct tree_store {
	struct loader *loader;
	struct cache *cache;
	const char *name;	   /* in the cache */
	const char **strings;	   /* interned */
	struct keymap *by_path;	   /* interned path -> struct stored_file */
	struct stored_file *files; /* all that were asked for or added in this run */
	bool has_new, is_unfit;
};

/* ---- reading --------------------------------------------------------------------- */

struct words {
	const uint32_t *at;
	size_t left;
};

/* 0 behind the end: counts of nothing. */
static uint32_t take(struct words *words)
{
	if (words->left == 0)
		return 0;
	words->left--;
	return *words->at++;
}

static bool read_strings(struct tree_store *store, struct words *words, uint32_t *count)
{
	struct loader *loader = store->loader;

	*count = take(words);
	if (*count > words->left)
		return false;
	store->strings = ARENA_ARRAY(loader->arena, const char *, (size_t)*count + 1);
	for (uint32_t i = 0; i < *count; i++) {
		uint32_t length = take(words);
		size_t padded = ((size_t)length + 3) / 4;
		if (padded > words->left)
			return false;
		store->strings[i + 1] = intern_n(loader->pool, (const char *)words->at, length);
		words->at += padded;
		words->left -= padded;
	}
	return true;
}

static bool read_files(struct tree_store *store, struct words *words, uint32_t string_count)
{
	struct loader *loader = store->loader;
	uint32_t count = take(words);

	if (count > words->left)
		return false;
	struct stored_file *files = ARENA_ARRAY(loader->arena, struct stored_file, (size_t)count + 1);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t path = take(words), stamp = take(words), low = take(words), high = take(words);
		files[i].digest = (uint64_t)high << 32 | low;
		files[i].node_count = take(words);
		if (path == 0 || path > string_count || stamp == 0 || stamp > string_count)
			return false;
		files[i].path = store->strings[path];
		files[i].stamp = store->strings[stamp];
	}
	for (uint32_t i = 0; i < count; i++) {
		size_t size = (size_t)files[i].node_count * NODE_WORDS;
		if (size > words->left)
			return false;
		files[i].words = words->at;
		words->at += size;
		words->left -= size;
		keymap_put(store->by_path, KEYMAP_KEY(files[i].path), &files[i]);
	}
	return words->left == 0;
}

static struct span make_span(const char *file, uint32_t line, uint32_t columns)
{
	return (struct span){ .file = file,
			      .line = line,
			      .column = columns & COLUMN_LIMIT,
			      .end_line = line,
			      .end_column = columns >> 16 };
}

/* The next node with all below it. What the checksum let pass was written by us. */
static struct node *build(struct tree_store *store, struct words *words, const char *path, struct node **nodes,
			  struct node *parent)
{
	struct node *node = (*nodes)++;
	uint32_t kind = take(words), text = take(words), key = take(words), line = take(words), columns = take(words);
	uint32_t key_line = take(words), key_columns = take(words);

	*node = (struct node){ .kind = (enum node_kind)(kind & ((1u << KIND_BITS) - 1)),
			       .span = make_span(path, line, columns),
			       .text = text ? store->strings[text] : NULL,
			       .key = key ? store->strings[key] : NULL,
			       .parent = parent,
			       .count = (int)(kind >> KIND_BITS) };
	node->capacity = node->count;
	if (key)
		node->key_span = make_span(path, key_line, key_columns);
	if (node->count > 0)
		node->items = ARENA_ARRAY(store->loader->arena, struct node *, (size_t)node->count);
	for (int i = 0; i < node->count; i++) {
		node->items[i] = build(store, words, path, nodes, node);
		node->items[i]->index = node->kind == NODE_LIST ? i : 0;
	}
	return node;
}

struct tree_store *rp_store_open(struct loader *loader, struct cache *cache, const char *const *packs, int pack_count)
{
	const char *identity = FORMAT;
	char key[CACHE_KEY_SIZE];
	size_t length = 0;
	uint32_t string_count;

	if (!cache)
		return NULL;
	for (int i = 0; i < pack_count; i++)
		identity = arena_printf(loader->arena, "%s\n%s", identity, packs[i]);
	cache_key(identity, strlen(identity), key);
	struct tree_store *store = ARENA_NEW(loader->arena, struct tree_store);
	*store = (struct tree_store){ .loader = loader,
				      .cache = cache,
				      .name = arena_printf(loader->arena, "%s.rules", key),
				      .by_path = keymap_create(loader->arena) };
	const char *bytes = cache_read(cache, loader->arena, store->name, &length);
	if (!bytes)
		return store;
	uint32_t *copy = arena_alloc(loader->arena, length + sizeof(*copy)); /* aligned */
	memcpy(copy, bytes, length);
	struct words words = { copy, length / sizeof(*copy) };
	if (!read_strings(store, &words, &string_count) || !read_files(store, &words, string_count))
		store->by_path = keymap_create(loader->arena);
	cache_touch(cache, loader->arena, store->name);
	return store;
}

static void keep(struct tree_store *store, struct stored_file *file)
{
	file->next = store->files;
	store->files = file;
}

struct node *rp_store_find(struct tree_store *store, const char *path, uint64_t *digest)
{
	struct stored_file *file = store ? keymap_get(store->by_path, KEYMAP_KEY(path)) : NULL;
	const char *stamp = file ? file_stamp(store->loader->arena, path, NULL) : NULL;

	if (!stamp || strcmp(stamp, file->stamp) != 0)
		return NULL;
	if (!file->root) {
		struct words words = { file->words, (size_t)file->node_count * NODE_WORDS };
		struct node *nodes = ARENA_ARRAY(store->loader->arena, struct node, (size_t)file->node_count + 1);
		file->root = build(store, &words, path, &nodes, NULL);
		keep(store, file);
	}
	*digest = file->digest;
	return file->root;
}

/* ---- writing ------------------------------------------------------------------------ */

static uint32_t count_nodes(const struct node *node)
{
	uint32_t count = 1;

	for (int i = 0; i < node->count; i++)
		count += count_nodes(node->items[i]);
	return count;
}

void rp_store_add(struct tree_store *store, const char *path, struct node *root, uint64_t digest)
{
	time_t changed = 0;

	if (!store)
		return;
	struct stored_file *file = ARENA_NEW(store->loader->arena, struct stored_file);
	*file = (struct stored_file){ .path = path,
				      .stamp = file_stamp(store->loader->arena, path, &changed),
				      .root = root,
				      .digest = digest,
				      .node_count = count_nodes(root) };
	store->has_new = true;
	if (!file->stamp || changed + FILE_SETTLED_SECONDS > time(NULL))
		store->is_unfit = true;
	keep(store, file);
}

struct writer {
	struct arena *arena;
	uint32_t *words;
	size_t count, capacity;
	struct keymap *numbers; /* interned string -> its number + 1 */
	const char **strings;
	size_t string_count, string_capacity;
	bool is_unfit; /* a place beyond what is kept */
};

static void put(struct writer *writer, uint32_t word)
{
	ARENA_PUSH(writer->arena, writer->words, writer->count, writer->capacity, word);
}

static uint32_t number_of(struct writer *writer, const char *string)
{
	if (!string)
		return 0;
	uintptr_t number = (uintptr_t)keymap_get(writer->numbers, KEYMAP_KEY(string));
	if (number == 0) {
		ARENA_PUSH(writer->arena, writer->strings, writer->string_count, writer->string_capacity, string);
		number = writer->string_count;
		keymap_put(writer->numbers, KEYMAP_KEY(string), (void *)number);
	}
	return (uint32_t)number;
}

static uint32_t columns_of(struct writer *writer, const struct span *span)
{
	if (span->column > COLUMN_LIMIT || span->end_column > COLUMN_LIMIT)
		writer->is_unfit = true;
	return span->column | span->end_column << 16;
}

static void put_node(struct writer *writer, const struct node *node)
{
	put(writer, (uint32_t)node->kind | (uint32_t)node->count << KIND_BITS);
	put(writer, number_of(writer, node->text));
	put(writer, number_of(writer, node->key));
	put(writer, node->span.line);
	put(writer, columns_of(writer, &node->span));
	put(writer, node->key_span.line);
	put(writer, columns_of(writer, &node->key_span));
	for (int i = 0; i < node->count; i++)
		put_node(writer, node->items[i]);
}

/* The strings, which are known only now, before the rest. */
static struct writer with_strings(const struct writer *rest)
{
	struct writer whole = { .arena = rest->arena };

	put(&whole, (uint32_t)rest->string_count);
	for (size_t i = 0; i < rest->string_count; i++) {
		size_t length = strlen(rest->strings[i]);
		put(&whole, (uint32_t)length);
		for (size_t at = 0; at < length; at += sizeof(uint32_t)) {
			uint32_t word = 0;
			memcpy(&word, rest->strings[i] + at, length - at < sizeof(word) ? length - at : sizeof(word));
			put(&whole, word);
		}
	}
	for (size_t i = 0; i < rest->count; i++)
		put(&whole, rest->words[i]);
	return whole;
}

void rp_store_save(struct tree_store *store)
{
	uint32_t count = 0;

	if (!store || !store->has_new || store->is_unfit)
		return;
	struct arena *arena = store->loader->arena;
	struct writer rest = { .arena = arena, .numbers = keymap_create(arena) };
	for (const struct stored_file *file = store->files; file; file = file->next)
		count++;
	put(&rest, count);
	for (const struct stored_file *file = store->files; file; file = file->next) {
		put(&rest, number_of(&rest, file->path));
		put(&rest, number_of(&rest, intern(store->loader->pool, file->stamp)));
		put(&rest, (uint32_t)file->digest);
		put(&rest, (uint32_t)(file->digest >> 32));
		put(&rest, file->node_count);
	}
	for (const struct stored_file *file = store->files; file; file = file->next)
		put_node(&rest, file->root);
	if (rest.is_unfit)
		return;
	struct writer whole = with_strings(&rest);
	cache_write(store->cache, arena, store->name, whole.words, whole.count * sizeof(*whole.words));
}
