/* The report: collecting, ordering, and making one finding of one defect. */
#include "base/strmap.h"
#include "report_int.h"

#include <stdlib.h>
#include <string.h>

void report_init(struct report *report, struct arena *arena)
{
	memset(report, 0, sizeof(*report));
	report->arena = arena;
}

const char *const engine_names[ENGINE_COUNT + 1] = { "so2check", "sparse", "coccinelle", NULL };

const char *const certainty_names[CERTAINTY_LIKELY + 1] = {
	[CERTAINTY_CERTAIN] = "certain",
	[CERTAINTY_LIKELY] = "likely",
};

static const char *copy_text(struct arena *arena, const char *text)
{
	return text ? arena_strdup(arena, text) : NULL;
}

/* A step without a place has the finding's: all formats lead somewhere. */
static struct finding_step *steps_copy(struct arena *arena, const struct finding *finding)
{
	struct finding_step *copy = ARENA_ARRAY(arena, struct finding_step, (size_t)finding->step_count);

	for (int i = 0; i < finding->step_count; i++) {
		copy[i] = finding->steps[i];
		if (!copy[i].span.file)
			copy[i].span = finding->span;
		copy[i].text = copy_text(arena, copy[i].text);
	}
	return copy;
}

static struct finding finding_copy(struct arena *arena, const struct finding *finding)
{
	struct finding copy = *finding;

	copy.message = copy_text(arena, finding->message);
	copy.function = copy_text(arena, finding->function);
	copy.steps = steps_copy(arena, finding);
	copy.fingerprint = copy_text(arena, finding->fingerprint);
	copy.allowed_for = copy_text(arena, finding->allowed_for);
	return copy;
}

void report_add_finding(struct report *report, const struct finding *finding)
{
	struct finding copy = finding_copy(report->arena, finding);

	ARENA_PUSH(report->arena, report->findings, report->finding_count, report->finding_capacity, copy);
}

void report_add_allowed(struct report *report, const struct finding *finding)
{
	struct finding copy = finding_copy(report->arena, finding);

	ARENA_PUSH(report->arena, report->allowed, report->allowed_count, report->allowed_capacity, copy);
}

void report_add_known(struct report *report, const struct finding *finding)
{
	struct finding copy = finding_copy(report->arena, finding);

	ARENA_PUSH(report->arena, report->known, report->known_count, report->known_capacity, copy);
}

static struct not_analysed not_analysed_copy(struct arena *arena, const struct not_analysed *entry)
{
	struct not_analysed copy = *entry;

	copy.function = copy_text(arena, entry->function);
	copy.reason = copy_text(arena, entry->reason);
	return copy;
}

void report_add_missing(struct report *report, const struct not_analysed *missing)
{
	struct not_analysed copy = not_analysed_copy(report->arena, missing);

	ARENA_PUSH(report->arena, report->missing, report->missing_count, report->missing_capacity, copy);
}

void report_add_note(struct report *report, const struct not_analysed *note)
{
	struct not_analysed copy = not_analysed_copy(report->arena, note);

	ARENA_PUSH(report->arena, report->notes, report->note_count, report->note_capacity, copy);
}

int report_exit_status(const struct report *report)
{
	for (size_t i = 0; i < report->missing_count; i++) {
		if (report->missing[i].is_error)
			return 3;
	}
	return report->finding_count > 0 ? 1 : 0;
}

struct severity_counts report_count_severities(const struct report *report)
{
	struct severity_counts counts = { 0 };

	for (size_t i = 0; i < report->finding_count; i++) {
		switch (report->findings[i].rule->severity) {
		case RP_SEVERITY_ERROR:
			counts.errors++;
			break;
		case RP_SEVERITY_WARNING:
			counts.warnings++;
			break;
		case RP_SEVERITY_NOTE:
			counts.notes++;
			break;
		}
	}
	return counts;
}

/* ---- order --------------------------------------------------------------------- */

static int compare_text(const char *left, const char *right)
{
	return utf8_compare(left ? left : "", right ? right : "");
}

static int compare_number(unsigned left, unsigned right)
{
	return (left > right) - (left < right);
}

/* Files that are shown alike are still two. */
static int compare_file(const char *left, const char *right)
{
	int order = compare_text(left, right);

	return order || !left || !right ? order : strcmp(left, right);
}

static int compare_place(const struct span *left, const struct span *right)
{
	int order = compare_file(left->file, right->file);

	if (!order)
		order = compare_number(left->line, right->line);
	if (!order)
		order = compare_number(left->column, right->column);
	return order;
}

struct span span_with_end(struct span span)
{
	if (span.end_line < span.line)
		span.end_line = span.line;
	if (span.end_column == 0 || (span.end_line == span.line && span.end_column < span.column))
		span.end_column = span.column;
	return span;
}

/* Of places that begin together. */
static int compare_ends(const struct span *left, const struct span *right)
{
	struct span a = span_with_end(*left), b = span_with_end(*right);
	int order = compare_number(a.end_line, b.end_line);

	return order ? order : compare_number(a.end_column, b.end_column);
}

/* 0 means the same defect. */
static int compare_defect(const struct finding *left, const struct finding *right)
{
	int order = compare_place(&left->span, &right->span);

	if (!order)
		order = strcmp(left->rule->id, right->rule->id);
	if (!order)
		order = compare_text(left->message, right->message);
	return order;
}

