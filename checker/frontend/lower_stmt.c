/* Statements to steps: labels and jumps, one function a cursor kind. */
#include "lower_int.h"

#include <string.h>

/* ---- steps -------------------------------------------------------------------------- */

static bool ends_flow(const struct ir_function *function)
{
	if (function->insn_count == 0)
		return false;
	switch (function->insns[function->insn_count - 1]->kind) {
	case IR_RETURN:
	case IR_JUMP:
	case IR_BRANCH:
	case IR_COMPUTED_JUMP:
	case IR_UNREACHABLE:
		return true;
	default:
		return false;
	}
}

struct ir_insn *emit(struct lower *l, enum ir_insn_kind kind, CXCursor cursor)
{
	struct body *body = l->body;
	struct origin origin = cursor_origin(l, cursor);
	struct span span = origin.source ? origin_span(l, &origin) : body->stmt_span;
	struct ir_insn *insn = ir_insn_append(l->arena, body->function, kind, span);

	insn->scope = body->scope;
	insn->stmt_span = body->stmt_span;
	insn->macro = origin.within ? origin.within->name : body->loop_macro;
	insn->is_macro_loop = body->loop_macro != NULL;
	return insn;
}

int label_new(struct lower *l)
{
	return ir_label_create(l->body->function);
}

void emit_label(struct lower *l, int label, CXCursor cursor)
{
	emit(l, IR_LABEL, cursor)->label = label;
}

void emit_jump(struct lower *l, int label, CXCursor cursor)
{
	if (!ends_flow(l->body->function))
		emit(l, IR_JUMP, cursor)->label = label;
}

void emit_assign(struct lower *l, const struct ir_place *place, const struct ir_expr *value, bool is_init,
		 CXCursor cursor)
{
	struct ir_insn *insn = emit(l, IR_ASSIGN, cursor);

	insn->assign.place = place;
	insn->assign.value = value;
	insn->assign.is_init = is_init;
}

void emit_branch(struct lower *l, const struct ir_expr *condition, int on_true, int on_false, CXCursor cursor)
{
	struct ir_insn *insn;
	int64_t value;

	if (expr_constant(condition, &value)) {
		emit_jump(l, value ? on_true : on_false, cursor);
		return;
	}
	insn = emit(l, IR_BRANCH, cursor);
	insn->branch.condition = condition;
	insn->branch.on_true = on_true;
	insn->branch.on_false = on_false;
}

void body_incomplete(struct lower *l, const char *reason)
{
	struct ir_function *function = l->body->function;

	if (!function->is_incomplete)
		function->incomplete_reason = intern(l->pool, reason);
	function->is_incomplete = true;
}

/* ---- labels of the user ------------------------------------------------------------- */

int label_of(struct lower *l, CXCursor label_stmt)
{
	struct body *body = l->body;
	uint64_t key = stmt_key(label_stmt);
	int *known = keymap_get(body->labels, key);
	struct label_name name = { 0 };

	if (!known) {
		known = ARENA_NEW(l->scratch, int);
		*known = body->name_count;
		name.name = cursor_name(l, label_stmt);
		name.label = label_new(l);
		ARENA_PUSH(l->scratch, body->names, body->name_count, body->name_capacity, name);
		keymap_put(body->labels, key, known);
	}
	return body->names[*known].label;
}

static void place_label(struct lower *l, CXCursor cursor)
{
	int label = label_of(l, cursor);

	for (int i = 0; i < l->body->name_count; i++) {
		if (l->body->names[i].label != label)
			continue;
		if (l->body->names[i].is_placed) /* macro argument expanded twice */
			return;
		l->body->names[i].is_placed = true;
	}
	emit_label(l, label, cursor);
}

/* The span that later steps give as their statement: of a compound statement
 * only its head, as its body has statements of its own. */
