/* Calls that need a variable more: loops that read their next entry beforehand, locks that keep a state. */
#include "fix_int.h"

#include <string.h>

#define MAX_ARGUMENTS 16

/* A name that the function does not use yet; NULL: all are taken. */
static const char *new_name(const struct fixer *fixer, const char *const *names)
{
	for (; *names; names++)
		if (!fix_is_word_used(fixer, *names))
			return *names;
	return NULL;
}

static const char *declaration(const struct fixer *fixer, const char *indentation, const char *type, const char *name)
{
	bool is_pointer = *type && type[strlen(type) - 1] == '*';

	return arena_printf(fixer->arena, "%s%s%s%s;%s", indentation, type, is_pointer ? "" : " ", name,
			    fix_newline(fixer));
}

/* A line of its own at the beginning of the function's body; false: there is no such place. */
static bool declare_first(struct fixer *fixer, const char *type, const char *name)
{
	size_t offset = fix_offset(fixer, fixer->function->span.line, fixer->function->span.column);
	size_t open = offset == FIX_NOWHERE ? fixer->length :
					      text_find(fixer->text, fixer->length, (unsigned)offset, '{');
	if (open >= fixer->length)
		return false;
	size_t behind = fix_line_end(fixer, open);
	if (text_skip_space(fixer->text, behind, (unsigned)open + 1) < behind)
		return false;
	const char *inner = arena_printf(fixer->arena, "%s\t", fix_indentation(fixer, open));
	bool has_declaration = false;
	for (int i = 0; i < fixer->function->insn_count && !has_declaration; i++)
		has_declaration = fixer->function->insns[i]->kind == IR_DECLARE;
	fix_add(fixer, behind, behind,
		arena_printf(fixer->arena, "%s%s", declaration(fixer, inner, type, name),
			     has_declaration ? "" : fix_newline(fixer)));
	return true;
}

/* ---- loops ----------------------------------------------------------------------------- */

/* The variable's declaration that is in force at the line; NULL: it is a parameter, or not the function's. */
static const struct ir_insn *find_declaration(const struct fixer *fixer, const char *name, unsigned line)
{
	const struct ir_insn *found = NULL;

	for (int i = 0; i < fixer->function->insn_count; i++) {
		const struct ir_insn *insn = fixer->function->insns[i];

		if (insn->kind == IR_DECLARE && strcmp(insn->var->name, name) == 0 && insn->span.line <= line &&
		    !insn->macro)
			found = insn;
	}
	return found;
}

static const struct ir_var *find_param(const struct fixer *fixer, const char *name)
{
	for (int i = 0; i < fixer->function->param_count; i++)
		if (strcmp(fixer->function->params[i]->name, name) == 0)
			return fixer->function->params[i];
	return NULL;
}

/* Behind the line on which the loop's own variable is declared. */
static bool declare_beside(struct fixer *fixer, const struct ir_insn *own, const char *type, const char *name)
{
	size_t offset = fix_offset(fixer, own->stmt_span.line, own->stmt_span.column);

	if (!own->stmt_span.file || strcmp(own->stmt_span.file, fixer->fix->file) != 0 || offset == FIX_NOWHERE)
		return false;
	size_t end = text_find(fixer->text, fixer->length, (unsigned)offset, ';');
	if (end >= fixer->length)
		return false;
	size_t behind = fix_line_end(fixer, end);
	if (text_skip_space(fixer->text, behind, (unsigned)end + 1) < behind)
		return false;
	fix_add(fixer, behind, behind, declaration(fixer, fix_indentation(fixer, offset), type, name));
	return true;
}

const char *fix_safe_loop(struct fixer *fixer)
{
	static const char *const names[] = { "next", "tmp", "next_entry", "tmp_next", NULL };
	const struct span *span = &fixer->request->finding->span;
	struct text_range args[MAX_ARGUMENTS], word;
	size_t line = fix_offset(fixer, span->line, 1), offset = line;
	unsigned close;
	int count = 0;

	if (line == FIX_NOWHERE)
		return "its place in the text is not understood";
	const struct rp_fix_name *loop = fix_next_name(fixer, &offset, fix_line_end(fixer, line), &word);
	if (!loop)
		return "its loop has no form that reads the next entry beforehand";
	unsigned open = text_skip_space(fixer->text, fixer->length, word.end);
	if (open >= fixer->length || fixer->text[open] != '(' ||
	    text_split(fixer->text, fixer->length, open, ',', args, MAX_ARGUMENTS, &count, &close) != 0 || count < 2)
		return "its place in the text is not understood";
	const char *cursor = fix_copy(fixer, args[0]), *name = new_name(fixer, names);
	const struct ir_insn *own = find_declaration(fixer, cursor, span->line);
	const struct ir_var *var = own ? own->var : find_param(fixer, cursor);
	if (!var || !name)
		return "the loop's variable is not the function's own";
	const char *type = loop->type ? loop->type : var->type->spelling;
	fix_add(fixer, word.begin, word.end, loop->to);
	fix_add(fixer, args[0].end, args[0].end, arena_printf(fixer->arena, ", %s", name));
	bool is_declared = own ? declare_beside(fixer, own, type, name) : declare_first(fixer, type, name);
	return is_declared ? NULL : "there is no place for the declaration of another variable";
}

/* ---- states ------------------------------------------------------------------------------ */

/* `spin_lock(&d->lock)` becomes `spin_lock_irqsave(&d->lock, flags)`. */
static bool replace_call(struct fixer *fixer, const struct ir_insn *call, const struct rp_fix_name *name,
			 const char *variable)
{
	struct text_range range, word;

	if (!fix_range(fixer, &call->span, &range) || fixer->text[range.end - 1] != ')')
		return false;
	word = (struct text_range){ range.begin, range.begin };
	if (!text_identifier(fixer->text, fixer->length, range.begin, &word.end) ||
	    !fix_range_is(fixer, word, name->of))
		return false;
	fix_add(fixer, word.begin, word.end, name->to);
	fix_add(fixer, range.end - 1, range.end - 1, arena_printf(fixer->arena, ", %s", variable));
	return true;
}

static const char *first_argument(const struct fixer *fixer, const struct ir_insn *call)
{
	return call->call.arg_count > 0 ? ir_expr_text(fixer->arena, call->call.args[0]) : NULL;
}

const char *fix_save_state(struct fixer *fixer)
{
	static const char *const names[] = { "flags", "irq_flags", "saved_flags", NULL };
	const struct ir_insn *call = fix_step_at(fixer, &fixer->request->finding->span, IR_CALL);
	const struct rp_fix_name *name = call ? fix_find_name(fixer->kind, fix_call_name(call)) : NULL;
	const char *variable = new_name(fixer, names), *object = name ? first_argument(fixer, call) : NULL;

	if (!object || !variable)
		return "the call has no form that keeps the state";
	for (int i = 0; i < fixer->function->insn_count; i++) {
		const struct ir_insn *other = fixer->function->insns[i];
		const struct rp_fix_name *pair = other->kind == IR_CALL ?
							 fix_find_name(fixer->kind, fix_call_name(other)) :
							 NULL;
		const char *argument = pair ? first_argument(fixer, other) : NULL;

		if (argument && strcmp(argument, object) == 0 && !replace_call(fixer, other, pair, variable))
			return "a macro writes one of the calls";
	}
	return declare_first(fixer, name->type, variable) ? NULL :
							    "there is no place for the declaration of another variable";
}
