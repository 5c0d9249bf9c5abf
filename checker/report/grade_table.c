/* See report/grade_table.h. */
#include "report/grade_table.h"

#include "html_int.h"

#include <string.h>

const char *grade_verdict_text(enum grade_verdict verdict)
{
	static const char *const texts[GRADE_VERDICTS] = {
		[GRADE_PASSED] = "passed",
		[GRADE_FAILED] = "failed",
		[GRADE_NOT_ANALYSED] = "not analysed",
		[GRADE_NOT_BUILDABLE] = "not buildable",
		[GRADE_BUILD_CHANGED] = "build files changed",
	};

	return texts[verdict];
}

/* ---- CSV (RFC 4180) -------------------------------------------------------------- */

/* Always quoted. A spreadsheet takes what begins like this for a formula; an apostrophe makes it text. */
static void put_cell(FILE *out, struct arena *scratch, const char *text)
{
	const char *clean = utf8_printable(scratch, text);

	fputc('"', out);
	if (*clean && strchr("=+-@\t\r", *clean))
		fputc('\'', out);
	for (; *clean; clean++) {
		if (*clean == '"')
			fputc('"', out);
		fputc(*clean, out);
	}
	fputc('"', out);
}

static const char *join_remarks(struct arena *scratch, const struct grade_row *row)
{
	const char *text = "";

	for (int i = 0; i < row->remark_count; i++)
		text = arena_printf(scratch, "%s%s%s", text, i > 0 ? "; " : "", row->remarks[i]);
	return text;
}

int grade_write_csv(FILE *out, const struct grade_row *rows, size_t count)
{
	struct arena *scratch = arena_create();

	fputs("submission,verdict,errors,warnings,notes,allowed,suppressions,units,remarks,report\r\n", out);
	for (size_t i = 0; i < count; i++) {
		const struct grade_row *row = &rows[i];

		put_cell(out, scratch, row->name);
		fprintf(out, ",%s,%zu,%zu,%zu,%zu,%zu,%zu,", grade_verdict_text(row->verdict), row->errors,
			row->warnings, row->notes, row->allowed, row->suppressions, row->units);
		put_cell(out, scratch, join_remarks(scratch, row));
		fputc(',', out);
		put_cell(out, scratch, row->report);
		fputs("\r\n", out);
		arena_reset(scratch);
	}
	arena_destroy(scratch);
	return fflush(out) || ferror(out) ? -1 : 0;
}

/* ---- HTML ---------------------------------------------------------------------------- */

static const char page_head[] =
	"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	"<meta name=\"viewport\" content=\"width=device-width\">\n"
	"<style>\n"
	":root { color-scheme: light dark }\n"
	"body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem }\n"
	"table { border-collapse: collapse; width: 100% }\n"
	"th, td { border-bottom: 1px solid #8888; padding: .3rem .6rem; text-align: left; vertical-align: top }\n"
	"td.number { text-align: right }\n"
	"ul { margin: 0; padding-left: 1.1rem }\n"
	"td.passed { color: light-dark(#0a6b2d, #6fdc8c) }\n"
	"td.failed { color: light-dark(#b3261e, #ff8a80) }\n"
	"td.open { color: light-dark(#7a4f00, #f5c15c) }\n"
	"</style>\n";

static const char *verdict_class(enum grade_verdict verdict)
{
	if (verdict == GRADE_PASSED)
		return "passed";
	return verdict == GRADE_FAILED ? "failed" : "open";
}

static void write_row(struct html *html, const struct grade_row *row)
{
	const char *link = uri_from_path(html->scratch, row->report);

	html_print(html, "<tr><td><a href=\"%s\">%s</a></td><td class=\"%s\">%s</td>", link, row->name,
		   verdict_class(row->verdict), grade_verdict_text(row->verdict));
	html_print(html, "<td class=\"number\">%zu</td><td class=\"number\">%zu</td><td class=\"number\">%zu</td>",
		   row->errors, row->warnings, row->notes);
	html_print(html, "<td class=\"number\">%zu</td><td class=\"number\">%zu</td><td>", row->allowed,
		   row->suppressions);
	for (int i = 0; i < row->remark_count; i++)
		html_print(html, i == 0 ? "<ul><li>%s</li>" : "<li>%s</li>", row->remarks[i]);
	html_print(html, row->remark_count > 0 ? "</ul></td></tr>\n" : "</td></tr>\n");
}

static void write_counts(struct html *html, const struct grade_row *rows, size_t count)
{
	size_t counts[GRADE_VERDICTS] = { 0 };

	for (size_t i = 0; i < count; i++)
		counts[rows[i].verdict]++;
	html_print(html, "<p>%zu submissions:", count);
	for (int i = 0; i < GRADE_VERDICTS; i++)
		if (counts[i] > 0)
			html_print(html, " %zu %s.", counts[i], grade_verdict_text((enum grade_verdict)i));
	html_print(html, "</p>\n");
}

int grade_write_html(FILE *out, const char *title, const struct grade_row *rows, size_t count)
{
	struct html html = { .out = out, .scratch = arena_create() };

	fputs(page_head, out);
	html_print(&html, "<title>%s - so2check</title></head><body>\n<h1>%s</h1>\n", title, title);
	write_counts(&html, rows, count);
	html_print(&html, "<table><thead><tr><th scope=\"col\">Submission</th><th scope=\"col\">Verdict</th>"
			  "<th scope=\"col\">Errors</th><th scope=\"col\">Warnings</th><th scope=\"col\">Notes</th>"
			  "<th scope=\"col\">Allowed</th><th scope=\"col\">Suppressions</th>"
			  "<th scope=\"col\">Remarks</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < count; i++) {
		write_row(&html, &rows[i]);
		arena_reset(html.scratch);
	}
	html_print(&html, "</tbody></table>\n</body></html>\n");
	arena_destroy(html.scratch);
	return fflush(out) || ferror(out) ? -1 : 0;
}
