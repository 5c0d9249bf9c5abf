/* The report as one file for people: no network, no other files.
 *
 * Everything is there as plain markup, so that it can be read without scripts. Each finding, source and rule stands in
 * a <noscript> element: where scripts run, a browser keeps its content as text and does not build thousands of
 * elements from it, and html/report.js makes those of the finding that is looked at. What it searches and lists is in
 * a small table (write_index); table and script stand before the findings, so that a long report can be used before
 * all of it is read. A Content-Security-Policy allows these scripts and this style only. */
#include "html_int.h"

#include "report/rule_page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Lists that are longer begin folded. */
#define LIST_SHOWN 12

enum finding_state { STATE_OPEN, STATE_ALLOWED, STATE_KNOWN, STATES };

struct finding_list {
	const struct finding *findings;
	size_t count;
};

static struct finding_list list_of(const struct report *report, enum finding_state state)
{
	switch (state) {
	case STATE_ALLOWED:
		return (struct finding_list){ report->allowed, report->allowed_count };
	case STATE_KNOWN:
		return (struct finding_list){ report->known, report->known_count };
	default:
		return (struct finding_list){ report->findings, report->finding_count };
	}
}

/* ---- rules that found something -------------------------------------------------------- */

struct html_rule {
	const struct rp_rule *rule;
	size_t index;
	size_t counts[STATES];
};

struct html_rules {
	struct arena *arena;
	struct keymap *by_rule;
	struct html_rule **items;
	size_t count, capacity;
};

static struct html_rule *find_rule(struct html_rules *rules, const struct rp_rule *rule)
{
	struct html_rule *found = keymap_get(rules->by_rule, KEYMAP_KEY(rule));

	if (found)
		return found;
	found = ARENA_NEW(rules->arena, struct html_rule);
	*found = (struct html_rule){ .rule = rule, .index = rules->count };
	keymap_put(rules->by_rule, KEYMAP_KEY(rule), found);
	ARENA_PUSH(rules->arena, rules->items, rules->count, rules->capacity, found);
	return found;
}

/* ---- counts ------------------------------------------------------------------------------ */

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void write_count(struct html *html, size_t count, const char *severity)
{
	if (count > 0)
		html_print(html, "<span class=\"count %s\"><b>%zu</b> %s%s</span> ", severity, count, severity,
			   plural(count));
}

static void write_headline(struct html *html)
{
	const struct report *report = html->report;
	struct severity_counts counts = report_count_severities(report);

	html_print(html, "<p class=verdict>");
	write_count(html, counts.errors, "error");
	write_count(html, counts.warnings, "warning");
	write_count(html, counts.notes, "note");
	if (report->finding_count == 0)
		html_print(html, "<span class=\"count clean\"><b>%s</b></span> ",
			   report->missing_count > 0 ? "No findings in what was analysed" :
			   report->has_baseline	     ? "No new findings" :
						       "No findings");
	if (report->missing_count > 0)
		html_print(html, "<a class=\"count missing\" href=#missing><b>%zu</b> not analysed</a> ",
			   report->missing_count);
	if (report->has_baseline)
		html_print(html, "<span class=count><b>%zu</b> known</span> ", report->known_count);
	if (report->allowed_count > 0)
		html_print(html, "<span class=count><b>%zu</b> allowed</span> ", report->allowed_count);
	html_print(html, "<span class=extent>%zu function%s of %zu unit%s checked</span></p>\n", report->function_count,
		   plural(report->function_count), report->unit_count, plural(report->unit_count));
}

/* ---- what was not analysed ----------------------------------------------------------------- */

static void write_entry(struct html *html, const struct not_analysed *entry)
{
	html_print(html, "<li><code class=place>%s", report_path(html->scratch, html->options, entry->span.file));
	if (entry->span.line > 0)
		html_print(html, ":%u", entry->span.line);
	html_print(html, "</code> ");
	if (entry->function)
		html_print(html, "in <code>%s</code> ", entry->function);
	html_print(html, "<span>%s</span></li>\n", entry->reason);
}

