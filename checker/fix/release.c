/* What a return forgets to release, is released before it: by the author's own words where the function releases the same
 * object elsewhere, else by the call that the rule names. */
#include "fix_int.h"

#include <string.h>

/* The value is there before the return: releasing something first changes nothing about it. */
static bool is_settled(const struct ir_expr *value)
{
	while (value && value->kind == IR_EXPR_CAST)
		value = value->cast.operand;
	if (!value || value->kind == IR_EXPR_INT)
		return true;
	if (value->kind == IR_EXPR_UNARY)
		return is_settled(value->op.left);
	return value->kind == IR_EXPR_LOAD && value->place->kind == IR_PLACE_VAR &&
	       (value->place->var->kind == IR_VAR_LOCAL || value->place->var->kind == IR_VAR_PARAM);
}

/* ---- what was acquired ------------------------------------------------------------ */

static const struct ir_insn *find_acquisition(const struct fixer *fixer)
{
	const struct finding *finding = fixer->request->finding;

	for (int i = 0; i < finding->step_count; i++) {
		const struct ir_insn *call = fix_step_at(fixer, &finding->steps[i].span, IR_CALL);
		const struct rp_api *api = call ? fix_api(fixer, call) : NULL;

		if (api && api->effect_count > 0)
			return call;
	}
	return NULL;
}

/* The object of an effect as the author writes it; NULL: it has no name. */
static const char *object_text(const struct fixer *fixer, const struct ir_insn *call, const struct rp_effect *effect)
{
	if (effect->object == RP_OBJECT_RESULT)
		return call->call.result ? ir_place_text(fixer->arena, call->call.result) : NULL;
	if (effect->object != RP_OBJECT_PARAM || effect->params[0] >= call->call.arg_count)
		return NULL;
	return ir_expr_text(fixer->arena, call->call.args[effect->params[0]]);
}

static bool is_release(const struct rp_effect *effect)
{
	const struct rp_resource *resource = effect->resource;

	for (int i = 0; i < resource->transition_count; i++) {
		const struct rp_transition *transition = &resource->transitions[i];
		bool was_held = transition->from >= 0 && resource->states[transition->from].is_held;
		bool is_held = transition->to >= 0 ? resource->states[transition->to].is_held :
						     transition->to == RP_STATE_SAME;

		if (transition->event == effect->event && !transition->violation && was_held && !is_held)
			return true;
	}
	return false;
}

/* Does the call release what the other acquired? */
static bool releases(const struct fixer *fixer, const struct ir_insn *call, const struct rp_effect *acquired,
		     const char *object)
{
	const struct rp_api *api = fix_api(fixer, call);

	for (int i = 0; api && i < api->effect_count; i++) {
		const struct rp_effect *effect = &api->effects[i];
		const char *text;

		if (effect->resource != acquired->resource || !is_release(effect))
			continue;
		if (effect->object == RP_OBJECT_GLOBAL)
			return acquired->object == RP_OBJECT_GLOBAL;
		text = object_text(fixer, call, effect);
		if (text && object && strcmp(text, object) == 0)
			return true;
	}
	return false;
}

/* ---- the words ------------------------------------------------------------------------ */

/* The call as a statement of its own, as the author wrote it. */
static const char *statement_text(const struct fixer *fixer, const struct ir_insn *call)
{
	struct text_range range;

	if (call->call.result || !fix_range(fixer, &call->span, &range))
		return NULL;
	unsigned behind = text_skip_space(fixer->text, fixer->length, range.end);
	bool is_call = fixer->text[range.end - 1] == ')';
	return is_call && behind < fixer->length && fixer->text[behind] == ';' ? fix_copy(fixer, range) : NULL;
}

static const char *own_words(const struct fixer *fixer, const struct rp_effect *acquired, const char *object)
{
	const struct ir_function *function = fixer->function;

	for (int i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const char *text;

		if (insn->kind != IR_CALL || !releases(fixer, insn, acquired, object))
			continue;
		text = statement_text(fixer, insn);
		if (text)
			return text;
	}
	return NULL;
}

/* From the arguments of the acquisition, without those that the release does not take. */
static const char *packs_words(const struct fixer *fixer, const struct ir_insn *call, const char *object)
{
	const struct rp_fix_name *name = fix_find_name(fixer->kind, fix_call_name(call));

	return name && object ? arena_printf(fixer->arena, "%s(%s)", name->to, object) : NULL;
}

