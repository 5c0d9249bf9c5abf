/* What the kinds of fixes share. */
#ifndef SO2_FIX_FIX_INT_H
#define SO2_FIX_FIX_INT_H

#include "base/c_text.h"
#include "base/text.h"
#include "fix/fix.h"

/* One finding in work. */
struct fixer {
	const struct fix_request *request;
	struct arena *arena;
	const char *text;
	size_t length;
	const struct ir_function *function; /* that the finding is in */
	const struct rp_fix *kind;
	struct fix *fix;
};

/* Each gives NULL and adds edits, or says why it cannot. */
const char *fix_release(struct fixer *fixer);
const char *fix_result(struct fixer *fixer);
const char *fix_safe_loop(struct fixer *fixer);
const char *fix_save_state(struct fixer *fixer);
const char *fix_replace(struct fixer *fixer);

/* ---- the text: place.c ------------------------------------------------------ */

#define FIX_NOWHERE ((size_t)-1)

/* Offset of a line and column; FIX_NOWHERE: the text has no such place. */
size_t fix_offset(const struct fixer *fixer, unsigned line, unsigned column);
/* What the span covers; false: it is of another file, or of a text that has changed. */
bool fix_range(const struct fixer *fixer, const struct span *span, struct text_range *range);
const char *fix_copy(const struct fixer *fixer, struct text_range range);
bool fix_range_is(const struct fixer *fixer, struct text_range range, const char *word);
size_t fix_line_start(const struct fixer *fixer, size_t offset);
/* Behind the line's newline, or the end. */
size_t fix_line_end(const struct fixer *fixer, size_t offset);
/* The blanks that the line begins with. */
const char *fix_indentation(const struct fixer *fixer, size_t offset);
/* The last character of code before the offset, past space, comments and directives; FIX_NOWHERE: there is none. */
size_t fix_code_before(const struct fixer *fixer, size_t offset);
/* "\r\n" where the file writes that. */
const char *fix_newline(const struct fixer *fixer);
/* The next use of one of the kind's names in [*offset, end): the name, or NULL; *offset is behind it. */
const struct rp_fix_name *fix_next_name(const struct fixer *fixer, size_t *offset, size_t end,
					struct text_range *range);
/* Is the word used anywhere in the function? */
bool fix_is_word_used(const struct fixer *fixer, const char *word);

void fix_add(struct fixer *fixer, size_t begin, size_t end, const char *text);

/* ---- the IR: find.c ---------------------------------------------------------------- */

/* The step at the place, of that kind; NULL. */
const struct ir_insn *fix_step_at(const struct fixer *fixer, const struct span *span, enum ir_insn_kind kind);
/* The API that a call means; NULL: no fact knows it. */
const struct rp_api *fix_api(const struct fixer *fixer, const struct ir_insn *call);
/* The name that the call is written with; NULL: it goes through a pointer. */
const char *fix_call_name(const struct ir_insn *call);
const struct rp_fix_name *fix_find_name(const struct rp_fix *kind, const char *of);
/* Is there a way from the function's beginning to the step that does not pass the other one? Conditions are not looked at. */
bool fix_is_reached_without(const struct fixer *fixer, const struct ir_insn *exit, const struct ir_insn *avoided);
bool fix_expr_uses(const struct ir_expr *expr, const struct ir_var *var);
bool fix_place_uses(const struct ir_place *place, const struct ir_var *var);

#endif
