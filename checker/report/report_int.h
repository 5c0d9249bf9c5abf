/* What the files of report/ share; nobody else includes this. */
#ifndef SO2_REPORT_INT_H
#define SO2_REPORT_INT_H

#include "report/finding.h"
#include "report/texts.h"

#include <jansson.h>
#include <stdint.h>

/* ---- utf8.c: text from hostile sources made fit to print ------------------ */

/* One code point of a NUL-terminated text that is not at its end. Returns the
 * bytes it takes; an invalid byte takes 1 and gives UTF8_INVALID. */
#define UTF8_INVALID 0xFFFFFFFFu
size_t utf8_decode(const char *text, uint32_t *code);
/* As utf8_clean, and control characters (not tab) and marks that reorder text
 * become U+FFFD, so that no source can write to the reader's terminal. */
const char *utf8_printable(struct arena *arena, const char *text);
/* Order by code points, as strcmp; an invalid byte counts as U+FFFD. */
int utf8_compare(const char *left, const char *right);
/* The column counted in code points of a column counted in bytes (both from 1). */
unsigned utf8_column(const char *line, unsigned byte_column);
/* The offset, or that of the character it is in the middle of. */
size_t utf8_boundary(const char *text, size_t offset);

/* ---- excerpt.c ------------------------------------------------------------- */

/* A piece of a line and the range in it that a span covers; offsets in bytes from 0. */
struct excerpt {
	const char *text;
	size_t start, end; /* end is exclusive */
	bool is_cut_left, is_cut_right;
};
/* A span that is wrong for its line (the file changed meanwhile) is pulled into it; a long line is cut around its start. */
struct excerpt excerpt_of_line(struct arena *scratch, const char *line, const struct span *span);

/* ---- fingerprint.c --------------------------------------------------------- */

/* Hash of rule, function and the line's text with runs of blanks made one. */
uint64_t fingerprint_hash(struct arena *scratch, const struct finding *finding, const char *line);
/* The ordinal counts findings of equal hash in one file from 0; that of the first is the hash itself. */
uint64_t fingerprint_number(uint64_t hash, unsigned ordinal);
/* 16 hex digits */
const char *fingerprint_text(struct arena *arena, uint64_t number);

/* ---- source.c ------------------------------------------------------------------- */

/* Are single lines all there is? */
bool source_cache_is_given(const struct source_cache *cache);

/* ---- finding.c ---------------------------------------------------------------- */

/* The end as it is shown: not before the start, and its character where it is unknown. */
struct span span_with_end(struct span span);
/* In their order, each once. */
void report_sort_notes(struct report *report);

/* ---- counting ---------------------------------------------------------------- */

struct severity_counts {
	size_t errors, warnings, notes;
};
struct severity_counts report_count_severities(const struct report *report);

/* ---- json_doc.c: building JSON without a check at every call ------------------ */

struct json_doc {
	struct arena *scratch;
	bool has_failed; /* out of memory in the library; json_doc_write() reports it */
};
/* A cleaned string, or null for NULL. */
json_t *json_doc_string(struct json_doc *doc, const char *text);
/* {key: text}, the shape of SARIF messages. */
json_t *json_doc_wrap(struct json_doc *doc, const char *key, const char *text);
/* Both take over the value. */
void json_doc_set(struct json_doc *doc, json_t *object, const char *key, json_t *value);
void json_doc_append(struct json_doc *doc, json_t *array, json_t *value);
/* Writes and frees the document; 0, or -1 with errno. */
int json_doc_write(struct json_doc *doc, json_t *root, FILE *out);
/* ["a", "b"] */
/* The names of engines. */
json_t *json_doc_engines(struct json_doc *doc, unsigned engines);
json_t *json_doc_strings(struct json_doc *doc, const char *const *texts, int count);
/* {"number", "count", "plan"} */
json_t *json_doc_shard(struct json_doc *doc, const struct report_shard *shard);
/* [{"document": ..., "place": ...}] */
json_t *json_doc_sources(struct json_doc *doc, const struct rp_rule *rule);