void stmt_enter(struct lower *l, CXCursor cursor, const CXCursor *head_end)
{
	struct origin origin = cursor_origin(l, cursor);

	if (head_end) {
		struct origin end = cursor_origin(l, *head_end);

		if (origin.opening && !origin.within) {
			origin.range = origin.opening->range;
			origin.opening->is_event = false; /* only the head of a statement */
		} else if (end.source == origin.source && end.range.end > origin.range.begin) {
			origin.range.end = end.range.end;
		}
	}
	if (origin.source)
		l->body->stmt_span = origin_span(l, &origin);
}

/* ---- scopes --------------------------------------------------------------------------- */

static void close_scopes(struct lower *l, struct ir_scope *outer, CXCursor cursor)
{
	struct body *body = l->body;

	while (body->scope != outer && body->scope->parent) {
		struct ir_insn *insn = emit(l, IR_SCOPE_EXIT, cursor);

		insn->span.line = insn->span.end_line;
		insn->span.column = insn->span.end_column;
		insn->opened = body->scope;
		body->scope = body->scope->parent;
		body->cleanup_depth--;
	}
}

static void lower_stmts(struct lower *l, const CXCursor *cursors, int count)
{
	for (int i = 0; i < count; i++)
		lower_stmt(l, cursors[i]);
}

static void stmt_compound(struct lower *l, CXCursor cursor)
{
	struct ir_scope *outer = l->body->scope;
	struct kids kids = cursor_kids(l, cursor);

	lower_stmts(l, kids.at, kids.count);
	close_scopes(l, outer, cursor);
}

CXCursor lower_stmt_expr_head(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	struct open_expr *open = ARENA_NEW(l->scratch, struct open_expr);
	CXCursor last;

	open->scope = l->body->scope;
	open->outer = l->body->open_expr;
	open->end = cursor;
	l->body->open_expr = open;
	if (kids.count == 1 && kids.at[0].kind == CXCursor_CompoundStmt)
		kids = cursor_kids(l, kids.at[0]);
	if (kids.count == 0)
		return clang.getNullCursor();
	lower_stmts(l, kids.at, kids.count - 1);
	last = kids.at[kids.count - 1];
	while (last.kind == CXCursor_LabelStmt) { /* ({ here: &&here; }) */
		place_label(l, last);
		kids = cursor_kids(l, last);
		if (kids.count == 0)
			return clang.getNullCursor();
		last = kids.at[kids.count - 1];
	}
	if (clang.isExpression(last.kind))
		return last;
	lower_stmt(l, last);
	return clang.getNullCursor();
}

void lower_stmt_expr_tail(struct lower *l)
{
	struct open_expr *open = l->body->open_expr;

	l->body->open_expr = open->outer;
	close_scopes(l, open->scope, open->end);
}

/* ---- choices ----------------------------------------------------------------------------- */

/* A dead side that a macro wrote has no label anyone jumps to. */
static bool skips_dead(struct lower *l, CXCursor cursor)
{
	struct origin origin = cursor_origin(l, cursor);

	return origin.within != NULL;
}

/* Chains of else-if are long in generated code: a loop, not recursion. */
static void stmt_if(struct lower *l, CXCursor cursor)
{
	int end = label_new(l);

	for (;;) {
		struct kids kids = cursor_kids(l, cursor);
		int then, other, known;
		bool skips;

		if (kids.count < 2) {
			body_incomplete(l, "a part of an if statement could not be parsed");
			break;
		}
		stmt_enter(l, cursor, &kids.at[0]);
		then = label_new(l);
		other = label_new(l);
		known = lower_condition(l, kids.at[0], then, other);
		skips = known >= 0 && skips_dead(l, cursor);
		emit_label(l, then, kids.at[1]);
		if (known != 0 || !skips)
			lower_stmt(l, kids.at[1]);
		if (kids.count > 2 && !skips)
			emit_jump(l, end, cursor);
		emit_label(l, other, cursor);
		if (kids.count <= 2 || (known == 1 && skips))
			break;
		cursor = kids.at[2];
		if (cursor.kind != CXCursor_IfStmt || cursor_event(l, cursor)) {
			lower_stmt(l, cursor);
			break;
		}
	}
	emit_label(l, end, cursor);
}