/* NULL, and *words; or why not. */
static const char *find_words(const struct fixer *fixer, const struct ir_insn *call, const char **words)
{
	const struct rp_api *api = fix_api(fixer, call);

	*words = NULL;
	for (int i = 0; i < api->effect_count && !*words; i++) {
		const char *object = object_text(fixer, call, &api->effects[i]);

		*words = own_words(fixer, &api->effects[i], object);
		if (!*words && !is_release(&api->effects[i]))
			*words = packs_words(fixer, call, object);
	}
	return *words ? NULL : "nothing says how the function would release it";
}

/* ---- the place --------------------------------------------------------------------------- */

/* Is there nothing but space and comments to the end of the line? */
static bool ends_line(const struct fixer *fixer, size_t offset)
{
	size_t end = fix_line_end(fixer, offset);

	return text_skip_space(fixer->text, end, (unsigned)offset) >= end;
}

static const char *without_last_level(const struct fixer *fixer, const char *indentation)
{
	size_t length = strlen(indentation);

	if (length > 0 && indentation[length - 1] == '\t')
		return arena_strndup(fixer->arena, indentation, length - 1);
	return arena_strndup(fixer->arena, indentation, length >= 4 ? length - 4 : 0);
}

/* The return is all that an `if` or a loop has: braces are needed. */
static const char *insert_with_braces(struct fixer *fixer, struct text_range statement, size_t before,
				      const char *words)
{
	size_t line = fix_line_start(fixer, statement.begin), end = statement.end;
	const char *newline = fix_newline(fixer);
	bool is_own_line = before < line;

	if (!is_own_line || !ends_line(fixer, end))
		return "the return shares its line with other code";
	const char *inner = fix_indentation(fixer, statement.begin), *outer = without_last_level(fixer, inner);
	size_t behind = fix_line_end(fixer, end);
	fix_add(fixer, before + 1, before + 1, " {");
	fix_add(fixer, line, line, arena_printf(fixer->arena, "%s%s;%s", inner, words, newline));
	fix_add(fixer, behind, behind, arena_printf(fixer->arena, "%s}%s", outer, newline));
	return NULL;
}

static const char *insert_alone(struct fixer *fixer, struct text_range statement, const char *words)
{
	size_t line = fix_line_start(fixer, statement.begin);
	const char *indentation = fix_indentation(fixer, statement.begin), *newline = fix_newline(fixer);
	bool is_brace = fixer->text[statement.begin] == '}';

	if (line + strlen(indentation) != statement.begin)
		return "the return shares its line with other code";
	fix_add(fixer, line, line,
		arena_printf(fixer->arena, "%s%s%s;%s", indentation, is_brace ? "\t" : "", words, newline));
	return NULL;
}

/* `return x;`, or the brace that ends the function; false: a macro wrote it. */
static bool find_statement(const struct fixer *fixer, const struct ir_insn *exit, struct text_range *statement)
{
	if (!fix_range(fixer, &exit->span, statement))
		return false;
	if (fixer->text[statement->begin] == '}')
		return true;
	unsigned word_end;
	struct text_range word = { statement->begin, statement->begin };
	if (!text_identifier(fixer->text, fixer->length, statement->begin, &word_end))
		return false;
	word.end = word_end;
	statement->end = text_find(fixer->text, fixer->length, statement->begin, ';') + 1;
	return fix_range_is(fixer, word, "return") && statement->end <= fixer->length;
}

static bool is_word_before(const struct fixer *fixer, size_t last, const char *word)
{
	size_t length = strlen(word);

	return last + 1 >= length && memcmp(fixer->text + last + 1 - length, word, length) == 0;
}

static const char *insert(struct fixer *fixer, struct text_range statement, const char *words)
{
	size_t before = fix_code_before(fixer, statement.begin);

	if (before == FIX_NOWHERE)
		return "its place in the text is not understood";
	if (strchr("{};:", fixer->text[before]))
		return insert_alone(fixer, statement, words);
	if (fixer->text[before] == ')' || is_word_before(fixer, before, "else"))
		return insert_with_braces(fixer, statement, before, words);
	return "its place in the text is not understood";
}

const char *fix_release(struct fixer *fixer)
{
	const struct ir_insn *exit = fix_step_at(fixer, &fixer->request->finding->span, IR_RETURN);
	const struct ir_insn *call = find_acquisition(fixer);
	struct text_range statement;
	const char *words;

	if (!exit || !find_statement(fixer, exit, &statement))
		return "it is not at a return";
	if (!is_settled(exit->assign.value))
		return "what is returned is computed by the return itself";
	if (!call)
		return "it was acquired by another function";
	if (fix_is_reached_without(fixer, exit, call))
		return "the return is also reached without it";
	const char *problem = find_words(fixer, call, &words);
	return problem ? problem : insert(fixer, statement, words);
}
