/* What the source documents of a pack name and demand, and which rules check it:
 * PACK/coverage/<document>.yaml. Read on demand only; an analysis does not need it. */
#ifndef SO2_RULEPACK_COVERAGE_H
#define SO2_RULEPACK_COVERAGE_H

#include "rulepack/rulepack.h"

/* What a document's name is in C. */
enum rp_name_kind {
	RP_NAME_FUNCTION,
	RP_NAME_MACRO,
	RP_NAME_CALLBACK, /* the driver's own function, called by the kernel */
	RP_NAME_CONSTANT,
	RP_NAME_TYPE,
	RP_NAME_FIELD,
	RP_NAME_KEYWORD,
	RP_NAME_OBJECT, /* a name of the object manager's, in a string */
	RP_NAME_HEADER,
	RP_NAME_TOOL, /* no C at all */
};

/* A name (`text` is it) or a constraint (`text` says it) of a document, and what checks it. */
struct rp_covered {
	const char *text;
	enum rp_name_kind kind; /* names only */
	const char **rules;	/* ids or aliases, as written */
	int rule_count;
	const char *because; /* why nothing can check it; NULL: something must */
	const char *seen_as; /* a macro that needs no fact: what the engine sees instead; or NULL */
	const char *file;
	unsigned line;
};

struct rp_cover_section {
	const char *place;
	struct rp_covered *names, *constraints;
	int name_count, constraint_count;
};

struct rp_cover_document {
	const char *title;
	struct rp_cover_section *sections;
	int section_count;
	struct rp_covered *rules; /* a document that is a list of rules: one entry for each */
	int rule_count;
};

struct rp_coverage {
	struct rp_cover_document *documents; /* in order of pack and file name */
	int document_count, document_capacity;
};

/* Reads the coverage of the packs. A pack without the folder has none. Errors are
 * logged with file, line and column; NULL when there was any. All texts are on the arena or in the pool. */
const struct rp_coverage *rules_load_coverage(struct arena *arena, struct intern_pool *pool, struct log *log,
					      const char *const *pack_dirs, int pack_count);
const char *rp_name_kind_word(enum rp_name_kind kind);

#endif