static int64_t case_value(struct lower *l, CXCursor cursor)
{
	const struct ir_expr *value = lower_unevaluated(l, cursor);
	int64_t number = 0;

	if (value && expr_constant(value, &number))
		return number;
	if (!cursor_evaluate(cursor, &number))
		body_incomplete(l, "the value of a case label is not known");
	return number;
}

static void add_case(struct lower *l, CXCursor cursor, const struct kids *kids)
{
	struct switch_frame *frame = l->body->select;
	struct ir_switch_case made;
	int label = label_new(l);

	emit_label(l, label, cursor);
	if (!frame)
		return;
	if (cursor.kind == CXCursor_DefaultStmt) {
		frame->default_label = label;
		return;
	}
	if (kids->count == 0)
		return;
	made.label = label;
	made.low = made.high = case_value(l, kids->at[0]);
	if (kids->count > 2)
		made.high = case_value(l, kids->at[1]);
	ARENA_PUSH(l->arena, frame->cases, frame->count, frame->capacity, made);
}

static void stmt_case(struct lower *l, CXCursor cursor)
{
	/* `case 1: case 2: case 3: f();` nests as deep as it is long. */
	while (cursor.kind == CXCursor_CaseStmt || cursor.kind == CXCursor_DefaultStmt) {
		struct kids kids = cursor_kids(l, cursor);

		add_case(l, cursor, &kids);
		if (kids.count < (cursor.kind == CXCursor_CaseStmt ? 2 : 1)) {
			body_incomplete(l, "the statement of a case label could not be parsed");
			return;
		}
		cursor = kids.at[kids.count - 1];
	}
	lower_stmt(l, cursor);
}

static void stmt_switch(struct lower *l, CXCursor cursor)
{
	struct body *body = l->body;
	struct switch_frame frame = { .default_label = -1 }, *outer = body->select;
	struct kids kids = cursor_kids(l, cursor);
	int end, outer_break = body->break_label;
	const struct ir_expr *value;
	struct ir_insn *insn;

	if (kids.count < 2) {
		body_incomplete(l, "a part of a switch statement could not be parsed");
		return;
	}
	stmt_enter(l, cursor, &kids.at[0]);
	value = lower_value(l, kids.at[0]);
	insn = emit(l, IR_SWITCH, kids.at[0]);
	end = label_new(l);
	body->select = &frame;
	body->break_label = end;
	lower_stmt(l, kids.at[kids.count - 1]);
	body->select = outer;
	body->break_label = outer_break;
	emit_label(l, end, cursor);
	insn->select.value = value;
	insn->select.cases = frame.cases;
	insn->select.case_count = frame.count;
	insn->select.default_label = frame.default_label >= 0 ? frame.default_label : end;
}

/* ---- loops ----------------------------------------------------------------------------------- */

struct loop {
	int outer_break, outer_continue;
	const char *outer_macro;
	const char *macro; /* wrote the loop's head but not its body */
};

static struct loop loop_enter(struct lower *l, CXCursor cursor, int break_label, int continue_label)
{
	struct body *body = l->body;
	struct origin origin = cursor_origin(l, cursor);
	struct loop loop = { body->break_label, body->continue_label, body->loop_macro, NULL };

	if (origin.opening && !origin.within)
		loop.macro = origin.opening->name;
	body->break_label = break_label;
	body->continue_label = continue_label;
	body->loop_macro = loop.macro;
	return loop;
}

static void loop_body(struct lower *l, CXCursor cursor, const struct loop *loop)
{
	struct span span = l->body->stmt_span;

	l->body->loop_macro = NULL;
	lower_stmt(l, cursor);
	l->body->loop_macro = loop->macro;
	l->body->stmt_span = span;
}

static void loop_leave(struct lower *l, const struct loop *loop)
{
	l->body->break_label = loop->outer_break;
	l->body->continue_label = loop->outer_continue;
	l->body->loop_macro = loop->outer_macro;
}

