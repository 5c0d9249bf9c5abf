/* Reports of earlier runs, JSON and SARIF: as a baseline, and to be merged. What was merged and written is read back as
 * the same report. */
#include "fuzz.h"

#include "report/baseline.h"
#include "report/merge.h"

#include <string.h>

#define VERSION "0.1.0"

struct merged {
	struct report report;
	struct source_cache *sources;
	struct report_options options;
};

static void write_report(FILE *out, void *context)
{
	struct merged *merged = context;

	fuzz_require(report_write(out, &merged->report, merged->sources, &merged->options) == 0, "not written");
}

/* NULL: it is no report that stands for a whole run. */
static const char *merge(struct fuzz *fuzz, const char *text, size_t *length, struct log *log)
{
	struct report_merge *merge = report_merge_create(fuzz->arena, fuzz->pool, log, VERSION);
	struct merged merged = { 0 };
	bool is_read = report_merge_add(merge, "report", text, *length);

	fuzz_require(is_read || log_count_level(log, LOG_ERROR) > 0, "refused without a reason");
	if (!is_read || !report_merge_finish(merge, &merged.report, &merged.sources, &merged.options))
		return NULL;
	merged.options.format = report_merge_format(merge);
	return fuzz_written(fuzz, length, write_report, &merged);
}

static void check_merge(struct fuzz *fuzz)
{
	size_t first_length = fuzz->size, second_length = 0;
	const char *first = merge(fuzz, fuzz->text, &first_length, fuzz->log);

	if (!first)
		return;
	fuzz_accepted();
	struct log *log = log_create();
	second_length = first_length;
	const char *second = merge(fuzz, first, &second_length, log);
	if (!second)
		log_print(log, 0, stderr);
	fuzz_require(second, "its own report is refused:\n%s", first);
	fuzz_require(first_length == second_length && memcmp(first, second, first_length) == 0,
		     "its own report is read as another one:\n%s\n%s", first, second);
	log_destroy(log);
}

static void check_baseline(struct fuzz *fuzz)
{
	struct log *log = log_create();
	struct baseline *baseline = baseline_read(fuzz->arena, log, "baseline", fuzz->text, fuzz->size);
	struct finding finding = { .rule = fuzz_rules()->rules[0],
				   .span = { .file = "a.c", .line = 1 },
				   .message = "m" };
	struct report report;

	fuzz_require(baseline || log_count_level(log, LOG_ERROR) > 0, "refused without a reason");
	if (baseline) {
		fuzz_accepted();
		report_init(&report, fuzz->arena);
		report_add_finding(&report, &finding);
		findings_finish(&report, source_cache_create_given(fuzz->arena));
		report_apply_baseline(&report, baseline);
		fuzz_require(report.finding_count + report.known_count == 1, "a finding is lost");
	}
	log_destroy(log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);

	check_baseline(&fuzz);
	check_merge(&fuzz);
	fuzz_end(&fuzz);
	return 0;
}
