/* See render.h. jansson takes NULL for a value that could not be made, and the whole becomes NULL then; what is sent in
 * place of it is nothing (rpc.h). */
#include "render.h"

#include "base/file.h"
#include "base/strmap.h"
#include "base/text.h"
#include "base/unsaved.h"
#include "report/allow.h"
#include "report/rule_page.h"
#include "report/texts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SOURCE_LIMIT ((size_t)16 << 20)
/* A comment that makes a line longer gets one of its own. */
#define LINE_LIMIT 120
#define SOURCE "so2check"
#define MISSING_CODE "not-analysed"
#define NOTE_CODE "note"

enum { SEVERITY_ERROR = 1, SEVERITY_WARNING, SEVERITY_INFORMATION };
enum { TAG_DEPRECATED = 2 };

struct renderer {
	const struct client *client;
	const struct document *documents, *document;
	struct arena *arena;
	struct keymap *others; /* hash of the path -> struct line_index, of files that are not open */
};

static json_t *string(struct renderer *renderer, const char *text)
{
	return json_string(utf8_clean(renderer->arena, text));
}

json_t *render_range(const struct range *range)
{
	return json_pack("{s:{s:I,s:I},s:{s:I,s:I}}", "start", "line", (json_int_t)range->start.line, "character",
			 (json_int_t)range->start.character, "end", "line", (json_int_t)range->end.line, "character",
			 (json_int_t)range->end.character);
}

static json_t *range_in(const struct renderer *renderer, const struct line_index *lines, const struct span *span)
{
	struct range range = lines_range(lines, span, renderer->client->encoding);

	return render_range(&range);
}

/* ---- the steps of a path ------------------------------------------------------------------- */

static const struct document *find_open(const struct renderer *renderer, const char *path)
{
	for (const struct document *document = renderer->documents; document; document = document->next)
		if (document->path && file_is_same(document->path, path))
			return document;
	return NULL;
}

static const struct line_index *read_lines(struct renderer *renderer, const char *path)
{
	uint64_t key = KEYMAP_KEY(path); /* names of files are interned */
	struct line_index *lines = keymap_get(renderer->others, key);
	const char *error;
	char *text;
	size_t length = 0;

	if (lines)
		return lines;
	lines = ARENA_NEW(renderer->arena, struct line_index);
	file_read(renderer->arena, path, SOURCE_LIMIT, &text, &length, &error); /* else: no text, no lines */
	*lines = lines_find(renderer->arena, text ? text : "", length);
	keymap_put(renderer->others, key, lines);
	return lines;
}

static json_t *location(struct renderer *renderer, const struct span *span)
{
	const struct document *open = find_open(renderer, span->file);
	const struct line_index *lines = open ? &open->lines : read_lines(renderer, span->file);
	const char *uri = open ? open->uri : uri_from_path(renderer->arena, span->file);

	return json_pack("{s:o,s:o}", "uri", string(renderer, uri), "range", range_in(renderer, lines, span));
}

/* The last step is the finding itself. */
static json_t *related(struct renderer *renderer, const struct finding *finding)
{
	json_t *array = json_array();

	for (int i = 0; i + 1 < finding->step_count; i++) {
		const struct finding_step *step = &finding->steps[i];
		if (step->span.file && step->span.line > 0)
			json_array_append_new(array, json_pack("{s:o,s:o}", "location", location(renderer, &step->span),
							       "message", string(renderer, step->text)));
	}
	return array;
}

/* ---- diagnostics ------------------------------------------------------------------------------ */

static int severity_of(const struct rp_rule *rule)
{
	return rule->severity == RP_SEVERITY_ERROR   ? SEVERITY_ERROR :
	       rule->severity == RP_SEVERITY_WARNING ? SEVERITY_WARNING :
						       SEVERITY_INFORMATION;
}

/* Names that are on their way out, or gone. */
static bool is_about_deprecated(const struct rp_rule *rule)
{
	for (int i = 0; i < rule->check_count; i++)
		if (rule->checks[i].kind == RP_CHECK_DEPRECATED_API || rule->checks[i].kind == RP_CHECK_REMOVED_API)
			return true;
	return false;
}

/* The author's page lies beside the rule; NULL: there is none to be opened. */
static const char *page_uri(struct arena *arena, const struct rp_rule *rule)
{
	const char *dot = rule->file ? strrchr(rule->file, '.') : NULL;

	if (!dot || rule->file[0] != '/')
		return NULL;
	const char *folder = arena_strndup(arena, rule->file, (size_t)(strrchr(rule->file, '/') - rule->file));
	const char *path = arena_printf(arena, "%s/%s.md", folder, rule->id);
	return access(path, R_OK) == 0 ? uri_from_path(arena, path) : NULL;
}

static const char *full_message(struct arena *arena, const struct finding *finding)
{
	return arena_printf(arena, "%s%s%s%s", finding->certainty == CERTAINTY_LIKELY ? "likely: " : "",
			    finding->message, finding->rule->help ? "\nhelp: " : "",
			    finding->rule->help ? finding->rule->help : "");
}

