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

/* ---- what an author's assembly does that operands do not tell ------------------------------------ */

/* Leaves for other code, or makes bytes of code. */
static bool is_unseen_instruction(const char *word, const char *rest)
{
	static const char *const words[] = {
		"call",	    "callq",   "lcall",	  "ljmp",     "ret",	  "retq",	  "iret",    "iretq",
		"int",	    "int3",    "syscall", "sysenter", "sysexit",  "cli",	  "sti",     "popf",
		"popfq",    "popfl",   "bl",	  "blr",      "blx",	  "br",		  "bx",	     "svc",
		"smc",	    "hvc",     ".byte",	  ".2byte",   ".4byte",	  ".8byte",	  ".word",   ".long",
		".quad",    ".short",  ".int",	  ".ascii",   ".section", ".pushsection", ".text",   ".data",
		".set",	    ".equ",    ".macro",  ".include", ".incbin",  ".globl",	  ".global", ".weak",
		".weakref", ".symver", ".type",	  ".insn",    ".inst",	  ".octa",	  ".fill"
	};
	size_t length = strlen(rest);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], word) == 0)
			return true;
	/* a jump is one within the assembly only to a local label */
	bool is_local = length > 1 && strchr("bf", rest[length - 1]) && strspn(rest, "0123456789") == length - 1;
	return word[0] == 'j' && !is_local && !strstr(rest, "%l");
}

/* The next instruction of a template, as it is written in its literals; false: there is none. */
static bool next_instruction(struct lower *l, const char **at, const char **word, const char **rest)
{
	const char *text = *at + strspn(*at, " ;");

	if (*text == '\0')
		return false;
	size_t length = strcspn(text, ";"), head = strcspn(text, " ;");
	*word = arena_strndup(l->scratch, text, head);
	const char *tail = text + head + strspn(text + head, " ");
	while (length > 0 && text[length - 1] == ' ')
		length--;
	*rest = tail < text + length ? arena_strndup(l->scratch, tail, (size_t)(text + length - tail)) : "";
	*at = text + strcspn(text, ";");
	return true;
}

/* The literals of a template joined, lines as `;`, blanks as one space. false: macros stand among them. */
static bool template_text(struct lower *l, const char *text, struct text_range range, const char **joined)
{
	char *made = arena_alloc(l->scratch, range.end - range.begin + 1), *out = made;
	bool in_literal = false, is_whole = true;

	for (unsigned i = range.begin; i < range.end; i++) {
		char c = text[i];
		if (c == '"') {
			in_literal = !in_literal;
		} else if (in_literal && c == '\\' && i + 1 < range.end) {
			c = text[++i];
			*out++ = c == 'n' ? ';' : ' ';
			is_whole &= strchr("nt\"", c) != NULL; /* a number in place of a letter */
		} else if (in_literal) {
			*out++ = c == '\t' || c == '\n' ? ' ' : c;
		} else {
			is_whole &= strchr(" \t\r\n", c) != NULL;
		}
	}
	*out = '\0';
	*joined = made;
	return is_whole;
}

static bool has_unseen_effect(struct lower *l, const struct asm_text *text)
{
	const char *joined, *word, *rest;

	if (text->count == 0 || !template_text(l, text->spelled.text, text->sections[0], &joined))
		return true;
	while (next_instruction(l, &joined, &word, &rest))
		if (is_unseen_instruction(word, rest))
			return true;
	return false;
}

void judge_asm(struct lower *l, CXCursor cursor)
{
	struct asm_text text = { .count = 0 };

	if (!is_author_text(l, cursor))
		return;
	read_sections(l, cursor, &text);
	if (has_unseen_effect(l, &text))
		note_gap(l, cursor,
			 "the assembly calls, jumps, changes the state of interrupts or cannot be read: what it "
			 "does was not analysed");
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
	judge_asm(l, cursor);
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