static int compare_steps(const struct finding *left, const struct finding *right)
{
	for (int i = 0; i < left->step_count && i < right->step_count; i++) {
		int order = compare_place(&left->steps[i].span, &right->steps[i].span);

		if (!order)
			order = compare_text(left->steps[i].text, right->steps[i].text);
		if (!order)
			order = compare_number(left->steps[i].kind, right->steps[i].kind);
		if (!order)
			order = compare_ends(&left->steps[i].span, &right->steps[i].span);
		if (order)
			return order;
	}
	return 0;
}

/* Of the proofs of one defect the surest comes first, then the shortest; the
 * rest makes the order total, so that it does not depend on the order of adding. */
static int compare_findings(const void *left_item, const void *right_item)
{
	const struct finding *left = left_item, *right = right_item;
	int order = compare_defect(left, right);

	if (!order)
		order = compare_number(left->certainty, right->certainty);
	if (!order)
		order = left->step_count - right->step_count;
	if (!order)
		order = compare_text(left->function, right->function);
	if (!order)
		order = compare_steps(left, right);
	if (!order)
		order = compare_ends(&left->span, &right->span);
	return order;
}

static int compare_not_analysed(const void *left_item, const void *right_item)
{
	const struct not_analysed *left = left_item, *right = right_item;
	int order = compare_place(&left->span, &right->span);

	if (!order)
		order = compare_text(left->function, right->function);
	if (!order)
		order = compare_text(left->reason, right->reason);
	if (!order)
		order = (int)right->is_error - (int)left->is_error;
	if (!order)
		order = (int)left->is_partial - (int)right->is_partial;
	if (!order)
		order = compare_ends(&left->span, &right->span);
	return order;
}

/* ---- finishing ------------------------------------------------------------------- */

/* What several found is one finding of all of them. */
static unsigned join_engines(unsigned left, unsigned right)
{
	if (left == right)
		return left;
	return (left ? left : ENGINE_SO2CHECK) | (right ? right : ENGINE_SO2CHECK);
}

static size_t sort_findings(struct finding *findings, size_t count)
{
	size_t kept = 0;

	if (count == 0)
		return 0;
	qsort(findings, count, sizeof(*findings), compare_findings);
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && !compare_defect(&findings[kept - 1], &findings[i])) {
			findings[kept - 1].engines = join_engines(findings[kept - 1].engines, findings[i].engines);
			continue;
		}
		findings[kept++] = findings[i];
	}
	return kept;
}

/* A header's function is met in every unit that includes it: one entry is enough. */
static size_t sort_not_analysed(struct not_analysed *entries, size_t count)
{
	size_t kept = 0;

	if (count == 0)
		return 0;
	qsort(entries, count, sizeof(*entries), compare_not_analysed);
	for (size_t i = 0; i < count; i++) {
		const struct not_analysed *last = kept > 0 ? &entries[kept - 1] : NULL;

		if (last && !compare_place(&last->span, &entries[i].span) &&
		    !compare_text(last->function, entries[i].function) &&
		    !compare_text(last->reason, entries[i].reason))
			continue;
		entries[kept++] = entries[i];
	}
	return kept;
}

void report_sort_notes(struct report *report)
{
	report->note_count = sort_not_analysed(report->notes, report->note_count);
}

/* Counts per file, not per run: which other files are checked must not matter. */
static void set_fingerprints(struct arena *arena, struct finding *findings, size_t count, struct source_cache *sources)
{
	struct arena *scratch = arena_create();
	struct keymap *seen = NULL; /* hash -> ordinal of the next one */
	const char *file = NULL;

	for (size_t i = 0; i < count; i++) {
		struct finding *finding = &findings[i];

		if (!seen || compare_file(file, finding->span.file)) {
			arena_reset(scratch);
			seen = keymap_create(scratch);
			file = finding->span.file;
		}
		const char *line = source_cache_line(sources, finding->span.file, finding->span.line);
		if (finding->identity == 0)
			finding->identity = fingerprint_hash(scratch, finding, line);
		uint64_t hash = finding->identity;
		uintptr_t ordinal = (uintptr_t)keymap_get(seen, hash);

		finding->fingerprint = fingerprint_text(arena, fingerprint_number(hash, (unsigned)ordinal));
		keymap_put(seen, hash, (void *)(ordinal + 1));
	}
	arena_destroy(scratch);
}

void findings_finish(struct report *report, struct source_cache *sources)
{
	report->finding_count = sort_findings(report->findings, report->finding_count);
	report->allowed_count = sort_findings(report->allowed, report->allowed_count);
	report->known_count = sort_findings(report->known, report->known_count);
	report->missing_count = sort_not_analysed(report->missing, report->missing_count);
	report_sort_notes(report);
	set_fingerprints(report->arena, report->findings, report->finding_count, sources);
	set_fingerprints(report->arena, report->allowed, report->allowed_count, sources);
	set_fingerprints(report->arena, report->known, report->known_count, sources);
}

int report_write(FILE *out, const struct report *report, struct source_cache *sources,
		 const struct report_options *options)
{
	switch (options->format) {
	case REPORT_TEXT:
		return text_write(out, report, sources, options->use_color);
	case REPORT_SHORT:
		return short_write(out, report, options->use_color);
	case REPORT_JSON:
		return json_write(out, report, sources, options);
	case REPORT_SARIF:
		return sarif_write(out, report, sources, options);
	case REPORT_GITHUB:
		return github_write(out, report, options);
	case REPORT_GITLAB:
		return gitlab_write(out, report, options);
	case REPORT_CHECKSTYLE:
		return checkstyle_write(out, report, options);
	case REPORT_JUNIT:
		return junit_write(out, report, options);
	case REPORT_HTML:
		return html_write(out, report, sources, options);
	}
	return -1;
}
