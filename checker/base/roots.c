/* See base/roots.h. */
#include "base/roots.h"

#include "base/path.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct roots *roots_create(struct arena *arena)
{
	struct roots *roots = ARENA_NEW(arena, struct roots);

	*roots = (struct roots){ .arena = arena };
	return roots;
}

static bool is_inside(const struct roots *roots, const char *path, bool only_own)
{
	for (int i = 0; i < roots->count; i++)
		if ((roots->items[i].kind == ROOT_OWN || !only_own) && path_is_below(path, roots->items[i].path))
			return true;
	return false;
}

void roots_add(struct roots *roots, enum root_kind kind, const char *path)
{
	char *resolved = path ? realpath(path, NULL) : NULL;

	if (resolved && strcmp(resolved, "/") != 0 && !is_inside(roots, resolved, kind == ROOT_OWN)) {
		struct root root = { kind, arena_strdup(roots->arena, resolved) };
		ARENA_PUSH(roots->arena, roots->items, roots->count, roots->capacity, root);
	}
	free(resolved);
}

static bool allows(const struct roots *roots, const char *path, bool only_own)
{
	if (!roots)
		return true;
	char *resolved = realpath(path, NULL);
	/* a name that cannot be followed to its end, through a loop or a closed folder, is no reason to trust it */
	bool is_allowed = resolved ? is_inside(roots, resolved, only_own) : errno == ENOENT || errno == ENOTDIR;

	free(resolved);
	return is_allowed;
}

bool roots_allow(const struct roots *roots, const char *path)
{
	return allows(roots, path, false);
}

bool roots_allow_lines(const struct roots *roots, const char *path)
{
	return allows(roots, path, true);
}

bool roots_allow_name(const struct roots *roots, const char *path)
{
	return !roots || is_inside(roots, path, false);
}

static bool is_below_kind(const struct roots *roots, enum root_kind kind, const char *path)
{
	for (int i = 0; i < roots->count; i++)
		if (roots->items[i].kind == kind && path_is_below(path, roots->items[i].path))
			return true;
	return false;
}

bool roots_have_headers(const struct roots *roots, const char *path)
{
	return is_below_kind(roots, ROOT_HEADERS, path);
}

bool roots_are_own(const struct roots *roots, const char *path)
{
	return is_below_kind(roots, ROOT_OWN, path);
}

/* Does another root say as much? Of two equal ones the first counts. */
static bool is_needless(const struct roots *roots, int index)
{
	const struct root *root = &roots->items[index];

	for (int i = 0; i < roots->count; i++) {
		const struct root *other = &roots->items[i];
		bool says_as_much = other->kind == ROOT_OWN || root->kind == ROOT_HEADERS;
		bool is_twin = other->kind == root->kind && strcmp(other->path, root->path) == 0;
		if (i != index && says_as_much && path_is_below(root->path, other->path) && !(is_twin && i > index))
			return true;
	}
	return false;
}

static int compare_roots(const void *left, const void *right)
{
	const struct root *a = left, *b = right;
	int order = strcmp(a->path, b->path);

	return order ? order : (int)a->kind - (int)b->kind;
}

const char *roots_identity(const struct roots *roots, struct arena *arena)
{
	struct root *kept = ARENA_ARRAY(arena, struct root, (size_t)roots->count + 1);
	struct text text = text_create(arena);
	size_t count = 0;

	for (int i = 0; i < roots->count; i++)
		if (!is_needless(roots, i))
			kept[count++] = roots->items[i];
	qsort(kept, count, sizeof(*kept), compare_roots);
	for (size_t i = 0; i < count; i++)
		text_printf(&text, "%d %zu %s\n", kept[i].kind, strlen(kept[i].path), kept[i].path);
	return text_get(&text);
}
