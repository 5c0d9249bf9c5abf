/* Inline assembly. libclang lists the operands in order but neither says which
 * are outputs nor lists the labels of `asm goto`: both are read from the text. */
#include "lower_int.h"

#include <string.h>

#define MAX_OPERANDS 40

enum { SECTION_OUTPUTS = 1, SECTION_LABELS = 4, SECTION_COUNT = 5 };

struct asm_text {
	struct spelled spelled;
	struct text_range sections[SECTION_COUNT]; /* template, outputs, inputs, clobbers, labels */
	int count;
};

static bool read_sections(struct lower *l, CXCursor cursor, struct asm_text *text)
{
	unsigned offset, end, close;

	text->spelled = cursor_spelled(l, cursor);
	text->count = 0;
	if (!text->spelled.text)
		return false;
	offset = text->spelled.begin; /* asm, volatile, goto, inline */
	while (text_identifier(text->spelled.text, text->spelled.size, offset, &end))
		offset = text_skip_space(text->spelled.text, text->spelled.size, end);
	if (offset >= text->spelled.size || text->spelled.text[offset] != '(')
		return false;
	return text_split(text->spelled.text, text->spelled.size, offset, ':', text->sections, SECTION_COUNT,
			  &text->count, &close) == 0;
}

/* Comma-separated parts of one section. */
static int section_parts(const struct asm_text *text, int section, struct text_range *parts)
{
	struct text_range range;
	int count = 0;

	if (section >= text->count)
		return 0;
	range = text->sections[section];
	while (range.begin < range.end && count < MAX_OPERANDS) {
		unsigned end = text_find(text->spelled.text, range.end, range.begin, ',');

		parts[count++] = (struct text_range){ range.begin, end };
		range.begin = text_skip_space(text->spelled.text, range.end, end + 1 < range.end ? end + 1 : range.end);
	}
	return count;
}

static bool is_place_cursor(struct lower *l, CXCursor cursor)
{
	struct kids kids;

	switch (cursor.kind) {
	case CXCursor_ParenExpr:
		kids = cursor_kids(l, cursor);
		return kids.count == 1 && is_place_cursor(l, kids.at[0]);
	case CXCursor_DeclRefExpr:
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
		return true;
	case CXCursor_UnaryOperator:
		return clang.getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Deref;
	default:
		return false;
	}
}

/* How many of the operands are outputs; without a readable text every lvalue
 * may be one, which errs towards forgetting values. */
static int output_count(struct lower *l, CXCursor cursor, const struct kids *kids, struct asm_text *text)
{
	struct text_range parts[MAX_OPERANDS];
	int count = 0;

	if (read_sections(l, cursor, text)) {
		count = section_parts(text, SECTION_OUTPUTS, parts);
		if (count <= kids->count)
			return count;
	}
	for (count = 0; count < kids->count && is_place_cursor(l, kids->at[count]);)
		count++;
	return count;
}

static void add_label_name(struct lower *l, struct pending_asm *pending, const char *text, struct text_range range)
{
	unsigned end;

	if (text_identifier(text, range.end, range.begin, &end) && end == range.end)
		ARENA_PUSH(l->scratch, pending->names, pending->count, pending->capacity,
			   intern_n(l->pool, text + range.begin, end - range.begin));
}

/* Names that may be the labels: those of the label section and, when a macro
 * wrote the statement, the macro's own arguments. */
static void note_labels(struct lower *l, CXCursor cursor, const struct asm_text *text, struct ir_insn *insn)
{
	struct text_range parts[MAX_OPERANDS];
	struct pending_asm pending = { .insn = insn };
	struct origin origin = cursor_origin(l, cursor);
	int count = section_parts(text, SECTION_LABELS, parts);

	if (count == 0)
		return;
	for (int i = 0; i < count; i++)
		add_label_name(l, &pending, text->spelled.text, parts[i]);
	if (origin.within) {
		invocation_args(l, origin.within);
		for (int i = 0; i < origin.within->arg_count; i++)
			add_label_name(l, &pending, origin.source->text, origin.within->args[i]);
	}
	ARENA_PUSH(l->scratch, l->body->asms, l->body->asm_count, l->body->asm_capacity, pending);
}

void lower_asm(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	struct asm_text text = { .count = 0 };
	const struct ir_place **outputs = ARENA_ARRAY(l->arena, const struct ir_place *, (size_t)kids.count);
	const struct ir_expr **inputs = ARENA_ARRAY(l->arena, const struct ir_expr *, (size_t)kids.count);
	int output_total = cursor.kind == CXCursor_GCCAsmStmt ? output_count(l, cursor, &kids, &text) : kids.count;
	int outputs_made = 0, inputs_made = 0;
	struct ir_insn *insn;

	for (int i = 0; i < kids.count; i++) {
		if (!clang.isExpression(kids.at[i].kind))
			continue;
		if (i < output_total)
			outputs[outputs_made++] = lower_place(l, kids.at[i]);
		else
			inputs[inputs_made++] = lower_value(l, kids.at[i]);
	}
	insn = emit(l, IR_ASM, cursor);
	insn->assembly.outputs = outputs;
	insn->assembly.output_count = outputs_made;
	insn->assembly.inputs = inputs;
	insn->assembly.input_count = inputs_made;
	if (cursor.kind == CXCursor_GCCAsmStmt)
		note_labels(l, cursor, &text, insn);
}

static int label_named(const struct body *body, const char *name)
{
	for (int i = 0; i < body->name_count; i++)
		if (body->names[i].name == name)
			return body->names[i].label;
	return -1;
}

void resolve_asm_labels(struct lower *l)
{
	for (int i = 0; i < l->body->asm_count; i++) {
		struct pending_asm *pending = &l->body->asms[i];
		struct ir_insn *insn = pending->insn;

		insn->assembly.labels = ARENA_ARRAY(l->arena, int, (size_t)pending->count);
		for (int j = 0; j < pending->count; j++) {
			int label = label_named(l->body, pending->names[j]);

			if (label >= 0)
				insn->assembly.labels[insn->assembly.label_count++] = label;
		}
		if (insn->assembly.label_count == 0)
			body_incomplete(l, "the labels of an asm goto are not known");
	}
}
