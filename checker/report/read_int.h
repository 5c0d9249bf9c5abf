/* What the files that read reports back share; nobody else includes this. */
#ifndef SO2_REPORT_READ_INT_H
#define SO2_REPORT_READ_INT_H

#include "base/strmap.h"
#include "report_int.h"

/* One report being read. After the first flaw, which is logged, all functions give nothing: results need not be
 * tested one by one. */
struct report_reader {
	struct arena *arena;
	struct intern_pool *pool;
	struct log *log;
	const char *name;     /* of the report */
	const char *item;     /* array whose items are being read; NULL: none */
	size_t index;	      /* of the item */
	struct keymap *rules; /* interned id -> struct rp_rule */
	struct source_cache *sources;
	struct report *report; /* what is read is added here */
	bool is_broken;
};

/* What a report says of how it was made. */
struct report_origin {
	const char *name; /* of the report */
	enum report_format format;
	const char *version, *libclang, *rules_identity;
	const char *root;      /* SARIF; else NULL */
	struct rule_set rules; /* SARIF: the table */
	uint64_t rules_hash;   /* SARIF: of its text */
	struct report_shard shard;
};

/* ---- read.c: values with a check --------------------------------------------- */

void read_fail(struct report_reader *reader, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Members of an object. A missing or wrong one breaks the reader; texts are on the arena. */
const json_t *read_member(struct report_reader *reader, const json_t *object, const char *key, json_type type);
const char *read_text(struct report_reader *reader, const json_t *object, const char *key);
/* NULL also when it is null or absent. */
const char *read_text_or_null(struct report_reader *reader, const json_t *object, const char *key);
/* Not negative, at most most. */
uint64_t read_number(struct report_reader *reader, const json_t *object, const char *key, uint64_t most);
bool read_flag(struct report_reader *reader, const json_t *object, const char *key);
/* The text's position among the names. */
int read_choice(struct report_reader *reader, const json_t *object, const char *key, const char *const *names,
		int count);
enum rp_severity read_severity(struct report_reader *reader, const json_t *object, const char *key);
/* 16 hex digits. */
uint64_t read_hash(struct report_reader *reader, const json_t *object, const char *key);
/* An array's first item: an object. */
const json_t *read_first(struct report_reader *reader, const json_t *object, const char *key);
/* What json_doc_strings(), json_doc_sources() and json_doc_shard() wrote. */
const char *const *read_texts(struct report_reader *reader, const json_t *array, int *count);
struct rp_source *read_sources(struct report_reader *reader, const json_t *object, const char *key, int *count);
/* What json_doc_engines() wrote; 0: the object has none. */
unsigned read_engines(struct report_reader *reader, const json_t *object);
struct report_shard read_shard(struct report_reader *reader, const json_t *object);
/* Keeps the line for those who show it. */
void read_snippet(struct report_reader *reader, const struct span *span, const char *text);

/* ---- read_json.c, read_sarif.c ------------------------------------------------- */

void read_json_report(struct report_reader *reader, const json_t *root, struct report_origin *origin);
void read_sarif_report(struct report_reader *reader, const json_t *root, struct report_origin *origin);

#endif