static void stmt_while(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	int head, body, end;
	struct loop loop;

	if (kids.count != 2) {
		body_incomplete(l, "a part of a while loop could not be parsed");
		return;
	}
	stmt_enter(l, cursor, &kids.at[0]);
	head = label_new(l);
	body = label_new(l);
	end = label_new(l);
	loop = loop_enter(l, cursor, end, head);
	emit_label(l, head, cursor);
	lower_condition(l, kids.at[0], body, end);
	emit_label(l, body, kids.at[1]);
	loop_body(l, kids.at[1], &loop);
	emit_jump(l, head, cursor);
	emit_label(l, end, cursor);
	loop_leave(l, &loop);
}

static bool is_zero_literal(struct lower *l, CXCursor cursor)
{
	struct spelled spelled;
	CXCursor inner = cursor_strip(l, cursor);

	if (inner.kind != CXCursor_IntegerLiteral)
		return false;
	spelled = cursor_spelled(l, inner);
	return spelled.text && spelled.text[spelled.begin] == '0' && spelled.begin + 1 < spelled.size &&
	       !strchr("xXbB0123456789", spelled.text[spelled.begin + 1]);
}

static void stmt_do(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	int body, next, end;
	bool is_once;
	struct loop loop;

	if (kids.count != 2) {
		body_incomplete(l, "a part of a do loop could not be parsed");
		return;
	}
	/* do { } while (0): the idiom of macros, no loop. */
	is_once = is_zero_literal(l, kids.at[1]);
	body = is_once ? -1 : label_new(l);
	next = label_new(l);
	end = label_new(l);
	if (!is_once)
		emit_label(l, body, cursor);
	loop = loop_enter(l, cursor, end, next);
	loop_body(l, kids.at[0], &loop);
	emit_label(l, next, cursor);
	if (!is_once) {
		stmt_enter(l, kids.at[1], NULL);
		lower_condition(l, kids.at[1], body, end);
	}
	emit_label(l, end, cursor);
	loop_leave(l, &loop);
}

struct for_parts {
	CXCursor init, condition, step, body; /* null when missing */
};

/* libclang lists only the parts that exist. The text between the parentheses
 * (in a #define when a macro wrote the loop) tells which they are. */
static bool parts_by_text(struct lower *l, CXCursor cursor, const struct kids *kids, struct for_parts *parts)
{
	CXCursor *slots[] = { &parts->init, &parts->condition, &parts->step };
	struct spelled spelled = cursor_spelled(l, cursor);
	struct text_range ranges[3];
	unsigned open, close;
	int count, next = 0;

	if (!text_starts(&spelled, "for"))
		return false;
	open = text_skip_space(spelled.text, spelled.size, spelled.begin + (unsigned)strlen("for"));
	if (open >= spelled.size || spelled.text[open] != '(' ||
	    text_split(spelled.text, spelled.size, open, ';', ranges, 3, &count, &close) || count != 3)
		return false;
	for (int i = 0; i < 3; i++)
		if (ranges[i].begin < ranges[i].end && next < kids->count)
			*slots[i] = kids->at[next++];
	return next == kids->count - 1;
}

static bool is_step_like(CXCursor cursor)
{
	return cursor.kind == CXCursor_CompoundAssignOperator || cursor.kind == CXCursor_UnaryOperator ||
	       (cursor.kind == CXCursor_BinaryOperator &&
		clang.getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_Assign);
}

/* Without a text: what an expression looks like. */
static void parts_by_shape(const struct kids *kids, struct for_parts *parts)
{
	int count = kids->count - 1, next = 0;

	if (count == 3 || (count > 0 && kids->at[0].kind == CXCursor_DeclStmt) ||
	    (count == 2 && is_step_like(kids->at[0])))
		parts->init = kids->at[next++];
	if (next < count && (count == 3 || !is_step_like(kids->at[next])))
		parts->condition = kids->at[next++];
	if (next < count)
		parts->step = kids->at[next];
}

