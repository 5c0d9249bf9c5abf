/* See report/wire.h. */
#include "report/wire.h"

#include "base/wire.h"

/* ---- writing ----------------------------------------------------------------------- */

static void put_finding(struct text *bytes, const struct finding *finding)
{
	wire_put_text(bytes, finding->rule->id);
	wire_put_span(bytes, &finding->span);
	wire_put_text(bytes, finding->message);
	wire_put_text(bytes, finding->function);
	wire_put_number(bytes, finding->certainty);
	wire_put_number(bytes, finding->engines);
	wire_put_number(bytes, (uint64_t)finding->step_count);
	for (int i = 0; i < finding->step_count; i++) {
		wire_put_span(bytes, &finding->steps[i].span);
		wire_put_text(bytes, finding->steps[i].text);
		wire_put_number(bytes, finding->steps[i].kind);
	}
}

static void put_entries(struct text *bytes, const struct not_analysed *entries, size_t count)
{
	wire_put_number(bytes, count);
	for (size_t i = 0; i < count; i++) {
		wire_put_span(bytes, &entries[i].span);
		wire_put_text(bytes, entries[i].function);
		wire_put_text(bytes, entries[i].reason);
		wire_put_number(bytes, entries[i].is_partial);
		wire_put_number(bytes, entries[i].is_error);
	}
}

void report_pack(const struct report *report, struct text *bytes)
{
	wire_put_number(bytes, report->unit_count);
	wire_put_number(bytes, report->function_count);
	wire_put_number(bytes, report->finding_count);
	for (size_t i = 0; i < report->finding_count; i++)
		put_finding(bytes, &report->findings[i]);
	put_entries(bytes, report->missing, report->missing_count);
	put_entries(bytes, report->notes, report->note_count);
}

/* ---- reading ------------------------------------------------------------------------ */

/* An enumerator: whoever sent it may have been taken over, and formats look names up by it. */
static unsigned take_choice(struct wire_reader *reader, unsigned last)
{
	uint64_t number = wire_take_number(reader);

	reader->is_broken |= number > last;
	return reader->is_broken ? 0 : (unsigned)number;
}

static void take_steps(struct wire_reader *reader, struct finding *finding)
{
	size_t count = wire_take_count(reader);

	finding->steps = ARENA_ARRAY(reader->arena, struct finding_step, count);
	finding->step_count = (int)count;
	for (size_t i = 0; i < count && !reader->is_broken; i++) {
		struct finding_step *step = &finding->steps[i];

		step->span = wire_take_span(reader);
		step->text = wire_take_text(reader);
		step->kind = (enum step_kind)take_choice(reader, STEP_END);
		reader->is_broken |= !step->text;
	}
}

static bool take_finding(struct wire_reader *reader, const struct rule_set *rules, struct finding *finding)
{
	const char *id = wire_take_text(reader);

	*finding = (struct finding){ .rule = id ? rules_find_rule(rules, id) : NULL };
	finding->span = wire_take_span(reader);
	finding->message = wire_take_text(reader);
	finding->function = wire_take_text(reader);
	finding->certainty = (enum finding_certainty)take_choice(reader, CERTAINTY_LIKELY);
	finding->engines = take_choice(reader, (1u << ENGINE_COUNT) - 1);
	take_steps(reader, finding);
	return !reader->is_broken && finding->rule && finding->span.file && finding->message;
}

static bool take_entry(struct wire_reader *reader, struct not_analysed *entry)
{
	*entry = (struct not_analysed){ .span = wire_take_span(reader) };
	entry->function = wire_take_text(reader);
	entry->reason = wire_take_text(reader);
	entry->is_partial = wire_take_number(reader) != 0;
	entry->is_error = wire_take_number(reader) != 0;
	return !reader->is_broken && entry->span.file && entry->reason;
}

static bool take_entries(struct wire_reader *reader, struct report *report,
			 void (*add)(struct report *report, const struct not_analysed *entry))
{
	size_t count = wire_take_count(reader);

	for (size_t i = 0; i < count; i++) {
		struct not_analysed entry;
		if (!take_entry(reader, &entry))
			return false;
		add(report, &entry);
	}
	return !reader->is_broken;
}

static bool take_report(struct wire_reader *reader, struct report *report, const struct rule_set *rules)
{
	uint64_t units = wire_take_number(reader), functions = wire_take_number(reader);
	size_t count = wire_take_count(reader);

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
	struct wire_reader reader = { .arena = arena_create(), .pool = pool, .at = bytes, .left = length };
	bool is_whole = take_report(&reader, report, rules);

	arena_destroy(reader.arena);
	return is_whole;
}
