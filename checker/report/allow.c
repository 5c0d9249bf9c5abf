/* See report/allow.h. */
#include "report/allow.h"

#include "allow_scan.h"
#include "base/file.h"
#include "base/strmap.h"
#include "report_int.h"

#include <ctype.h>
#include <string.h>

#define SOURCE_LIMIT ((size_t)64 << 20)

/* One rule of one comment. */
struct allowance {
	unsigned line, first, last;
	const struct rp_rule *rule;
	const char *reason;
	bool is_used;
};

struct source_file {
	const char *name;
	struct allowance *items;
	size_t count, capacity;
};

struct allow {
	struct report *report;
	const struct allow_request *request;
	struct arena *scratch;
	struct keymap *files; /* interned name -> struct source_file */
	struct source_file **all;
	size_t count, capacity;
};

/* ---- reading comments ------------------------------------------------------------------ */

static void note(struct allow *allow, const struct source_file *file, unsigned line, const char *text)
{
	struct not_analysed entry = {
		.span = { .file = file->name, .line = line, .column = 1 },
		.reason = text,
		.is_partial = true,
	};

	report_add_note(allow->report, &entry);
}

static const char *next_id(struct arena *arena, const char **list, const char *end)
{
	const char *start = *list, *stop;

	while (start < end && (isspace((unsigned char)*start) || *start == ','))
		start++;
	for (stop = start; stop < end && *stop != ',' && !isspace((unsigned char)*stop); stop++)
		;
	*list = stop;
	return stop > start ? arena_strndup(arena, start, (size_t)(stop - start)) : NULL;
}

/* allow(RULE, RULE) reason */
static void read_comment(struct allow *allow, struct source_file *file, const struct allow_comment *comment)
{
	static const char word[] = "allow(";
	struct arena *arena = allow->report->arena;
	const char *end = strchr(comment->text, ')'), *list = comment->text + strlen(word), *id;
	int known = 0;

	if (strncmp(comment->text, word, strlen(word)) != 0 || !end) {
		note(allow, file, comment->line,
		     "this comment is not understood: it should be `so2check: allow(RULE) reason`");
		return;
	}
	const char *reason = end + 1 + strspn(end + 1, " \t:-");
	bool is_to_be_filled_in = strcmp(reason, ALLOW_PLACEHOLDER) == 0;
	if (is_to_be_filled_in)
		reason = "";
	while ((id = next_id(allow->scratch, &list, end)) != NULL) {
		struct allowance item = { .line = comment->line,
					  .first = comment->first,
					  .last = comment->last,
					  .rule = rules_find_rule(allow->request->rules, id),
					  .reason = arena_strdup(arena, reason) };
		known++;
		if (!item.rule)
			note(allow, file, comment->line,
			     arena_printf(allow->scratch, "allow: there is no rule `%s`", id));
		else if (*reason)
			ARENA_PUSH(allow->scratch, file->items, file->count, file->capacity, item);
	}
	if (known == 0)
		note(allow, file, comment->line, "allow: it names no rule");
	else if (is_to_be_filled_in)
		note(allow, file, comment->line,
		     "allow: put your reason in place of " ALLOW_PLACEHOLDER "; without one it allows nothing");
	else if (!*reason)
		note(allow, file, comment->line, "allow: it needs a reason behind it, and allows nothing without");
}

static struct source_file *get_file(struct allow *allow, const char *name)
{
	const char *interned = intern(allow->request->pool, name), *error;
	struct source_file *file = keymap_get(allow->files, KEYMAP_KEY(interned));
	char *text;
	size_t count;

	if (file)
		return file;
	file = ARENA_NEW(allow->scratch, struct source_file);
	file->name = interned;
	keymap_put(allow->files, KEYMAP_KEY(interned), file);
	ARENA_PUSH(allow->scratch, allow->all, allow->count, allow->capacity, file);
	if (file_read(allow->scratch, name, SOURCE_LIMIT, &text, NULL, &error))
		return file;
	const struct allow_comment *comments = allow_scan(allow->scratch, text, &count);
	for (size_t i = 0; i < count; i++)
		read_comment(allow, file, &comments[i]);
	return file;
}

/* ---- using them ----------------------------------------------------------------------------- */

/* The reason; NULL: it is not allowed. */
static const char *reason_for(struct allow *allow, const struct finding *finding)
{
	struct source_file *file = get_file(allow, finding->span.file);
	const char *reason = NULL;

	for (size_t i = 0; i < file->count; i++) {
		struct allowance *item = &file->items[i];
		if (item->rule != finding->rule || finding->span.line < item->first || finding->span.line > item->last)
			continue;
		item->is_used = true;
		reason = item->reason;
	}
	return reason;
}

static void move_allowed(struct allow *allow)
{
	struct report *report = allow->report;
	size_t kept = 0;

	for (size_t i = 0; i < report->finding_count; i++) {
		struct finding *finding = &report->findings[i];
		finding->allowed_for = finding->span.file ? reason_for(allow, finding) : NULL;
		if (finding->allowed_for)
			ARENA_PUSH(report->arena, report->allowed, report->allowed_count, report->allowed_capacity,
				   *finding);
		else
			report->findings[kept++] = *finding;
	}
	report->finding_count = kept;
}

static void note_unused(struct allow *allow, const struct source_file *file)
{
	for (size_t i = 0; i < file->count; i++) {
		const struct allowance *item = &file->items[i];
		if (!item->is_used && allow->request->enabled[item->rule->index])
			note(allow, file, item->line,
			     arena_printf(allow->scratch, "allow: %s finds nothing here", item->rule->id));
	}
}

void report_allow(struct report *report, const struct allow_request *request)
{
	struct allow allow = { .report = report, .request = request, .scratch = arena_create() };

	allow.files = keymap_create(allow.scratch);
	for (int i = 0; i < request->file_count; i++)
		get_file(&allow, request->files[i]);
	size_t asked = allow.count; /* of a header, other units of the driver may be elsewhere */
	move_allowed(&allow);
	for (size_t i = 0; i < asked; i++)
		note_unused(&allow, allow.all[i]);
	report_sort_notes(report);
	arena_destroy(allow.scratch);
}

struct allow_place *report_allow_places(struct arena *arena, const char *file, size_t *count)
{
	struct arena *scratch = arena_create();
	struct allow_place *places = NULL;
	const char *error;
	char *text;

	*count = 0;
	if (!file_read(scratch, file, SOURCE_LIMIT, &text, NULL, &error)) {
		const struct allow_comment *comments = allow_scan(scratch, text, count);
		places = ARENA_ARRAY(arena, struct allow_place, *count);
		for (size_t i = 0; i < *count; i++)
			places[i] = (struct allow_place){ comments[i].line, arena_strdup(arena, comments[i].text) };
	}
	arena_destroy(scratch);
	return places;
}