static struct for_parts for_parts(struct lower *l, CXCursor cursor, const struct kids *kids)
{
	CXCursor none = clang.getNullCursor();
	struct for_parts parts = { none, none, none, kids->at[kids->count - 1] };

	if (parts_by_text(l, cursor, kids, &parts))
		return parts;
	parts.init = parts.condition = parts.step = none;
	parts_by_shape(kids, &parts);
	return parts;
}

static void for_init(struct lower *l, CXCursor cursor)
{
	if (cursor.kind == CXCursor_DeclStmt)
		lower_decl_stmt(l, cursor);
	else if (!cursor_is_null(cursor))
		lower_effect(l, cursor);
}

static void stmt_for(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	struct ir_scope *outer = l->body->scope;
	int head, body, next, end;
	struct for_parts parts;
	struct loop loop;

	if (kids.count < 1 || kids.count > 4) {
		body_incomplete(l, "a part of a for loop could not be parsed");
		return;
	}
	parts = for_parts(l, cursor, &kids);
	stmt_enter(l, cursor, &kids.at[kids.count > 1 ? kids.count - 2 : 0]);
	head = label_new(l);
	body = label_new(l);
	next = label_new(l);
	end = label_new(l);
	loop = loop_enter(l, cursor, end, next);
	for_init(l, parts.init);
	emit_label(l, head, cursor);
	if (!cursor_is_null(parts.condition))
		lower_condition(l, parts.condition, body, end);
	emit_label(l, body, parts.body);
	loop_body(l, parts.body, &loop);
	emit_label(l, next, cursor);
	if (!cursor_is_null(parts.step))
		lower_effect(l, parts.step);
	emit_jump(l, head, cursor);
	emit_label(l, end, cursor);
	loop_leave(l, &loop);
	close_scopes(l, outer, cursor);
}

/* ---- jumps ------------------------------------------------------------------------------------- */

static void jump_or_lose(struct lower *l, int label, CXCursor cursor)
{
	if (label >= 0)
		emit_jump(l, label, cursor);
	else
		body_incomplete(l, "a jump leads nowhere");
}

static void stmt_break(struct lower *l, CXCursor cursor)
{
	stmt_enter(l, cursor, NULL);
	jump_or_lose(l, l->body->break_label, cursor);
}

static void stmt_continue(struct lower *l, CXCursor cursor)
{
	stmt_enter(l, cursor, NULL);
	jump_or_lose(l, l->body->continue_label, cursor);
}

static void stmt_label(struct lower *l, CXCursor cursor)
{
	while (cursor.kind == CXCursor_LabelStmt) {
		struct kids kids = cursor_kids(l, cursor);

		place_label(l, cursor);
		if (kids.count == 0) {
			body_incomplete(l, "the statement after a label could not be parsed");
			return;
		}
		cursor = kids.at[kids.count - 1];
	}
	lower_stmt(l, cursor);
}

static void stmt_goto(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);

	stmt_enter(l, cursor, NULL);
	if (kids.count == 1 && kids.at[0].kind == CXCursor_LabelRef)
		emit_jump(l, label_of(l, clang.getCursorReferenced(kids.at[0])), cursor);
	else
		body_incomplete(l, "the label of a goto is not known");
}

static void stmt_indirect_goto(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	const struct ir_expr *value;

	stmt_enter(l, cursor, NULL);
	value = kids.count ? lower_value(l, kids.at[0]) : expr_unknown(l, cursor);
	emit(l, IR_COMPUTED_JUMP, cursor)->assign.value = value;
}

