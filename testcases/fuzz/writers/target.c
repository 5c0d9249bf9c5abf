/* Reports with hostile texts in every place that a submission can fill: names of files and functions, lines of sources,
 * what is quoted from them in messages. The first lines of the input are those texts; the rest chooses what is made of them. */
#include "bytes.h"
#include "formats.h"

#include <string.h>

enum { TEXTS = 6, FINDINGS = 4, STEPS = 3 };

struct maker {
	struct fuzz *fuzz;
	struct fuzz_bytes bytes;
	const char *texts[TEXTS];
	struct source_cache *sources;
	struct report report;
};

static const char *pick(struct maker *maker)
{
	return maker->texts[fuzz_take_below(&maker->bytes, TEXTS)];
}

/* A name of a file has something in it. */
static const char *pick_file(struct maker *maker)
{
	const char *text = pick(maker);

	return intern(maker->fuzz->pool, *text ? text : "a.c");
}

static struct span make_span(struct maker *maker)
{
	struct span span = { .file = pick_file(maker) };

	span.line = fuzz_take_below(&maker->bytes, 4);
	span.column = fuzz_take(&maker->bytes);
	span.end_line = span.line + fuzz_take_below(&maker->bytes, 2);
	span.end_column = fuzz_take(&maker->bytes);
	source_cache_add_line(maker->sources, span.file, span.line, pick(maker));
	return span;
}

static void make_finding(struct maker *maker)
{
	const struct rule_set *rules = fuzz_rules();
	unsigned choice = fuzz_take(&maker->bytes);
	struct finding_step steps[STEPS];
	struct finding finding = { .certainty = choice & 2 ? CERTAINTY_LIKELY : CERTAINTY_CERTAIN,
				   .engines = choice >> 2 & 7,
				   .steps = steps };

	/* One after the other: the order of initialisers is the compiler's. */
	finding.rule = rules->rules[fuzz_take(&maker->bytes) % (unsigned)rules->rule_count];
	finding.span = make_span(maker);
	finding.message = pick(maker);
	finding.function = choice & 1 ? pick(maker) : NULL;
	finding.step_count = (int)fuzz_take_below(&maker->bytes, STEPS + 1);
	for (int i = 0; i < finding.step_count; i++) {
		steps[i].span = make_span(maker);
		steps[i].text = pick(maker);
		steps[i].kind = (enum step_kind)fuzz_take_below(&maker->bytes, STEP_END + 1);
	}
	if ((choice >> 5) == 1) {
		finding.allowed_for = pick(maker);
		report_add_allowed(&maker->report, &finding);
	} else if ((choice >> 5) == 2) {
		maker->report.has_baseline = true;
		report_add_known(&maker->report, &finding);
	} else {
		report_add_finding(&maker->report, &finding);
	}
}

static void make_entry(struct maker *maker)
{
	unsigned choice = fuzz_take(&maker->bytes);
	struct not_analysed entry = { .is_partial = choice & 2, .is_error = choice & 4 };

	entry.span = make_span(maker);
	entry.function = choice & 1 ? pick(maker) : NULL;
	entry.reason = pick(maker);
	(choice & 8 ? report_add_note : report_add_missing)(&maker->report, &entry);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	struct maker maker = { .fuzz = &fuzz, .bytes = { fuzz.text, fuzz.size } };

	for (int i = 0; i < TEXTS; i++)
		maker.texts[i] = fuzz_take_line(&maker.bytes, fuzz.arena);
	maker.sources = source_cache_create_given(fuzz.arena);
	report_init(&maker.report, fuzz.arena);
	for (unsigned left = fuzz_take_below(&maker.bytes, FINDINGS + 1); left > 0; left--)
		make_finding(&maker);
	for (unsigned left = fuzz_take_below(&maker.bytes, FINDINGS + 1); left > 0; left--)
		make_entry(&maker);
	findings_finish(&maker.report, maker.sources);

	struct rule_set few = *fuzz_rules(); /* SARIF lists them all */
	few.rule_count = 2;
	struct report_options options = { .tool_version = "0", .libclang_version = "0", .rules = &few };
	options.rules_identity = "0123456789abcdef";
	options.root = "/src";
	options.title = maker.texts[0];
	options.remarks = maker.texts;
	options.remark_count = (int)fuzz_take_below(&maker.bytes, TEXTS);
	options.files = maker.texts;
	options.file_count = (int)fuzz_take_below(&maker.bytes, TEXTS);
	fuzz_require_formats(&fuzz, &maker.report, maker.sources, options, fuzz_take(&maker.bytes) % 4 == 0);
	fuzz_accepted();
	fuzz_end(&fuzz);
	return 0;
}
