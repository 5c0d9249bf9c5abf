/* rules_load: walks the folders of the packs in order, reads and checks each
 * file, collects its entries, and links everything at the end. Files are taken
 * in bytewise order of their names, so messages and rule numbers are stable. */
#include "rule_image.h"
#include "rulepack_int.h"

#include <string.h>
#include <xxhash.h>

static bool is_yaml(const char *name)
{
	return rp_name_has_suffix(name, ".yaml");
}

/* YAML that is in the wrong place: it would be silently without effect. */
static void report_unread(struct loader *loader, const char *path, const char *reason)
{
	yaml_error_at_file(loader->yaml, path, "is not read: %s", reason);
	loader->is_incomplete = true;
}

/* Files that look like rules or facts but would not be read. */
static void check_stray(struct loader *loader, const char *folder, const char *name)
{
	const char *path = rp_path_join(loader, folder, name);
	if (!rp_name_has_suffix(name, ".yml"))
		return;
	report_unread(loader, path, "name it .yaml");
}

/* ---- files ------------------------------------------------------------------ */

/* One message instead of one for each key that a rule has not. */
static bool are_facts(struct loader *loader, struct yaml_node *root, const char *os)
{
	if (!yaml_node_get(root, "apis") && !yaml_node_get(root, "resources") && !yaml_node_get(root, "roles") &&
	    !yaml_node_get(root, "fields"))
		return false;
	yaml_error_at_node(loader->yaml, root, "facts belong in %s/facts/", os);
	loader->is_incomplete = true;
	return true;
}

static uint64_t add_to_digest(uint64_t digest, const struct yaml_node *node)
{
	const int shape[] = { (int)node->kind, node->count };

	digest = XXH64(shape, sizeof(shape), digest);
	if (node->key)
		digest = XXH64(node->key, strlen(node->key) + 1, digest);
	if (node->text)
		digest = XXH64(node->text, strlen(node->text) + 1, digest);
	for (int i = 0; i < node->count; i++)
		digest = add_to_digest(digest, node->items[i]);
	return digest;
}

/* The tree of a file, its shape checked; NULL, after a message, when there is none. */
static struct yaml_node *read_tree(struct loader *loader, const char *path, const char *os, enum schema_file kind)
{
	struct yaml_node *root = rp_yaml_read_file(loader, path);

	if (!root || (kind == SCHEMA_RULE && are_facts(loader, root, os)))
		return NULL;
	rp_schema_check(loader, root, kind);
	uint64_t digest = add_to_digest(0, root);
	loader->set->digest = XXH64(os, strlen(os) + 1, loader->set->digest); /* the folder says whose rules they are */
	loader->set->digest = XXH64(&digest, sizeof(digest), loader->set->digest);
	return root;
}

static void load_facts_file(struct loader *loader, const char *path, const char *os)
{
	struct yaml_node *root = read_tree(loader, path, os, SCHEMA_FACTS);
	if (root)
		rp_link_collect_facts(loader, root, os);
}

static void load_rule_file(struct loader *loader, const char *path, const char *os)
{
	struct yaml_node *root = read_tree(loader, path, os, SCHEMA_RULE);
	if (root)
		rp_link_collect_rule(loader, root, os);
}

/* ---- folders ---------------------------------------------------------------- */

static bool has_yaml(struct loader *loader, const char *folder)
{
	struct name_list list;
	if (!rp_folder_list(loader, folder, &list))
		return false;
	for (int i = 0; i < list.count; i++)
		if (is_yaml(list.names[i]) || rp_name_has_suffix(list.names[i], ".yml"))
			return true;
	return false;
}