static void write_entries(struct html *html, const struct not_analysed *entries, size_t count)
{
	html_print(html, "<ul class=entries>\n");
	for (size_t i = 0; i < count; i++) {
		if (i == LIST_SHOWN)
			html_print(html, "</ul><details><summary>%zu more</summary><ul class=entries>\n", count - i);
		write_entry(html, &entries[i]);
	}
	html_print(html, count > LIST_SHOWN ? "</ul></details>\n" : "</ul>\n");
	arena_reset(html->scratch);
}

/* Those that were analysed in part are told apart: there are results for them. */
static void write_missing_kind(struct html *html, bool is_partial, const char *heading)
{
	const struct report *report = html->report;
	struct arena *scratch = arena_create();
	struct not_analysed *entries = ARENA_ARRAY(scratch, struct not_analysed, report->missing_count);
	size_t count = 0;

	for (size_t i = 0; i < report->missing_count; i++)
		if (report->missing[i].is_partial == is_partial)
			entries[count++] = report->missing[i];
	if (count > 0) {
		html_print(html, "<h3>%s: %zu</h3>\n", heading, count);
		write_entries(html, entries, count);
	}
	arena_destroy(scratch);
}

static void write_missing(struct html *html)
{
	if (html->report->missing_count == 0)
		return;
	html_print(html, "<section id=missing class=missing aria-labelledby=missing-head>\n"
			 "<h2 id=missing-head>Not everything was analysed</h2>\n"
			 "<p>That nothing is reported here does not mean that there is nothing wrong.</p>\n");
	write_missing_kind(html, false, "Not analysed");
	write_missing_kind(html, true, "Analysed in part");
	html_print(html, "</section>\n");
}

static void write_notes(struct html *html)
{
	const struct report *report = html->report;

	if (report->note_count == 0)
		return;
	html_print(html,
		   "<details class=notes><summary>What was assumed to analyse these sources: %zu note%s</summary>\n",
		   report->note_count, plural(report->note_count));
	write_entries(html, report->notes, report->note_count);
	html_print(html, "</details>\n");
}

/* ---- the overview: how many, by rule and by file ------------------------------------------- */

struct file_count {
	size_t index;
	size_t severities[3];
};

static void write_cell(struct html *html, size_t count)
{
	html_print(html, count > 0 ? "<td>%zu</td>" : "<td class=none>%zu</td>", count);
}

/* The gravest first, then what was found most often. */
static int compare_rules(const void *left_item, const void *right_item)
{
	const struct html_rule *left = *(struct html_rule *const *)left_item;
	const struct html_rule *right = *(struct html_rule *const *)right_item;

	if (left->rule->severity != right->rule->severity)
		return left->rule->severity > right->rule->severity ? -1 : 1;
	for (int state = 0; state < STATES; state++)
		if (left->counts[state] != right->counts[state])
			return left->counts[state] > right->counts[state] ? -1 : 1;
	return left->index < right->index ? -1 : 1;
}

static struct html_rule **sort_rules(struct arena *arena, const struct html_rules *rules)
{
	struct html_rule **sorted = ARENA_ARRAY(arena, struct html_rule *, rules->count);

	memcpy(sorted, rules->items, rules->count * sizeof(sorted[0]));
	qsort(sorted, rules->count, sizeof(sorted[0]), compare_rules);
	return sorted;
}