static json_t *finding_diagnostic(struct renderer *renderer, const struct finding *finding)
{
	const struct client *client = renderer->client;
	const struct rp_rule *rule = finding->rule;
	const char *page = client->has_code_description ? page_uri(renderer->arena, rule) : NULL;
	json_t *item = json_pack("{s:o,s:i,s:s,s:s,s:o}", "range",
				 range_in(renderer, &renderer->document->lines, &finding->span), "severity",
				 severity_of(rule), "code", rule->id, "source", SOURCE, "message",
				 string(renderer, full_message(renderer->arena, finding)));

	if (page)
		json_object_set_new(item, "codeDescription", json_pack("{s:o}", "href", string(renderer, page)));
	if (client->has_deprecated && is_about_deprecated(rule))
		json_object_set_new(item, "tags", json_pack("[i]", TAG_DEPRECATED));
	if (client->has_related && finding->step_count > 1)
		json_object_set_new(item, "relatedInformation", related(renderer, finding));
	return item;
}

static json_t *entry_diagnostic(struct renderer *renderer, const struct not_analysed *entry, bool is_note)
{
	struct arena *arena = renderer->arena;
	const char *before = is_note ? "" : "not analysed: ";
	const char *text = entry->function ? arena_printf(arena, "%s%s: %s", before, entry->function, entry->reason) :
					     arena_printf(arena, "%s%s", before, entry->reason);

	return json_pack("{s:o,s:i,s:s,s:s,s:o}", "range", range_in(renderer, &renderer->document->lines, &entry->span),
			 "severity", is_note || entry->is_partial ? SEVERITY_INFORMATION : SEVERITY_WARNING, "code",
			 is_note ? NOTE_CODE : MISSING_CODE, "source", SOURCE, "message", string(renderer, text));
}

static struct renderer begin(const struct client *client, const struct document *documents,
			     const struct document *document)
{
	struct renderer renderer = { client, documents, document, arena_create(), NULL };

	renderer.others = keymap_create(renderer.arena);
	return renderer;
}

json_t *render_diagnostics(const struct client *client, const struct document *documents,
			   const struct document *document)
{
	struct renderer renderer = begin(client, documents, document);
	const struct report *report = &document->report;
	json_t *array = json_array();

	for (size_t i = 0; i < report->finding_count; i++)
		json_array_append_new(array, finding_diagnostic(&renderer, &report->findings[i]));
	for (size_t i = 0; i < report->missing_count; i++)
		json_array_append_new(array, entry_diagnostic(&renderer, &report->missing[i], false));
	for (size_t i = 0; i < report->note_count; i++)
		json_array_append_new(array, entry_diagnostic(&renderer, &report->notes[i], true));
	arena_destroy(renderer.arena);
	return array;
}

/* ---- hover ---------------------------------------------------------------------------------------- */

static bool is_at(const struct document *document, const struct span *span, size_t first, size_t last)
{
	size_t start, end;

	lines_span(&document->lines, span, &start, &end);
	return start <= last && first <= end;
}

static const char *write_page(struct arena *arena, const struct finding *finding)
{
	char *bytes = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&bytes, &length);

	if (!stream)
		return finding->message;
	fprintf(stream, "**%s**: %s\n\n---\n\n", rp_severity_name(finding->rule->severity), finding->message);
	report_write_rule_page(stream, finding->rule);
	fclose(stream);
	const char *text = arena_strdup(arena, bytes ? bytes : "");
	free(bytes);
	return text;
}

json_t *render_hover(const struct client *client, const struct document *document, struct position place)
{
	size_t offset = lines_offset(&document->lines, place, client->encoding);
	const struct report *report = &document->report;
	struct renderer renderer = begin(client, NULL, document);
	json_t *result = NULL;

	for (size_t i = 0; i < report->finding_count && !result; i++) {
		const struct finding *finding = &report->findings[i];
		if (is_at(document, &finding->span, offset, offset))
			result = json_pack("{s:{s:s,s:o},s:o}", "contents", "kind",
					   client->has_markdown ? "markdown" : "plaintext", "value",
					   string(&renderer, write_page(renderer.arena, finding)), "range",
					   range_in(&renderer, &document->lines, &finding->span));
	}
	arena_destroy(renderer.arena);
	return result ? result : json_null();
}

/* ---- allowing a finding ----------------------------------------------------------------------------- */

static const char *line_text(struct arena *arena, const struct line_index *lines, size_t line, size_t *start)
{
	size_t end = lines_offset(lines, (struct position){ line, SIZE_MAX }, POSITION_UTF8);

	*start = lines->starts[line];
	return arena_strndup(arena, lines->text + *start, end - *start);
}

static bool goes_on(const char *line)
{
	size_t length = strlen(line);

	return length > 0 && line[length - 1] == '\\';
}

/* Can a comment stand at its end, and be read as one? */
static bool has_room(const char *line, size_t comment)
{
	const char *opened = NULL;

	for (const char *at = line; (at = strstr(at, "/*")) != NULL; at += 2)
		opened = at;
	return strlen(line) + comment <= LINE_LIMIT && !strstr(line, "//") && !(opened && !strstr(opened + 2, "*/"));
}

