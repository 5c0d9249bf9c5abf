/* Putting defects right: the edits of the source that a rule's `fix:` stands for.
 *
 * Reads: a finding, the driver's IR it was found in, the rules, and the text that was parsed. Makes: edits of one file.
 * Where to edit comes from the IR's spans; what is written comes from the rule packs and from the author's own text.
 * An edit is a proposal: whether the file still parses, the defect is gone and no other has come is for the caller to
 * find out, by checking the edited text (see cli/fix.c). Nothing here opens or writes a file. */
#ifndef SO2_FIX_FIX_H
#define SO2_FIX_FIX_H

#include "base/arena.h"
#include "ir/ir.h"
#include "report/finding.h"
#include "rulepack/rulepack.h"

/* Bytes [begin, end) of the file give way to the text; begin == end: it is put in. */
struct fix_edit {
	size_t begin, end;
	const char *text;
};

struct fix {
	const char *file;	/* as in the finding's span */
	const char *what;	/* what is done, for people; the rule's words */
	struct fix_edit *edits; /* by place, none overlapping another */
	int edit_count, edit_capacity;
};

struct fix_request {
	struct arena *arena; /* the fix and its texts */
	const struct rule_set *rules;
	const struct ir_module *module; /* linked; as it was when the finding was made */
	const struct finding *finding;
	const char *text; /* of the file that finding->span names, as it was parsed */
	size_t length;
};

/* Does its rule say how it is put right? */
bool fix_is_known(const struct finding *finding);
/* Fills *fix with the first of the rule's fixes that can be used; NULL. Else why there is none, for people: a part of
 * a sentence, on the arena. */
const char *fix_compute(const struct fix_request *request, struct fix *fix);

/* Do edits of the two touch the same bytes? Of different files: never. */
bool fix_overlaps(const struct fix *left, const struct fix *right);
/* The text with all edits of all fixes, which must not overlap and be of this file; its length in *new_length. */
char *fix_apply(struct arena *arena, const char *text, size_t length, const struct fix *const *fixes, int count,
		size_t *new_length);

/* A unified diff that `git apply` and `patch -p1` take, with three lines of context; nothing if the texts are equal.
 * name: of the file, relative, without a leading slash. */
void fix_write_diff(FILE *out, struct arena *arena, const char *name, const char *before, size_t before_length,
		    const char *after, size_t after_length);

#endif