static void write_rule_rows(struct html *html, const struct html_rules *rules)
{
	struct html_rule **sorted = sort_rules(html->scratch, rules);
	bool has_baseline = html->report->has_baseline, has_allowed = html->report->allowed_count > 0;

	html_print(html, "<table class=by-rule><caption>By rule</caption><thead><tr><th scope=col>rule</th>"
			 "<th scope=col>what is wrong</th><th scope=col>findings</th>");
	html_print(html, has_baseline ? "<th scope=col>known</th>" : "");
	html_print(html, has_allowed ? "<th scope=col>allowed</th>" : "");
	html_print(html, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < rules->count; i++) {
		const struct html_rule *item = sorted[i];
		const char *severity = rp_severity_name(item->rule->severity);

		html_print(html, "<tr data-rule=%zu><th scope=row><span class=\"dot %s\" title=%s></span>", item->index,
			   severity, severity);
		html_print(html, "<a href=#r%zu>%s</a></th><td>%s</td>", item->index, item->rule->id,
			   item->rule->title);
		write_cell(html, item->counts[STATE_OPEN]);
		if (has_baseline)
			write_cell(html, item->counts[STATE_KNOWN]);
		if (has_allowed)
			write_cell(html, item->counts[STATE_ALLOWED]);
		html_print(html, "</tr>\n");
	}
	html_print(html, "</tbody></table>\n");
}

static struct file_count *count_files(struct html *html, struct arena *arena)
{
	size_t count = html_sources_count(html->sources);
	struct file_count *files = ARENA_ARRAY(arena, struct file_count, count);

	for (size_t i = 0; i < count; i++)
		files[i].index = i;
	for (size_t i = 0; i < html->report->finding_count; i++) {
		const struct finding *finding = &html->report->findings[i];

		files[html_sources_index(html->sources, finding->span.file)].severities[finding->rule->severity]++;
	}
	return files;
}

static void write_file_row(struct html *html, const struct file_count *file)
{
	const char *path = report_path(html->scratch, html->options, html_sources_name(html->sources, file->index));

	html_print(html, "<tr data-file=%zu><th scope=row><a href=#s%zu><code>%s</code></a></th>", file->index,
		   file->index, path);
	write_cell(html, file->severities[RP_SEVERITY_ERROR]);
	write_cell(html, file->severities[RP_SEVERITY_WARNING]);
	write_cell(html, file->severities[RP_SEVERITY_NOTE]);
	html_print(html, "</tr>\n");
}

static void write_file_rows(struct html *html)
{
	struct arena *arena = arena_create();
	struct file_count *files = count_files(html, arena);

	html_print(
		html,
		"<table class=by-file><caption>By file</caption><thead><tr><th scope=col>file</th>"
		"<th scope=col>errors</th><th scope=col>warnings</th><th scope=col>notes</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < html_sources_count(html->sources); i++) {
		const size_t *counts = files[i].severities;

		if (counts[RP_SEVERITY_ERROR] + counts[RP_SEVERITY_WARNING] + counts[RP_SEVERITY_NOTE] > 0)
			write_file_row(html, &files[i]);
	}
	html_print(html, "</tbody></table>\n");
	arena_destroy(arena);
	arena_reset(html->scratch);
}

static void write_overview(struct html *html, const struct html_rules *rules)
{
	html_print(html, "<section id=overview aria-labelledby=overview-head><h2 id=overview-head>Overview</h2>\n");
	if (rules->count == 0)
		html_print(html, "<p class=empty>None of the rules that were checked is broken in %s.</p>\n",
			   html->report->missing_count > 0 ? "the part that was analysed" : "these sources");
	else
		write_rule_rows(html, rules);
	if (html->report->finding_count > 0)
		write_file_rows(html);
	html_print(html, "</section>\n");
}

/* ---- one finding -------------------------------------------------------------------------- */