static void load_facts_folder(struct loader *loader, const char *folder, const char *os)
{
	struct name_list list;
	if (!rp_folder_list(loader, folder, &list))
		return;
	for (int i = 0; i < list.count; i++) {
		const char *path = rp_path_join(loader, folder, list.names[i]);
		check_stray(loader, folder, list.names[i]);
		if (rp_path_is_folder(loader, path)) {
			if (has_yaml(loader, path))
				report_unread(loader, path, "facts are one folder without subfolders");
		} else if (is_yaml(list.names[i])) {
			loader->yaml_files++;
			load_facts_file(loader, path, os);
		}
	}
}

/* A folder with YAML files that has no meaning in a pack. */
static void report_folder(struct loader *loader, const char *path, const char *name)
{
	struct yaml_suggestion near = { .text = name };
	yaml_suggestion_offer_words(&near, rp_words_os);
	yaml_error_at_file(loader->yaml, path, "is not read: expected a folder named linux or windows%s",
			   yaml_suggestion_text(loader->yaml, &near));
	loader->is_incomplete = true;
}

static void load_os_folder(struct loader *loader, const char *folder, const char *os)
{
	struct name_list list;
	int before = loader->yaml_files;
	if (!rp_folder_list(loader, folder, &list))
		return;
	for (int i = 0; i < list.count; i++) {
		const char *name = list.names[i], *path = rp_path_join(loader, folder, name);
		check_stray(loader, folder, name);
		if (rp_path_is_folder(loader, path)) {
			if (strcmp(name, "facts") == 0)
				load_facts_folder(loader, path, os);
			else if (has_yaml(loader, path))
				report_unread(loader, path, "expected a folder named facts");
		} else if (is_yaml(name)) {
			loader->yaml_files++;
			load_rule_file(loader, path, os);
		}
	}
	if (loader->yaml_files == before)
		yaml_error_at_file(loader->yaml, folder, "the folder has no rules and no facts (*.yaml)");
}

/* ---- packs ---------------------------------------------------------------------- */

/* `rules/../testcases` is shown to users as `testcases`: folds the first
 * `x/..` away when that names the same folder (a symbolic link may not). */
static const char *shorten_path(struct loader *loader, const char *path)
{
	const char *up = strstr(path, "/../");
	if (!up)
		return path;
	const char *start = up;
	while (start > path && start[-1] != '/')
		start--;
	bool is_name = up > start && strncmp(start, "..", 2) != 0 && strncmp(start, "./", 2) != 0;
	const char *folded = arena_printf(loader->arena, "%.*s%s", (int)(start - path), path, up + 4);
	return is_name && rp_path_is_same(loader, path, folded) ? intern(loader->pool, folded) : path;
}

static void add_test_dir(struct loader *loader, const char *pack, const char *tests)
{
	struct rule_set *set = loader->set;
	const char *path = *tests == '/' ? intern(loader->pool, tests) : rp_path_join(loader, pack, tests);
	if (!rp_path_is_folder(loader, path))
		return; /* an installed pack comes without its cases */
	path = shorten_path(loader, path);
	for (int i = 0; i < set->test_dir_count; i++)
		if (strcmp(set->test_dirs[i], path) == 0)
			return;
	ARENA_PUSH(loader->kept, set->test_dirs, set->test_dir_count, loader->test_dir_capacity, path);
}

/* The folder of the pack's cases as pack.yaml gives it. */
static const char *load_pack_file(struct loader *loader, const char *pack)
{
	const char *path = rp_path_join(loader, pack, "pack.yaml");
	if (!rp_path_is_file(loader, path)) {
		yaml_error_at_file(loader->yaml, path, "the pack has no pack.yaml");
		return "tests";
	}
	struct yaml_node *root = rp_yaml_read_file(loader, path);
	if (!root || !rp_schema_check(loader, root, SCHEMA_PACK))
		return "tests";
	const char *tests = yaml_node_text(root, "tests");
	return tests ? tests : "tests";
}

