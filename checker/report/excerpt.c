/* A source line and the part of it that a span covers, cut to a length people can read. */
#include "report_int.h"

#include <string.h>

/* Longer source lines are shown in part, around the column. */
#define LINE_MAX_BYTES 200
#define LINE_LEAD_BYTES 80

static void cut_long_line(struct arena *scratch, struct excerpt *excerpt)
{
	size_t length = strlen(excerpt->text);
	if (length <= LINE_MAX_BYTES)
		return;
	size_t begin = excerpt->start > LINE_LEAD_BYTES ? excerpt->start - LINE_LEAD_BYTES : 0;
	begin = utf8_boundary(excerpt->text, begin);
	size_t stop = begin + LINE_MAX_BYTES < length ? begin + LINE_MAX_BYTES : length;
	stop = utf8_boundary(excerpt->text, stop);

	excerpt->text = arena_strndup(scratch, excerpt->text + begin, stop - begin);
	excerpt->start -= begin;
	excerpt->end = (excerpt->end < stop ? excerpt->end : stop) - begin;
	excerpt->is_cut_left = begin > 0;
	excerpt->is_cut_right = stop < length;
}

struct excerpt excerpt_of_line(struct arena *scratch, const char *line, const struct span *span)
{
	size_t length = strlen(line);
	struct excerpt excerpt = { .text = line };

	excerpt.start = span->column > 0 ? span->column - 1 : 0;
	if (excerpt.start > length)
		excerpt.start = length;
	if (span->end_line > span->line)
		excerpt.end = length;
	else
		excerpt.end = span->end_column > 0 ? span->end_column : excerpt.start + 1;
	if (excerpt.end > length)
		excerpt.end = length;
	if (excerpt.end <= excerpt.start)
		excerpt.end = excerpt.start + 1;
	cut_long_line(scratch, &excerpt);
	return excerpt;
}