static const char *const state_names[STATES] = {
	[STATE_OPEN] = "open",
	[STATE_ALLOWED] = "allowed",
	[STATE_KNOWN] = "known",
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The step's part of its line, in characters from 1, the end exclusive. */
static void write_columns(struct html *html, const struct span *span)
{
	const char *line = source_cache_line(html->sources_cache, span->file, span->line);
	struct span shown = span_with_end(*span);

	if (!line || span->column == 0)
		return;
	size_t end = shown.end_line > shown.line ? strlen(line) : shown.end_column;
	html_print(html, " data-c=%u-%u", utf8_column(line, shown.column), utf8_column(line, (unsigned)end + 1));
}

/* To the line, where it is shown, or to its file. */
static void write_link(struct html *html, const struct span *span)
{
	size_t file = html_sources_index(html->sources, span->file);

	if (source_cache_line(html->sources_cache, span->file, span->line))
		html_print(html, "<a class=place href=#s%zu-%u>", file, span->line);
	else
		html_print(html, "<a class=place href=#s%zu>", file);
}

static void write_step(struct html *html, const struct span *span, enum step_kind kind, const char *text)
{
	html_print(html, "<li class=%s", step_kind_names[kind]);
	write_columns(html, span);
	html_print(html, ">");
	write_link(html, span);
	html_print(html, "%s:%u</a> <span class=said>", base_name(span->file), span->line);
	html_words(html, text);
	html_print(html, "</span> ");
	html_write_step_line(html, span);
	html_print(html, "</li>\n");
}

static void write_steps(struct html *html, const struct finding *finding)
{
	html_print(html, "<ol class=steps>\n");
	for (int i = 0; i < finding->step_count; i++) {
		const struct finding_step *step = &finding->steps[i];

		write_step(html, &step->span, step->kind, step->text);
	}
	if (finding->step_count == 0)
		write_step(html, &finding->span, STEP_END, finding->message);
	html_print(html, "</ol>\n");
}

static void write_place(struct html *html, const struct span *span)
{
	write_link(html, span);
	html_print(html, "%s", report_path(html->scratch, html->options, span->file));
	if (span->line > 0)
		html_print(html, ":%u", span->line);
	if (span->column > 0)
		html_print(html, ":%u", span->column);
	html_print(html, "</a>");
}

/* Of what so2check alone found nothing is said. */
static void write_engines(struct html *html, unsigned engines)
{
	const char *glue = "found by ";

	html_print(html, engines ? " <span>" : "");
	for (int i = 0; i < ENGINE_COUNT; i++) {
		if (!(engines & (1u << i)))
			continue;
		html_print(html, "%s%s", glue, engine_names[i]);
		glue = ", ";
	}
	html_print(html, engines ? "</span>" : "");
}

static void write_meta(struct html *html, const struct finding *finding, enum finding_state state,
		       const struct html_rule *rule)
{
	const char *severity = rp_severity_name(finding->rule->severity);

	html_print(html, "<p class=meta><span class=\"badge %s\">%s</span> ", severity, severity);
	if (state != STATE_OPEN)
		html_print(html, "<span class=\"badge state\">%s</span> ", state_names[state]);
	write_place(html, &finding->span);
	if (finding->function)
		html_print(html, " <span>in <code>%s</code></span>", finding->function);
	html_print(html, " <a class=rule href=#r%zu>%s</a>", rule->index, rule->rule->id);
	if (finding->certainty == CERTAINTY_LIKELY)
		html_print(html, " <span class=likely>likely: rests on an assumption named in its steps</span>");
	write_engines(html, finding->engines);
	html_print(html, "</p>\n");
	if (state == STATE_ALLOWED)
		html_print(html, "<p class=reason>Allowed by a comment in the source: <q>%s</q></p>\n",
			   finding->allowed_for);
	else if (state == STATE_KNOWN)
		html_print(html, "<p class=reason>Known from the earlier report: it does not count.</p>\n");
}

static void write_term(struct html *html, const char *term, const char *text)
{
	if (!text)
		return;
	html_print(html, "<div><dt>%s</dt><dd>", term);
	html_words(html, text);
	html_print(html, "</dd></div>");
}

/* The documents stand with the rule: a report of thousands must not say them thousands of times. */
static void write_lesson(struct html *html, const struct rp_rule *rule, bool has_documents)
{
	html_print(html, "<dl class=lesson>");
	write_term(html, "Why this is wrong", rule->why);
	write_term(html, "What to do", rule->help);
	if (has_documents && rule->source_count > 0)
		html_print(html, "<div><dt>Where it is written</dt>");
	for (int i = 0; i < rule->source_count && has_documents; i++)
		html_print(html, rule->sources[i].place ? "<dd>%s, %s</dd>" : "<dd>%s</dd>", rule->sources[i].document,
			   rule->sources[i].place);
	html_print(html, has_documents && rule->source_count > 0 ? "</div></dl>\n" : "</dl>\n");
}

static void write_finding(struct html *html, const struct finding *finding, size_t number, enum finding_state state,
			  struct html_rules *rules)
{
	html_print(html, "<noscript id=pf%zu><article id=f%zu class=\"finding %s\" data-x=\"", number, number,
		   rp_severity_name(finding->rule->severity));
	html_write_ranges(html, finding);
	html_print(html, "\">\n<h3>");
	html_words(html, finding->message);
	html_print(html, "</h3>\n");
	write_meta(html, finding, state, find_rule(rules, finding->rule));
	write_steps(html, finding);
	write_lesson(html, finding->rule, false);
	html_print(html, "</article></noscript>\n");
	arena_reset(html->scratch);
}

static void write_findings(struct html *html, struct html_rules *rules)
{
	static const char *const headings[STATES] = {
		[STATE_OPEN] = "Findings",
		[STATE_ALLOWED] = "Allowed by comments in the sources",
		[STATE_KNOWN] = "Known from the earlier report",
	};
	size_t number = 0;

	for (int state = 0; state < STATES; state++) {
		struct finding_list list = list_of(html->report, (enum finding_state)state);

		if (list.count > 0)
			html_print(html, "<noscript><h2>%s</h2></noscript>\n", headings[state]);
		for (size_t i = 0; i < list.count; i++)
			write_finding(html, &list.findings[i], number++, (enum finding_state)state, rules);
	}
}

/* ---- rules --------------------------------------------------------------------------------- */

/* Of a rule that came with the run its page as `explain` shows it, of one that a report names the built-in page if it
 * is about the same; NULL: neither. Freed by the caller. */
static char *page_of_rule(const struct report_options *options, const struct rp_rule *rule)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream;

	if (!rule->doc) {
		const char *page = options->find_page ? options->find_page(rule->id) : NULL;
		size_t head = page ? strcspn(page, "\n") : 0, title = strlen(rule->title);
		bool is_same = head > title && !strncmp(page + head - title, rule->title, title);

		return is_same ? strdup(page) : NULL;
	}
	stream = open_memstream(&text, &length);
	if (!stream)
		return NULL;
	report_write_rule_page(stream, rule);
	return fclose(stream) ? NULL : text;
}