/* ---- xml_doc.c: the same for XML ---------------------------------------------- */

struct _xmlTextWriter; /* libxml2's */
struct xml_doc {
	FILE *out;
	struct arena *scratch;
	struct _xmlTextWriter *writer;
	bool has_failed;
};
struct xml_doc xml_doc_create(FILE *out);
void xml_doc_open(struct xml_doc *doc, const char *element);
void xml_doc_close(struct xml_doc *doc); /* the element opened last */
/* Before anything is in the element; NULL is left out. Texts are made printable. */
void xml_doc_set(struct xml_doc *doc, const char *attribute, const char *text);
void xml_doc_set_number(struct xml_doc *doc, const char *attribute, size_t number);
void xml_doc_line(struct xml_doc *doc, const char *text);
/* Writes what is left and frees the document; 0, or -1 with errno. */
int xml_doc_finish(struct xml_doc *doc);

/* ---- parts.c: texts that several formats have ------------------------------------ */

/* The id that takes the rule's place where something was not analysed. */
#define REPORT_MISSING_ID "not-analysed"

/* Relative where that is possible: what is read beside a checkout must not depend on where that lies. */
const char *report_path(struct arena *arena, const struct report_options *options, const char *file);
/* `not analysed: in `f`: reason` */
const char *report_missing_text(struct arena *arena, const struct not_analysed *entry);
/* `title - source: document, place; document, place` */
const char *report_rule_text(struct arena *arena, const struct rp_rule *rule);

/* ---- names in reports, for those who write and those who read them back -------- */

#define JSON_SCHEMA_VERSION 1
#define SARIF_SOURCE_ROOT "%SRCROOT%"
#define SARIF_FINGERPRINT "so2check/v1"

extern const char *const step_kind_names[STEP_END + 1];
/* By the number of the bit. */
extern const char *const engine_names[ENGINE_COUNT + 1];
extern const char *const certainty_names[CERTAINTY_LIKELY + 1];

struct step_look {
	const char *kinds[2];
	int kind_count;
	const char *importance; /* viewers may fold what is not essential */
};
extern const struct step_look sarif_step_looks[STEP_END + 1];

enum notification_kind { NOTIFY_NOT_ANALYSED, NOTIFY_PARTIAL, NOTIFY_NOTE, NOTIFY_CUT, NOTIFY_KINDS };
extern const char *const sarif_notification_ids[NOTIFY_KINDS];

/* ---- sarif_cwe.c ---------------------------------------------------------------- */

/* The weaknesses that rules name, each once, by number. */
struct sarif_cwes {
	const char **ids;
	int count, capacity;
};
void sarif_cwes_add(struct arena *arena, struct sarif_cwes *cwes, const struct rp_rule *rule);
/* run.taxonomies, driver.supportedTaxonomies and, after all were added, a rule's relationships */
json_t *sarif_cwes_taxonomies(struct json_doc *doc, const struct sarif_cwes *cwes);
json_t *sarif_cwes_supported(struct json_doc *doc);
json_t *sarif_cwes_relationships(struct json_doc *doc, const struct sarif_cwes *cwes, const struct rp_rule *rule);

/* ---- the sinks ------------------------------------------------------------------ */

int text_write(FILE *out, const struct report *report, struct source_cache *sources, bool use_color);
int short_write(FILE *out, const struct report *report, bool use_color);
int json_write(FILE *out, const struct report *report, struct source_cache *sources,
	       const struct report_options *options);
int sarif_write(FILE *out, const struct report *report, struct source_cache *sources,
		const struct report_options *options);
int github_write(FILE *out, const struct report *report, const struct report_options *options);
int gitlab_write(FILE *out, const struct report *report, const struct report_options *options);
int checkstyle_write(FILE *out, const struct report *report, const struct report_options *options);
int junit_write(FILE *out, const struct report *report, const struct report_options *options);
int html_write(FILE *out, const struct report *report, struct source_cache *sources,
	       const struct report_options *options);

#endif