/* A cleanup may change what the value is made of, so it is computed before. */
static const struct ir_expr *return_value(struct lower *l, CXCursor cursor)
{
	const struct ir_type *result = l->body->function->type->target;
	const struct ir_expr *value;
	const struct ir_place *place;

	if (result && result->kind == IR_TYPE_VOID) {
		lower_effect(l, cursor);
		return NULL;
	}
	value = lower_value(l, cursor);
	if (l->body->cleanup_depth == 0 || value->kind == IR_EXPR_INT || value->kind == IR_EXPR_UNKNOWN)
		return value;
	if (value->kind == IR_EXPR_LOAD && value->place->kind == IR_PLACE_VAR && value->place->var->kind == IR_VAR_TEMP)
		return value;
	place = place_of_var(l, temp_new(l, value->type, cursor), cursor);
	emit_assign(l, place, value, false, cursor);
	return expr_load(l, place, cursor);
}

static void stmt_return(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	const struct ir_expr *value = NULL;

	stmt_enter(l, cursor, NULL);
	if (kids.count)
		value = return_value(l, kids.at[0]);
	emit(l, IR_RETURN, cursor)->assign.value = value;
}

static void stmt_leave(struct lower *l, CXCursor cursor)
{
	stmt_enter(l, cursor, NULL);
	jump_or_lose(l, l->body->leave_label, cursor);
}

/* ---- the rest -------------------------------------------------------------------------------------- */

static void stmt_asm(struct lower *l, CXCursor cursor)
{
	stmt_enter(l, cursor, NULL);
	lower_asm(l, cursor);
}

static void stmt_decl(struct lower *l, CXCursor cursor)
{
	stmt_enter(l, cursor, NULL);
	lower_decl_stmt(l, cursor);
}

static void stmt_null(struct lower *l, CXCursor cursor)
{
	(void)l;
	(void)cursor;
}

/* Statements with attributes (fallthrough): what they wrap. */
static void stmt_wrapper(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);

	lower_stmts(l, kids.at, kids.count);
}

typedef void (*stmt_handler)(struct lower *l, CXCursor cursor);

#define SLOT(kind) [CXCursor_##kind - CXCursor_FirstStmt]

static const stmt_handler stmt_handlers[] = {
	SLOT(UnexposedStmt) = stmt_wrapper, SLOT(LabelStmt) = stmt_label,  SLOT(CompoundStmt) = stmt_compound,
	SLOT(CaseStmt) = stmt_case,	    SLOT(DefaultStmt) = stmt_case, SLOT(IfStmt) = stmt_if,
	SLOT(SwitchStmt) = stmt_switch,	    SLOT(WhileStmt) = stmt_while,  SLOT(DoStmt) = stmt_do,
	SLOT(ForStmt) = stmt_for,	    SLOT(GotoStmt) = stmt_goto,	   SLOT(IndirectGotoStmt) = stmt_indirect_goto,
	SLOT(ContinueStmt) = stmt_continue, SLOT(BreakStmt) = stmt_break,  SLOT(ReturnStmt) = stmt_return,
	SLOT(GCCAsmStmt) = stmt_asm,	    SLOT(MSAsmStmt) = stmt_asm,	   SLOT(NullStmt) = stmt_null,
	SLOT(DeclStmt) = stmt_decl,	    SLOT(SEHTryStmt) = lower_seh,  SLOT(SEHLeaveStmt) = stmt_leave,
};

static stmt_handler handler_of(enum CXCursorKind kind)
{
	size_t slot = (size_t)kind - CXCursor_FirstStmt;

	if (kind < CXCursor_FirstStmt || slot >= sizeof(stmt_handlers) / sizeof(*stmt_handlers))
		return NULL;
	return stmt_handlers[slot];
}

/* Right after the end counts: that is where clang misses a closing brace. */
static bool stands_in(const struct error_place *error, const struct origin *origin)
{
	return error->source == origin->source && error->offset >= origin->range.begin &&
	       error->offset <= origin->range.end;
}

/* Calls of undeclared functions stay in the tree; when one is lost another error
 * in it is the reason. */
static bool is_harmless(const struct error_place *error)
{
	static const char undeclared[] = "call to undeclared";

	return strncmp(error->text, undeclared, sizeof(undeclared) - 1) == 0;
}