static void load_pack_item(struct loader *loader, const char *pack, const char *name, const char *tests)
{
	const char *path = rp_path_join(loader, pack, name);
	if (!rp_path_is_folder(loader, path)) {
		check_stray(loader, pack, name);
		if (is_yaml(name) && strcmp(name, "pack.yaml") != 0)
			report_unread(loader, path, "rules belong in a folder named linux or windows");
		return;
	}
	if (yaml_word_value(rp_words_os, name, -1) >= 0)
		load_os_folder(loader, path, name);
	else if (strcmp(name, RP_COVERAGE_FOLDER) == 0)
		return; /* read by those who ask for it */
	else if (!rp_path_is_same(loader, path, rp_path_join(loader, pack, tests)) &&
		 (has_yaml(loader, path) || rp_path_is_folder(loader, rp_path_join(loader, path, "facts"))))
		report_folder(loader, path, name);
}

static const char *strip_slashes(struct loader *loader, const char *path)
{
	size_t length = strlen(path);
	while (length > 1 && path[length - 1] == '/')
		length--;
	return intern_n(loader->pool, path, length);
}

static void load_pack(struct loader *loader, const char *folder)
{
	struct name_list list;
	const char *pack = strip_slashes(loader, folder);
	if (!rp_path_is_folder(loader, pack)) {
		yaml_error_at_file(loader->yaml, pack, "there is no such rule pack folder");
		loader->is_incomplete = true;
		return;
	}
	int before = loader->yaml->errors;
	const char *tests = load_pack_file(loader, pack);
	loader->yaml_files = 0;
	if (!rp_folder_list(loader, pack, &list))
		return;
	for (int i = 0; i < list.count; i++)
		load_pack_item(loader, pack, list.names[i], tests);
	if (loader->yaml_files == 0 && loader->yaml->errors == before)
		yaml_error_at_file(loader->yaml, pack, "the pack has no rules and no facts (<os>/*.yaml)");
	add_test_dir(loader, pack, tests);
}

static void table_init(struct loader *loader, struct table *table, const char *noun)
{
	table->noun = noun;
	table->by_name = keymap_create(loader->arena);
}

static void load_packs(struct loader *loader, const char *const *packs, int count)
{
	loader->set = ARENA_NEW(loader->kept, struct rule_set);
	loader->tags = keymap_create(loader->arena);
	loader->given_roles = keymap_create(loader->arena);
	loader->families = keymap_create(loader->arena);
	table_init(loader, &loader->apis, "api");
	table_init(loader, &loader->resources, "resource");
	table_init(loader, &loader->roles, "role");
	table_init(loader, &loader->fields, "field");
	table_init(loader, &loader->variables, "variable");
	table_init(loader, &loader->constants, "constant");
	table_init(loader, &loader->namings, "naming");
	table_init(loader, &loader->rules, "rule");
	for (loader->pack = 0; loader->pack < count; loader->pack++)
		load_pack(loader, packs[loader->pack]);
	rp_link_all(loader);
}

static const struct rule_set *load_anew(struct loader *loader, struct cache *cache, const char *const *packs, int count)
{
	if (cache)
		rp_image_begin(loader);
	load_packs(loader, packs, count);
	if (loader->yaml->message_count == 0)
		rp_image_save(loader, cache, packs, count);
	rp_image_end(loader);
	yaml_messages_flush(loader->yaml);
	return loader->yaml->errors == 0 ? loader->set : NULL;
}

const struct rule_set *rules_load(struct arena *arena, struct intern_pool *pool, struct log *log, struct cache *cache,
				  const char *const *pack_dirs, int pack_count)
{
	struct yaml yaml = { .arena = arena_create(), .pool = pool, .log = log };
	struct loader loader = { .arena = yaml.arena, .kept = arena, .pool = pool, .yaml = &yaml };
	const struct rule_set *set = rp_image_find(&loader, cache, pack_dirs, pack_count);

	if (!set)
		set = load_anew(&loader, cache, pack_dirs, pack_count);
	if (set)
		rp_index_open(set, pool);
	arena_destroy(loader.arena);
	return set;
}