/* Where the comment goes: *offset, and the text to put there. NULL: no comment can stand at this line. */
static const char *allow_text(struct arena *arena, const struct line_index *lines, size_t line,
			      const struct rp_rule *rule, size_t *offset)
{
	const char *comment = arena_printf(arena, "/* so2check: allow(%s) " ALLOW_PLACEHOLDER " */", rule->id);
	const char *text = line_text(arena, lines, line, offset);
	size_t before, length = strlen(text);

	if (goes_on(text) || (line > 0 && goes_on(line_text(arena, lines, line - 1, &before))))
		return NULL;
	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
		length--;
	if (has_room(text, strlen(comment) + 1)) {
		*offset += length;
		return arena_printf(arena, " %s", comment);
	}
	bool has_return = lines->count > 1 && lines->starts[1] > 1 && lines->text[lines->starts[1] - 2] == '\r';
	return arena_printf(arena, "%.*s%s%s\n", (int)strspn(text, " \t"), text, comment, has_return ? "\r" : "");
}

static json_t *workspace_edit(const struct renderer *renderer, json_t *edits)
{
	const struct document *document = renderer->document;

	if (renderer->client->has_document_changes)
		return json_pack("{s:[{s:{s:s,s:I},s:o}]}", "documentChanges", "textDocument", "uri", document->uri,
				 "version", (json_int_t)document->version, "edits", edits);
	return json_pack("{s:{s:o}}", "changes", document->uri, edits);
}

static json_t *allow_action(struct renderer *renderer, const struct finding *finding)
{
	const struct line_index *lines = &renderer->document->lines;
	size_t start, end, offset;

	lines_span(lines, &finding->span, &start, &end);
	size_t line = lines_position(lines, start, POSITION_UTF8).line;
	const char *text = allow_text(renderer->arena, lines, line, finding->rule, &offset);
	if (!text)
		return NULL;
	struct position at = lines_position(lines, offset, renderer->client->encoding);
	struct range range = { at, at };
	return json_pack("{s:o,s:s,s:[o],s:o}", "title",
			 string(renderer, arena_printf(renderer->arena, "Allow %s here, for a reason to be filled in",
						       finding->rule->id)),
			 "kind", "quickfix", "diagnostics", finding_diagnostic(renderer, finding), "edit",
			 workspace_edit(renderer,
					json_pack("[{s:o,s:s}]", "range", render_range(&range), "newText", text)));
}

/* ---- fixes -------------------------------------------------------------------------------------------- */

static json_t *fix_edits(const struct renderer *renderer, const struct lsp_fix *fix)
{
	const struct line_index *lines = &renderer->document->lines;
	json_t *edits = json_array();

	for (int i = 0; i < fix->edit_count; i++) {
		const struct lsp_edit *edit = &fix->edits[i];
		if (edit->begin > edit->end || edit->end > lines->length)
			continue;
		struct range range = { lines_position(lines, edit->begin, renderer->client->encoding),
				       lines_position(lines, edit->end, renderer->client->encoding) };
		json_array_append_new(edits,
				      json_pack("{s:o,s:s}", "range", render_range(&range), "newText", edit->text));
	}
	return edits;
}

static void add_fixes(struct renderer *renderer, const struct finding *finding, json_t *array)
{
	const struct document *document = renderer->document;

	for (int i = 0; i < document->fix_count && document->fix_version == document->version; i++) {
		const struct lsp_fix *fix = &document->fixes[i];
		if (fix->line != finding->span.line || strcmp(fix->rule, finding->rule->id) != 0)
			continue;
		const char *title = arena_printf(renderer->arena, "Fix %s: %s", fix->rule, fix->what);
		json_array_append_new(array, json_pack("{s:o,s:s,s:b,s:[o],s:o}", "title", string(renderer, title),
						       "kind", "quickfix", "isPreferred", 1, "diagnostics",
						       finding_diagnostic(renderer, finding), "edit",
						       workspace_edit(renderer, fix_edits(renderer, fix))));
	}
}

/* One comment serves all findings of a rule on a line. */
static bool is_repeated(const struct report *report, size_t index)
{
	const struct finding *finding = &report->findings[index];

	for (size_t i = 0; i < index; i++)
		if (report->findings[i].rule == finding->rule && report->findings[i].span.line == finding->span.line)
			return true;
	return false;
}

json_t *render_actions(const struct client *client, const struct document *documents, const struct document *document,
		       const struct range *range)
{
	struct renderer renderer = begin(client, documents, document);
	const struct report *report = &document->report;
	size_t first = lines_offset(&document->lines, range->start, client->encoding);
	size_t last = lines_offset(&document->lines, range->end, client->encoding);
	json_t *array = json_array();

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];
		if (!is_at(document, &finding->span, first, last) || is_repeated(report, i))
			continue;
		add_fixes(&renderer, finding, array);
		json_t *action = allow_action(&renderer, finding);
		if (action)
			json_array_append_new(array, action);
	}
	arena_destroy(renderer.arena);
	return array;
}
