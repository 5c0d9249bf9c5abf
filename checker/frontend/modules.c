/* Which units are one driver.
 *
 * What a build says counts (unit_place.key). Units of which no build knows are
 * judged by the folder they were found in: a folder, with all below it, is one
 * driver if at most one of its files has the entry of a driver. Else its own
 * files are judged alone, and so is each folder below it. Nothing depends on
 * the order in which the units were found. */
#include "units_int.h"

#include <stdlib.h>
#include <string.h>

struct placed_unit {
	struct compile_cmd cmd;
	struct unit_place place;
	const char *first; /* of the paths of its module, the one that sorts first */
};

struct grouper {
	struct arena *arena;
	const struct word_list *folders; /* given on the command line, absolute */
	struct placed_unit *units;
	int count;
};

/* The topmost of the given folders that it is below, else its own folder. */
static const char *root_of(const struct grouper *grouper, const char *path)
{
	const char *root = NULL;

	for (int i = 0; i < grouper->folders->count; i++) {
		const char *folder = grouper->folders->items[i];

		if (path_is_below(path, folder) && (!root || strlen(folder) < strlen(root)))
			root = folder;
	}
	return root ? root : path_parent(grouper->arena, path);
}

static int compare_places(const void *left, const void *right)
{
	const struct placed_unit *a = left, *b = right;
	int order = (a->cmd.target > b->cmd.target) - (a->cmd.target < b->cmd.target);

	return order ? order : strcmp(a->cmd.path, b->cmd.path);
}

/* ---- by folder ----------------------------------------------------------------- */

/* Units that are next to each other and that no build names. */
struct range {
	struct placed_unit **units;
	int count;
};

static bool is_one_driver(const struct range *range)
{
	int entries = 0;

	for (int i = 0; i < range->count; i++)
		entries += range->units[i]->place.has_entry;
	return entries <= 1;
}

static void name_range(struct grouper *grouper, const struct range *range, const char *folder)
{
	for (int i = 0; i < range->count; i++)
		range->units[i]->place.key = arena_printf(grouper->arena, "folder %d %s",
							  (int)range->units[i]->cmd.target, folder);
}

static void split_range(struct grouper *grouper, const struct range *range, const char *folder);

/* The units directly in the folder; those below it are left for split_below(). */
static struct range own_units(struct grouper *grouper, const struct range *range, const char *folder)
{
	struct range own = { .units = ARENA_ARRAY(grouper->arena, struct placed_unit *, (size_t)range->count) };

	for (int i = 0; i < range->count; i++)
		if (strcmp(path_parent(grouper->arena, range->units[i]->cmd.path), folder) == 0)
			own.units[own.count++] = range->units[i];
	return own;
}

/* The folder directly below `folder` that the path leads through. */
static const char *next_folder(struct arena *arena, const char *folder, const char *path)
{
	size_t skipped = strcmp(folder, "/") == 0 ? 1 : strlen(folder) + 1;

	return arena_strndup(arena, path, skipped + strcspn(path + skipped, "/"));
}

static void split_below(struct grouper *grouper, const struct range *range, const char *folder)
{
	for (int i = 0; i < range->count;) {
		const char *below = next_folder(grouper->arena, folder, range->units[i]->cmd.path);
		struct range part = { .units = &range->units[i] };

		while (i < range->count && path_is_below(range->units[i]->cmd.path, below)) {
			part.count++;
			i++;
		}
		if (strcmp(below, part.units[0]->cmd.path) != 0)
			split_range(grouper, &part, below);
	}
}

static void split_range(struct grouper *grouper, const struct range *range, const char *folder)
{
	if (is_one_driver(range)) {
		name_range(grouper, range, folder);
		return;
	}
	struct range own = own_units(grouper, range, folder);
	if (is_one_driver(&own))
		name_range(grouper, &own, folder);
	split_below(grouper, range, folder);
}

/* grouper->units are sorted by target and path. */
static void judge_folders(struct grouper *grouper)
{
	struct placed_unit **open = ARENA_ARRAY(grouper->arena, struct placed_unit *, (size_t)grouper->count);
	const char **roots = ARENA_ARRAY(grouper->arena, const char *, (size_t)grouper->count);
	bool *is_done = ARENA_ARRAY(grouper->arena, bool, (size_t)grouper->count);
	int count = 0;

	for (int i = 0; i < grouper->count; i++) {
		if (grouper->units[i].place.key || grouper->units[i].place.is_alone)
			continue;
		roots[count] = root_of(grouper, grouper->units[i].cmd.path);
		open[count++] = &grouper->units[i];
	}
	for (int i = 0; i < count; i++) {
		struct range range = { .units = ARENA_ARRAY(grouper->arena, struct placed_unit *,
							    (size_t)(is_done[i] ? 0 : count - i)) };

		for (int k = i; k < count && !is_done[i]; k++) {
			if (open[k]->cmd.target != open[i]->cmd.target || strcmp(roots[k], roots[i]) != 0)
				continue;
			is_done[k] = k > i;
			range.units[range.count++] = open[k];
		}
		if (range.count > 0)
			split_range(grouper, &range, roots[i]);
	}
}

/* ---- numbers --------------------------------------------------------------------- */

static int compare_modules(const void *left, const void *right)
{
	const struct placed_unit *a = left, *b = right;
	int order = strcmp(a->first, b->first);

	return order ? order : compare_places(left, right);
}

/* The first path of its module: units are visited in the order of paths. */
static void find_first_paths(struct grouper *grouper, struct intern_pool *pool)
{
	struct keymap *firsts = keymap_create(grouper->arena);

	for (int i = 0; i < grouper->count; i++) {
		struct placed_unit *unit = &grouper->units[i];
		const char *key = unit->place.key ? unit->place.key :
						    arena_printf(grouper->arena, "file %s", unit->cmd.path);
		uint64_t place = KEYMAP_KEY(intern(pool, key));

		unit->first = keymap_get(firsts, place);
		if (!unit->first) {
			unit->first = unit->cmd.path;
			keymap_put(firsts, place, (void *)unit->cmd.path);
		}
	}
}

void modules_group(struct arena *arena, struct intern_pool *pool, const struct word_list *folders,
		   const struct unit_place *places, struct unit_list *list)
{
	struct grouper grouper = { .arena = arena, .folders = folders, .count = list->cmd_count };
	int modules = 0;

	if (list->cmd_count == 0)
		return;
	grouper.units = ARENA_ARRAY(arena, struct placed_unit, (size_t)list->cmd_count);
	for (int i = 0; i < list->cmd_count; i++)
		grouper.units[i] = (struct placed_unit){ .cmd = list->cmds[i], .place = places[i] };
	qsort(grouper.units, (size_t)grouper.count, sizeof(grouper.units[0]), compare_places);
	judge_folders(&grouper);
	find_first_paths(&grouper, pool);
	qsort(grouper.units, (size_t)grouper.count, sizeof(grouper.units[0]), compare_modules);
	for (int i = 0; i < grouper.count; i++) {
		if (i > 0 && grouper.units[i].first != grouper.units[i - 1].first)
			modules++;
		list->cmds[i] = grouper.units[i].cmd;
		list->cmds[i].group = modules;
	}
	list->group_count = modules + 1;
}
