/* What the files of the HTML report share; nobody else includes this. */
#ifndef SO2_REPORT_HTML_INT_H
#define SO2_REPORT_HTML_INT_H

#include "base/strmap.h"
#include "report_int.h"

struct html {
	FILE *out;
	struct arena *scratch; /* reset after each finding */
	const struct report *report;
	const struct report_options *options;
	struct source_cache *sources_cache;
	struct html_sources *sources;
};

/* ---- html_doc.c: the only place that writes what comes from elsewhere -------------- */

/* The format is markup and written as it is; what %s stands for is made printable and escaped, for text and for quoted
 * attributes. Beside it there are %u and %zu, and no others. */
void html_print(struct html *html, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* One text, escaped. */
void html_text(struct html *html, const char *text);
void html_text_n(struct html *html, const char *text, size_t length);
/* Compact JSON within a script element: what could end it is written as \u003c. Frees the value; -1: out of memory. */
int html_json(struct html *html, json_t *value);

/* ---- html_code.c: C with its words told apart -------------------------------------- */

/* What a line begins in the middle of. */
struct code_state {
	bool is_comment;
};
/* Writes the line with comments, strings, numbers, preprocessor, keywords and calls in elements of their own, and goes on
 * to the state after it. */
void html_code(struct html *html, const char *line, struct code_state *state);
/* The state alone. */
void code_skip(const char *line, struct code_state *state);

/* ---- html_markdown.c ------------------------------------------------------------------ */

/* A rule's page without its heading: paragraphs, headings, lists, tables, indented code, `code`, **strong** words. */
void html_markdown(struct html *html, const char *text);
/* One line of text, with `code` as such. */
void html_words(struct html *html, const char *text);

/* ---- html_source.c: which lines of which files are shown -------------------------------- */

struct html_sources *html_sources_create(struct arena *arena, struct source_cache *cache,
					 const struct report_options *options);
/* Takes in the lines around the finding's steps. */
void html_sources_add(struct html_sources *sources, const struct finding *finding);
/* After the last: what is shown of each file is known. */
void html_sources_finish(struct html_sources *sources);
size_t html_sources_count(const struct html_sources *sources);
const char *html_sources_name(const struct html_sources *sources, size_t index);
/* The file's number. */
size_t html_sources_index(const struct html_sources *sources, const char *file);
/* Is there text of the file around the steps, not only their lines? */
bool html_sources_has_text(const struct html_sources *sources, size_t index);
/* `3:10-20,34-38;5:1-4`: by file what is shown of one finding. */
void html_write_ranges(struct html *html, const struct finding *finding);
/* The line of a step, with the step's part marked; nothing where the line is not known. */
void html_write_step_line(struct html *html, const struct span *span);
/* All lines of a file that are shown. */
void html_write_source(struct html *html, size_t index);

/* ---- made by the build of html/ ----------------------------------------------------------- */

struct html_asset {
	const char *text;   /* NUL-terminated */
	const char *sha256; /* in hex digits */
};
extern const struct html_asset html_style, html_theme, html_script, html_app;

#endif