/* A parse error inside a statement but in none of its parts: clang dropped what
 * stood there (libclang 19 does so with calls of undeclared arguments). */
static void check_lost(struct lower *l, CXCursor cursor)
{
	struct origin origin = cursor_origin(l, cursor);
	struct kids kids = cursor_kids(l, cursor);

	for (int i = 0; i < l->error_count; i++) {
		const struct error_place *error = &l->errors[i];
		bool is_covered = false;

		if (!stands_in(error, &origin) || is_harmless(error))
			continue;
		for (int k = 0; k < kids.count && !is_covered; k++) {
			struct origin kid = cursor_origin(l, kids.at[k]);

			is_covered = error->offset >= kid.range.begin && error->offset < kid.range.end;
		}
		if (!is_covered)
			body_incomplete(l, arena_printf(l->scratch, "a statement was lost: %s", error->text));
	}
}

static void lower_event_stmt(struct lower *l, CXCursor cursor, struct invocation *event)
{
	struct want want = { 0 };

	/* A macro of several statements is one event. */
	if (event->is_emitted)
		return;
	stmt_enter(l, cursor, NULL);
	lower_event(l, cursor, event, &want);
}

void lower_stmt(struct lower *l, CXCursor cursor)
{
	struct invocation *event = cursor.kind == CXCursor_DeclStmt ? NULL : cursor_event(l, cursor);
	struct invocation *outer;
	stmt_handler handler;

	if (event) {
		lower_event_stmt(l, cursor, event);
		return;
	}
	if (l->body->has_errors && !clang.isExpression(cursor.kind))
		check_lost(l, cursor);
	if (clang.isExpression(cursor.kind)) {
		outer = use_enter(l, cursor);
		stmt_enter(l, cursor, NULL);
		lower_effect(l, cursor);
		l->body->use = outer;
		return;
	}
	handler = handler_of(cursor.kind);
	if (!handler) {
		body_incomplete(l, "a statement of an unknown kind");
		return;
	}
	if (l->body->depth >= LOWER_MAX_DEPTH) {
		body_incomplete(l, "statements are nested too deeply");
		return;
	}
	outer = use_enter(l, cursor);
	l->body->depth++;
	handler(l, cursor);
	l->body->depth--;
	l->body->use = outer;
}

/* ---- functions ------------------------------------------------------------------------------------- */

static bool has_errors(struct lower *l, const struct origin *origin)
{
	for (int i = 0; i < l->error_count; i++)
		if (stands_in(&l->errors[i], origin))
			return true;
	return false;
}

/* Labels that were jumped to but never came (errors, code that was cut). */
static void place_lost_labels(struct lower *l, CXCursor cursor)
{
	for (int i = 0; i < l->body->name_count; i++) {
		if (l->body->names[i].is_placed)
			continue;
		body_incomplete(l, "a label was lost");
		emit_label(l, l->body->names[i].label, cursor);
		emit(l, IR_UNREACHABLE, cursor);
	}
}

void lower_body(struct lower *l, CXCursor cursor, struct ir_function *function)
{
	struct body body = { .function = function, .break_label = -1, .continue_label = -1, .leave_label = -1 };
	struct kids kids = cursor_kids(l, cursor);
	struct origin origin = cursor_origin(l, cursor);

	l->body = &body;
	body.labels = keymap_create(l->scratch);
	body.has_errors = has_errors(l, &origin);
	body.scope = ir_scope_create(l->arena, function, IR_SCOPE_BLOCK, NULL);
	for (int i = 0; i < kids.count; i++)
		if (kids.at[i].kind == CXCursor_CompoundStmt)
			lower_stmt(l, kids.at[i]);
	if (!ends_flow(function)) {
		struct ir_insn *insn = emit(l, IR_RETURN, cursor);

		insn->span = insn->stmt_span = function->end_span;
		insn->assign.value = NULL;
	}
	place_lost_labels(l, cursor);
	resolve_asm_labels(l);
	tidy_body(l);
	l->body = NULL;
}