/* The heading of a page and the list under it say what stands above it here. */
static const char *skip_head(const char *page)
{
	const char *list = strstr(page, "\n\n- rule: ");
	const char *end = list ? strstr(list + 2, "\n\n") : NULL;

	return end ? end : page;
}

static void write_weaknesses(struct html *html, const struct rp_rule *rule)
{
	for (int i = 0; i < rule->cwe_count; i++) {
		const char *number = rule->cwe[i] + strcspn(rule->cwe[i], "0123456789");

		html_print(
			html,
			"<a class=cwe rel=noreferrer href=\"https://cwe.mitre.org/data/definitions/%s.html\">%s</a> ",
			number, rule->cwe[i]);
	}
}

static void write_rule(struct html *html, const struct html_rule *item)
{
	const struct rp_rule *rule = item->rule;
	const char *severity = rp_severity_name(rule->severity);
	char *page = page_of_rule(html->options, rule);

	html_print(
		html,
		"<noscript id=pr%zu><section id=r%zu class=rule-page>\n<h3>%s</h3>\n<p class=meta><span class=\"badge %s\">%s</span> ",
		item->index, item->index, rule->title, severity, severity);
	html_print(html, "<code>%s</code> ", rule->id);
	write_weaknesses(html, rule);
	html_print(html, "</p>\n");
	write_lesson(html, rule, true);
	if (page)
		html_markdown(html, skip_head(page));
	html_print(html, "</section></noscript>\n");
	free(page);
	arena_reset(html->scratch);
}

