/* See wire.h. Numbers are eight bytes in the machine's own order; a text is its
 * length + 1 (0: NULL) and its bytes. */
#include "report/wire.h"

#include <string.h>

/* ---- writing ----------------------------------------------------------------------- */

static void put_number(struct text *bytes, uint64_t number)
{
	text_add_n(bytes, (const char *)&number, sizeof(number));
}

static void put_text(struct text *bytes, const char *text)
{
	size_t length = text ? strlen(text) : 0;

	put_number(bytes, text ? length + 1 : 0);
	text_add_n(bytes, text ? text : "", length);
}

static void put_span(struct text *bytes, const struct span *span)
{
	put_text(bytes, span->file);
	put_number(bytes, span->line);
	put_number(bytes, span->column);
	put_number(bytes, span->end_line);
	put_number(bytes, span->end_column);
}

static void put_finding(struct text *bytes, const struct finding *finding)
{
	put_text(bytes, finding->rule->id);
	put_span(bytes, &finding->span);
	put_text(bytes, finding->message);
	put_text(bytes, finding->function);
	put_number(bytes, finding->certainty);
	put_number(bytes, (uint64_t)finding->step_count);
	for (int i = 0; i < finding->step_count; i++) {
		put_span(bytes, &finding->steps[i].span);
		put_text(bytes, finding->steps[i].text);
		put_number(bytes, finding->steps[i].kind);
	}
}

static void put_entries(struct text *bytes, const struct not_analysed *entries, size_t count)
{
	put_number(bytes, count);
	for (size_t i = 0; i < count; i++) {
		put_span(bytes, &entries[i].span);
		put_text(bytes, entries[i].function);
		put_text(bytes, entries[i].reason);
		put_number(bytes, entries[i].is_partial);
		put_number(bytes, entries[i].is_error);
	}
}

void report_pack(const struct report *report, struct text *bytes)
{
	put_number(bytes, report->unit_count);
	put_number(bytes, report->function_count);
	put_number(bytes, report->finding_count);
	for (size_t i = 0; i < report->finding_count; i++)
		put_finding(bytes, &report->findings[i]);
	put_entries(bytes, report->missing, report->missing_count);
	put_entries(bytes, report->notes, report->note_count);
}

/* ---- reading ------------------------------------------------------------------------ */

struct reader {
	struct arena *arena;
	struct intern_pool *pool;
	const char *at;
	size_t left;
	bool is_broken;
};

static uint64_t take_number(struct reader *reader)
{
	uint64_t number = 0;

	if (reader->left < sizeof(number)) {
		reader->is_broken = true;
		return 0;
	}
	memcpy(&number, reader->at, sizeof(number));
	reader->at += sizeof(number);
	reader->left -= sizeof(number);
	return number;
}

/* A count of things that take at least a byte each. */
static size_t take_count(struct reader *reader)
{
	uint64_t count = take_number(reader);

	if (count > reader->left) {
		reader->is_broken = true;
		return 0;
	}
	return (size_t)count;
}

static const char *take_text(struct reader *reader)
{
	uint64_t size = take_number(reader);

	if (size == 0)
		return NULL;
	if (size - 1 > reader->left) {
		reader->is_broken = true;
		return NULL;
	}
	const char *text = arena_strndup(reader->arena, reader->at, (size_t)size - 1);
	reader->at += size - 1;
	reader->left -= (size_t)size - 1;
	return text;
}

static struct span take_span(struct reader *reader)
{
	const char *file = take_text(reader);
	struct span span = { .file = file ? intern(reader->pool, file) : NULL };

	span.line = (unsigned)take_number(reader);
	span.column = (unsigned)take_number(reader);
	span.end_line = (unsigned)take_number(reader);
	span.end_column = (unsigned)take_number(reader);
	return span;
}

static bool take_finding(struct reader *reader, const struct rule_set *rules, struct finding *finding)
{
	const char *id = take_text(reader);

	*finding = (struct finding){ .rule = id ? rules_find_rule(rules, id) : NULL };
	finding->span = take_span(reader);
	finding->message = take_text(reader);
	finding->function = take_text(reader);
	finding->certainty = (enum finding_certainty)take_number(reader);
	size_t count = take_count(reader);
	finding->steps = ARENA_ARRAY(reader->arena, struct finding_step, count);
	finding->step_count = (int)count;
	for (size_t i = 0; i < count; i++) {
		finding->steps[i].span = take_span(reader);
		finding->steps[i].text = take_text(reader);
		finding->steps[i].kind = (enum step_kind)take_number(reader);
	}
	return !reader->is_broken && finding->rule && finding->span.file && finding->message;
}

static bool take_entry(struct reader *reader, struct not_analysed *entry)
{
	*entry = (struct not_analysed){ .span = take_span(reader) };
	entry->function = take_text(reader);
	entry->reason = take_text(reader);
	entry->is_partial = take_number(reader) != 0;
	entry->is_error = take_number(reader) != 0;
	return !reader->is_broken && entry->span.file && entry->reason;
}

static bool take_entries(struct reader *reader, struct report *report,
			 void (*add)(struct report *report, const struct not_analysed *entry))
{
	size_t count = take_count(reader);

	for (size_t i = 0; i < count; i++) {
		struct not_analysed entry;
		if (!take_entry(reader, &entry))
			return false;
		add(report, &entry);
	}
	return !reader->is_broken;
}

static bool take_report(struct reader *reader, struct report *report, const struct rule_set *rules)
{
	uint64_t units = take_number(reader), functions = take_number(reader);
	size_t count = take_count(reader);

	report->unit_count += (size_t)units;
	report->function_count += (size_t)functions;
	for (size_t i = 0; i < count; i++) {
		struct finding finding;
		if (!take_finding(reader, rules, &finding))
			return false;
		report_add_finding(report, &finding);
	}
	return !reader->is_broken && take_entries(reader, report, report_add_missing) &&
	       take_entries(reader, report, report_add_note) && reader->left == 0;
}

bool report_unpack(struct report *report, struct intern_pool *pool, const struct rule_set *rules, const char *bytes,
		   size_t length)
{
	struct reader reader = { .arena = arena_create(), .pool = pool, .at = bytes, .left = length };
	bool is_whole = take_report(&reader, report, rules);

	arena_destroy(reader.arena);
	return is_whole;
}
