/* See merge.h. */
#include "merge.h"

#include "base/file.h"
#include "report/merge.h"

/* A report of a whole kernel has some 10 MB; each is read as a whole. */
#define REPORT_LIMIT ((size_t)1 << 30)

static bool add_report(struct run *run, struct report_merge *merge, const char *name)
{
	struct arena *scratch = arena_create();
	struct span span = { .file = name };
	char *text;
	size_t length = 0;
	const char *error;
	bool is_added = false;

	if (file_read(scratch, name, REPORT_LIMIT, &text, &length, &error))
		log_add(run->log, LOG_ERROR, &span, "%s", error);
	else
		is_added = report_merge_add(merge, name, text, length);
	arena_destroy(scratch);
	return is_added;
}

/* SARIF has the tables of rules that JSON lacks, and JSON the counts and source lines that SARIF lacks. */
static int choose_format(struct run *run, enum report_format given, struct report_options *how)
{
	const struct options *options = run->options;

	how->format = options->has_format ? options->format : given;
	if ((how->format == REPORT_SARIF) == (given == REPORT_SARIF))
		return 0;
	if (given == REPORT_SARIF)
		log_add(run->log, LOG_ERROR, NULL, "option --format: SARIF reports can be merged into sarif only");
	else
		log_add(run->log, LOG_ERROR, NULL, "option --format: JSON reports cannot be merged into sarif");
	return -1;
}

int merge_reports(struct run *run, struct report_options *how)
{
	const struct text_list *names = &run->options->operands;
	struct report_merge *merge = report_merge_create(run->arena, run->pool, run->log, SO2_VERSION);
	bool has_all = true;

	for (int i = 0; i < names->count; i++)
		has_all &= add_report(run, merge, names->items[i]);
	if (!has_all || choose_format(run, report_merge_format(merge), how))
		return -1;
	return report_merge_finish(merge, &run->report, &run->sources, how) ? 0 : -1;
}