static void write_rules(struct html *html, const struct html_rules *rules)
{
	if (rules->count > 0)
		html_print(html, "<noscript><h2>The rules</h2></noscript>\n");
	for (size_t i = 0; i < rules->count; i++)
		write_rule(html, rules->items[i]);
}

static const char only_steps_text[] =
	"Of the sources only the lines of the steps are here: this report was made from others.";

static void write_sources(struct html *html)
{
	size_t count = html_sources_count(html->sources);

	if (count > 0)
		html_print(html, "<noscript><h2 class=sources>Sources around the findings</h2></noscript>\n");
	if (count > 0 && source_cache_is_given(html->sources_cache))
		html_print(html, "<noscript><p class=sources>%s</p></noscript>\n", only_steps_text);
	for (size_t i = 0; i < count; i++) {
		html_write_source(html, i);
		arena_reset(html->scratch);
	}
}

/* ---- the table that the script searches and lists --------------------------------------------- */

static json_t *make_rule_index(struct json_doc *doc, const struct html_rules *rules)
{
	json_t *array = json_array();

	for (size_t i = 0; i < rules->count; i++) {
		const struct rp_rule *rule = rules->items[i]->rule;
		const char *texts[] = { rule->id, rule->title, rp_severity_name(rule->severity) };

		json_doc_append(doc, array, json_doc_strings(doc, texts, 3));
	}
	return array;
}

static json_t *make_file_index(struct json_doc *doc, const struct html *html)
{
	json_t *array = json_array();

	for (size_t i = 0; i < html_sources_count(html->sources); i++) {
		const char *name = html_sources_name(html->sources, i);
		const char *path = utf8_printable(doc->scratch, report_path(doc->scratch, html->options, name));

		json_doc_append(doc, array, json_doc_string(doc, path));
	}
	return array;
}

/* [rule, file, line, state, function, message] */
static json_t *make_finding_index(struct json_doc *doc, const struct html *html, const struct finding *finding,
				  enum finding_state state, struct html_rules *rules)
{
	json_t *row = json_array();
	const char *function = finding->function ? finding->function : "";

	json_doc_append(doc, row, json_integer((json_int_t)find_rule(rules, finding->rule)->index));
	json_doc_append(doc, row, json_integer((json_int_t)html_sources_index(html->sources, finding->span.file)));
	json_doc_append(doc, row, json_integer(finding->span.line));
	json_doc_append(doc, row, json_integer(state));
	json_doc_append(doc, row, json_doc_string(doc, utf8_printable(doc->scratch, function)));
	json_doc_append(doc, row, json_doc_string(doc, utf8_printable(doc->scratch, finding->message)));
	return row;
}

static int write_index(struct html *html, struct html_rules *rules)
{
	struct json_doc doc = { .scratch = html->scratch };
	json_t *root = json_object(), *findings = json_array();

	json_doc_set(&doc, root, "rules", make_rule_index(&doc, rules));
	json_doc_set(&doc, root, "files", make_file_index(&doc, html));
	for (int state = 0; state < STATES; state++) {
		struct finding_list list = list_of(html->report, (enum finding_state)state);

		for (size_t i = 0; i < list.count; i++)
			json_doc_append(&doc, findings,
					make_finding_index(&doc, html, &list.findings[i], (enum finding_state)state,
							   rules));
	}
	json_doc_set(&doc, root, "findings", findings);
	if (source_cache_is_given(html->sources_cache))
		json_doc_set(&doc, root, "remark", json_doc_string(&doc, only_steps_text));
	html_print(html, "<script type=application/json id=index>");
	int status = html_json(html, root);
	html_print(html, "</script>\n");
	arena_reset(html->scratch);
	return status || doc.has_failed ? -1 : 0;
}

/* ---- the page ------------------------------------------------------------------------------------ */

static unsigned hex_value(char digit)
{
	return digit <= '9' ? (unsigned)(digit - '0') : (unsigned)(digit - 'a' + 10);
}

/* 64 hex digits as Base64, which the policy wants: 6 bits a letter, so 3 digits make 2. */
static const char *base64_of_hash(struct arena *arena, const char *hex)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *text = arena_alloc(arena, 45), *write = text;

	for (int i = 0; i < 63; i += 3) {
		unsigned bits = hex_value(hex[i]) << 8 | hex_value(hex[i + 1]) << 4 | hex_value(hex[i + 2]);

		*write++ = letters[bits >> 6];
		*write++ = letters[bits & 63];
	}
	*write++ = letters[hex_value(hex[63]) << 2];
	*write = '=';
	return text;
}

static const char *page_title(const struct html *html)
{
	return html->options->title ? html->options->title : "so2check report";
}

static void write_head(struct html *html)
{
	const char *style = base64_of_hash(html->scratch, html_style.sha256);
	const char *theme = base64_of_hash(html->scratch, html_theme.sha256);
	const char *script = base64_of_hash(html->scratch, html_script.sha256);

	html_print(
		html,
		"<!DOCTYPE html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
		"<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src data:; "
		"style-src 'sha256-%s'; script-src 'sha256-%s' 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n",
		style, theme, script);
	html_print(html,
		   "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
		   "<meta name=color-scheme content=\"light dark\">\n<link rel=icon href=\"data:,\">\n"
		   "<title>%s</title>\n<style>",
		   page_title(html));
	fputs(html_style.text, html->out); /* as they are: the policy has their hashes */
	html_print(html, "</style>\n<script>");
	fputs(html_theme.text, html->out);
	html_print(html, "</script>\n</head>\n");
}

static void write_footer(struct html *html)
{
	const struct report_options *options = html->options;

	html_print(html, "<footer>Made by so2check %s", options->tool_version ? options->tool_version : "");
	if (options->libclang_version)
		html_print(html, " with %s", options->libclang_version);
	html_print(html, "</footer>\n");
}

static void write_remarks(struct html *html)
{
	const struct report_options *options = html->options;

	for (int i = 0; i < options->remark_count; i++)
		html_print(html, i == 0 ? "<ul class=remarks><li>%s</li>\n" : "<li>%s</li>\n", options->remarks[i]);
	if (options->remark_count > 0)
		html_print(html, "</ul>\n");
}

static int write_body(struct html *html, struct html_rules *rules)
{
	html_print(html, "<body>\n<header id=top><h1>%s</h1>\n", page_title(html));
	write_headline(html);
	write_remarks(html);
	html_print(html, "</header>\n<main>\n");
	write_missing(html);
	fputs(html_app.text, html->out);
	write_overview(html, rules);
	write_notes(html);
	int status = write_index(html, rules);
	html_print(html, "<script>");
	fputs(html_script.text, html->out);
	html_print(html, "</script>\n");
	write_findings(html, rules);
	write_sources(html);
	write_rules(html, rules);
	html_print(html, "</main>\n");
	write_footer(html);
	html_print(html, "</body>\n</html>\n");
	return status;
}

/* Numbers files and rules in the order of the findings, and counts. */
static void take_findings(struct html *html, struct html_rules *rules)
{
	for (int state = 0; state < STATES; state++) {
		struct finding_list list = list_of(html->report, (enum finding_state)state);

		for (size_t i = 0; i < list.count; i++) {
			html_sources_add(html->sources, &list.findings[i]);
			find_rule(rules, list.findings[i].rule)->counts[state]++;
		}
	}
	html_sources_finish(html->sources);
}

int html_write(FILE *out, const struct report *report, struct source_cache *sources,
	       const struct report_options *options)
{
	struct arena *arena = arena_create();
	struct html html = {
		.out = out, .scratch = arena_create(), .report = report, .options = options, .sources_cache = sources
	};
	struct html_rules rules = { .arena = arena, .by_rule = keymap_create(arena) };

	html.sources = html_sources_create(arena, sources, options);
	take_findings(&html, &rules);
	write_head(&html);
	int status = write_body(&html, &rules);
	arena_destroy(html.scratch);
	arena_destroy(arena);
	if (status)
		errno = ENOMEM;
	return status || fflush(out) || ferror(out) ? -1 : 0;
}
