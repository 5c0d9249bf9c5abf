/* Where a module names its objects: one walk over all bodies, by class. What is
 * not understood as harmless counts as an address that is lost. */
#include "module_int.h"

struct record_pair {
	const char *inner, *outer;
};

struct object_index {
	struct arena *arena;
	struct keymap *by_class;    /* to struct object_mentions */
	struct keymap *made;	    /* tags of records whose size is asked for, or that variables are of */
	struct keymap *copied;	    /* tags of records that are assigned or copied as a whole */
	struct record_pair *nested; /* a record that is a field of another */
	size_t nested_count, nested_capacity;
};

/* One step while it is read. */
struct mention_reader {
	struct module_view *view;
	struct object_index *index;
	const struct ir_function *function;
	const struct ir_insn *insn;
	const struct api_site *site; /* of the call */
	int param;
};

#define MAX_COPIES 4

static void read_expr(struct mention_reader *reader, const struct ir_expr *expr, bool is_address_used);

/* ---- objects -------------------------------------------------------------------------- */

static bool is_record(const struct ir_type *type)
{
	return type && type->kind == IR_TYPE_RECORD;
}

const struct ir_place *expr_object(const struct ir_function *function, const struct ir_expr *expr)
{
	int copies;

	for (copies = 0; expr && copies < MAX_COPIES; copies++) {
		const struct ir_var *var = expr_variable(expr);

		expr = bare_expr(expr);
		if ((expr->kind == IR_EXPR_ADDRESS || expr->kind == IR_EXPR_LOAD) &&
		    expr->place->kind == IR_PLACE_DEREF &&
		    (expr->kind == IR_EXPR_ADDRESS || is_record(expr->place->type))) {
			expr = expr->place->pointer; /* *p is what p points to */
			continue;
		}
		if (expr->kind == IR_EXPR_ADDRESS || (expr->kind == IR_EXPR_LOAD && is_record(expr->place->type)))
			return expr->place;
		expr = var ? only_value(function, var) : NULL;
	}
	return NULL;
}

const char *object_place_class(const struct module_view *view, const struct ir_place *place)
{
	const struct ir_expr expr = { .kind = IR_EXPR_ADDRESS, .place = place };

	return effects_object_class(view->arena, view->engine->pool, &expr);
}

/* ---- the index ------------------------------------------------------------------------- */

static struct object_mentions *mentions_of(struct object_index *index, const char *class)
{
	struct object_mentions *found = keymap_get(index->by_class, KEYMAP_KEY(class));

	if (!found) {
		found = ARENA_NEW(index->arena, struct object_mentions);
		keymap_put(index->by_class, KEYMAP_KEY(class), found);
	}
	return found;
}

static void add_mention(struct mention_reader *reader, enum mention_kind kind, const struct ir_place *place,
			const struct ir_expr *argument)
{
	struct object_mention mention = { kind,		place,	       reader->function, reader->insn,
					  reader->site, reader->param, argument };
	const char *class = object_place_class(reader->view, place);
	struct object_mentions *list;

	if (!class)
		return;
	list = mentions_of(reader->index, class);
	ARENA_PUSH(reader->view->arena, list->items, list->count, list->capacity, mention);
}

static void note_tag(struct keymap *tags, const struct ir_type *type)
{
	while (type && type->kind == IR_TYPE_ARRAY)
		type = type->target;
	if (is_record(type) && type->tag)
		keymap_put(tags, KEYMAP_KEY(type->tag), tags);
}

static void note_nested(struct object_index *index, const struct ir_place *place)
{
	const struct ir_type *type = place->type, *outer = place->part.base->type;
	struct record_pair pair;
	size_t i;

	while (type && type->kind == IR_TYPE_ARRAY)
		type = type->target;
	if (!is_record(type) || !is_record(outer) || !type->tag || !outer->tag)
		return;
	pair = (struct record_pair){ type->tag, outer->tag };
	for (i = 0; i < index->nested_count; i++)
		if (index->nested[i].inner == pair.inner && index->nested[i].outer == pair.outer)
			return;
	ARENA_PUSH(index->arena, index->nested, index->nested_count, index->nested_capacity, pair);
}

/* ---- expressions ------------------------------------------------------------------------- */

/* What a place is reached by: no mention of what it is in, but its pointers and indices may be. */
static void read_place(struct mention_reader *reader, const struct ir_place *place)
{
	for (; place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX; place = place->part.base) {
		if (place->kind == IR_PLACE_FIELD)
			note_nested(reader->index, place);
		else
			read_expr(reader, place->part.index, false);
	}
	if (place->kind == IR_PLACE_DEREF)
		read_expr(reader, place->pointer, false);
}

/* The place and all objects that it is inside of. */
static void mention_around(struct mention_reader *reader, enum mention_kind kind, enum mention_kind around,
			   const struct ir_place *place, const struct ir_expr *argument)
{
	add_mention(reader, kind, place, argument);
	while (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX) {
		bool is_field = place->kind == IR_PLACE_FIELD;

		place = place->part.base;
		if (is_field)
			add_mention(reader, around, place, argument);
	}
}

static void read_expr(struct mention_reader *reader, const struct ir_expr *expr, bool is_address_used)
{
	if (!expr)
		return;
	switch (expr->kind) {
	case IR_EXPR_ADDRESS:
		if (is_address_used)
			mention_around(reader, MENTION_LOST, MENTION_LOST, expr->place, expr);
		read_place(reader, expr->place);
		break;
	case IR_EXPR_LOAD:
		read_place(reader, expr->place);
		break;
	case IR_EXPR_CAST:
		read_expr(reader, expr->cast.operand, is_address_used);
		break;
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		read_expr(reader, expr->op.left, is_address_used);
		read_expr(reader, expr->op.right, is_address_used);
		break;
	case IR_EXPR_SIZEOF:
		note_tag(reader->index->made, expr->size.measured);
		break;
	default:
		break;
	}
}

/* ---- steps ------------------------------------------------------------------------------- */

static void read_written(struct mention_reader *reader, const struct ir_place *place)
{
	if (!place)
		return;
	/* A number alone (the time of a timer) makes nothing of what it is in. */
	if (place->type && place->type->kind == IR_TYPE_INT)
		add_mention(reader, MENTION_WRITTEN, place, NULL);
	else
		mention_around(reader, MENTION_WRITTEN, MENTION_WRITTEN, place, NULL);
	read_place(reader, place);
}

/* ---- helpers that only pass an object on --------------------------------------------------- */

static bool place_reads(const struct ir_place *place, const struct ir_var *var);

static bool expr_reads(const struct ir_expr *expr, const struct ir_var *var)
{
	if (!expr)
		return false;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		return place_reads(expr->place, var);
	case IR_EXPR_CAST:
		return expr_reads(expr->cast.operand, var);
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		return expr_reads(expr->op.left, var) || expr_reads(expr->op.right, var);
	default:
		return false;
	}
}

static bool place_reads(const struct ir_place *place, const struct ir_var *var)
{
	for (; place && (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX); place = place->part.base)
		if (place->kind == IR_PLACE_INDEX && expr_reads(place->part.index, var))
			return true;
	if (place && place->kind == IR_PLACE_DEREF)
		return expr_reads(place->pointer, var);
	return place && place->kind == IR_PLACE_VAR && place->var == var;
}

/* Does the expression's value hold the variable's address on: itself, or that of a part of what it points to? What
 * is only read through it, and the outcome of a comparison, does not. */
static bool expr_hands_on(const struct ir_expr *expr, const struct ir_var *var)
{
	if (!expr)
		return false;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		return expr->place->kind == IR_PLACE_VAR && expr->place->var == var;
	case IR_EXPR_ADDRESS:
		return place_reads(expr->place, var);
	case IR_EXPR_CAST:
		return expr_hands_on(expr->cast.operand, var);
	case IR_EXPR_UNARY:
		return expr_hands_on(expr->op.left, var);
	case IR_EXPR_BINARY:
		return expr->op.op <= IR_BINARY_SUB &&
		       (expr_hands_on(expr->op.left, var) || expr_hands_on(expr->op.right, var));
	default:
		return expr_reads(expr, var);
	}
}

static bool call_passes(const struct module_view *view, const struct ir_insn *insn, const struct ir_var *var)
{
	int i;

	for (i = 0; i < insn->call.arg_count; i++)
		if (expr_hands_on(insn->call.args[i], var) &&
		    (!module_site(view, insn) || expr_variable(insn->call.args[i]) != var))
			return false;
	return !place_reads(insn->call.result, var) && !expr_reads(insn->call.target, var);
}

/* Does the step leave the variable alone, compare it, read through it, or give it to an API as it is? */
static bool step_passes(const struct module_view *view, const struct ir_insn *insn, const struct ir_var *var)
{
	switch (insn->kind) {
	case IR_CALL:
		return call_passes(view, insn, var);
	case IR_ASSIGN:
	case IR_ZERO:
		return !place_reads(insn->assign.place, var) && !expr_hands_on(insn->assign.value, var);
	case IR_RETURN:
	case IR_EVAL:
		return !expr_reads(insn->assign.value, var);
	case IR_SWITCH:
		return !expr_reads(insn->select.value, var);
	case IR_ASM:
		return false;
	default:
		return true;
	}
}

/* The parameter, if the function of the driver's own does nothing with it but give it to APIs; else NULL. */
static const struct ir_var *passed_parameter(const struct module_view *view, const struct ir_function *function,
					     int param)
{
	const struct ir_var *var = function->has_body && param < function->param_count ? function->params[param] : NULL;
	int i;

	if (!var || var->address_taken)
		return NULL;
	for (i = 0; i < function->insn_count; i++)
		if (!step_passes(view, function->insns[i], var))
			return NULL;
	return var;
}

/* The object is given to the APIs that the helper gives it to. */
static void mention_below(struct mention_reader *reader, const struct ir_place *place, const struct ir_expr *expr,
			  const struct ir_function *helper, const struct ir_var *var)
{
	struct mention_reader below = *reader;
	int i, a;

	for (i = 0; i < helper->insn_count; i++) {
		const struct ir_insn *insn = helper->insns[i];

		below.site = insn->kind == IR_CALL ? module_site(reader->view, insn) : NULL;
		for (a = 0; below.site && a < insn->call.arg_count; a++) {
			if (expr_variable(insn->call.args[a]) != var)
				continue;
			below.param = site_param(below.site, a);
			mention_around(&below, MENTION_GIVEN, MENTION_PART_GIVEN, place, expr);
		}
	}
}

/* ---- what calls are given ------------------------------------------------------------------ */

static void read_argument(struct mention_reader *reader, int arg)
{
	const struct ir_function *callee = reader->insn->call.callee;
	const struct ir_var *passed;
	const struct ir_expr *expr = reader->insn->call.args[arg];
	const struct ir_place *place = expr_object(reader->function, expr);

	reader->param = reader->site ? site_param(reader->site, arg) : -1;
	if (place && !object_place_class(reader->view, place))
		place = NULL;
	passed = place && callee && !reader->site ? passed_parameter(reader->view, callee, arg) : NULL;
	if (passed)
		mention_below(reader, place, expr, callee, passed);
	else if (place)
		mention_around(reader, reader->site ? MENTION_GIVEN : MENTION_LOST,
			       reader->site ? MENTION_PART_GIVEN : MENTION_LOST, place, expr);
	read_expr(reader, expr, !place);
}

/* A call that reads one record and writes another of the type, as memcpy does. */
static void read_copies(struct mention_reader *reader)
{
	const struct ir_call *call = &reader->insn->call;
	bool reads = false;
	int i, param;

	for (i = 0; i < call->arg_count && reader->site; i++) {
		param = site_param(reader->site, i);
		reads = reads || (param >= 0 && reader->site->api->params[param].access == RP_ACCESS_READ);
	}
	for (i = 0; i < call->arg_count && reads; i++) {
		const struct ir_type *type = bare_expr(call->args[i])->type;

		param = site_param(reader->site, i);
		if (param >= 0 && reader->site->api->params[param].access == RP_ACCESS_WRITE && type &&
		    type->kind == IR_TYPE_POINTER)
			note_tag(reader->index->copied, type->target);
	}
}

static void read_call(struct mention_reader *reader)
{
	const struct ir_call *call = &reader->insn->call;
	int i;

	reader->site = module_site(reader->view, reader->insn);
	for (i = 0; i < call->arg_count; i++)
		read_argument(reader, i);
	read_copies(reader);
	reader->site = NULL;
	reader->param = -1;
	read_written(reader, call->result);
	read_expr(reader, call->target, true);
}

/* A local that does nothing but hold the address is seen through. */
static bool is_only_copy(const struct mention_reader *reader, const struct ir_insn *insn)
{
	return insn->assign.place->kind == IR_PLACE_VAR &&
	       only_value(reader->function, insn->assign.place->var) == insn->assign.value;
}

static void read_assignment(struct mention_reader *reader)
{
	const struct ir_insn *insn = reader->insn;

	read_written(reader, insn->assign.place);
	if (insn->kind == IR_ASSIGN && is_record(insn->assign.place->type))
		note_tag(reader->index->copied, insn->assign.place->type);
	read_expr(reader, insn->assign.value, insn->kind != IR_ASSIGN || !is_only_copy(reader, insn));
}

static void read_assembly(struct mention_reader *reader)
{
	int i;

	for (i = 0; i < reader->insn->assembly.output_count; i++)
		read_written(reader, reader->insn->assembly.outputs[i]);
	for (i = 0; i < reader->insn->assembly.input_count; i++)
		read_expr(reader, reader->insn->assembly.inputs[i], true);
}

static void read_step(struct mention_reader *reader)
{
	switch (reader->insn->kind) {
	case IR_CALL:
		read_call(reader);
		break;
	case IR_ASSIGN:
	case IR_ZERO:
		read_assignment(reader);
		break;
	case IR_RETURN:
		read_expr(reader, reader->insn->assign.value, true);
		break;
	case IR_EVAL:
		read_expr(reader, reader->insn->assign.value, false);
		break;
	case IR_BRANCH: /* comparing an address gives it to nobody */
		read_expr(reader, reader->insn->branch.condition, false);
		break;
	case IR_SWITCH:
		read_expr(reader, reader->insn->select.value, false);
		break;
	case IR_ASM:
		read_assembly(reader);
		break;
	default:
		break;
	}
}

static void read_function(struct module_view *view, struct object_index *index, const struct ir_function *function)
{
	struct mention_reader reader = { .view = view, .index = index, .function = function, .param = -1 };
	int i;

	for (i = 0; i < function->var_count; i++)
		if (function->vars[i]->kind == IR_VAR_STATIC_LOCAL)
			note_tag(index->made, function->vars[i]->type);
	for (i = 0; i < function->insn_count; i++) {
		reader.insn = function->insns[i];
		read_step(&reader);
	}
}

static struct object_index *make_index(struct module_view *view)
{
	struct object_index *index = ARENA_NEW(view->arena, struct object_index);
	const struct ir_module *module = view->module;
	int u, i;

	index->arena = view->arena;
	index->by_class = keymap_create(view->arena);
	index->made = keymap_create(view->arena);
	index->copied = keymap_create(view->arena);
	for (u = 0; u < module->unit_count; u++) {
		for (i = 0; i < module->units[u]->global_count; i++)
			if (module->units[u]->globals[i]->is_defined)
				note_tag(index->made, module->units[u]->globals[i]->type);
		for (i = 0; i < module->units[u]->function_count; i++)
			if (module->units[u]->functions[i]->has_body)
				read_function(view, index, module->units[u]->functions[i]);
	}
	return index;
}

static struct object_index *objects(struct module_view *view)
{
	if (!view->objects)
		view->objects = make_index(view);
	return view->objects;
}

const struct object_mentions *module_mentions(struct module_view *view, const char *class)
{
	return mentions_of(objects(view), class);
}

/* ---- records ---------------------------------------------------------------------------- */

#define MAX_NESTING 4

static bool is_made(const struct object_index *index, const char *tag, int depth)
{
	size_t i;

	if (keymap_get(index->made, KEYMAP_KEY(tag)))
		return true;
	for (i = 0; depth < MAX_NESTING && i < index->nested_count; i++)
		if (index->nested[i].inner == tag && is_made(index, index->nested[i].outer, depth + 1))
			return true;
	return false;
}

static bool is_copied(const struct object_index *index, const char *tag, int depth)
{
	size_t i;

	if (keymap_get(index->copied, KEYMAP_KEY(tag)))
		return true;
	for (i = 0; depth < MAX_NESTING && i < index->nested_count; i++)
		if (index->nested[i].inner == tag && is_copied(index, index->nested[i].outer, depth + 1))
			return true;
	return false;
}

bool module_makes_record(struct module_view *view, const struct ir_type *record)
{
	const struct object_index *index = objects(view);

	return record->tag && record->in_user_file && is_made(index, record->tag, 0) &&
	       !is_copied(index, record->tag, 0);
}

static bool nests(const struct object_index *index, const char *inner, const char *outer, int depth)
{
	size_t i;

	for (i = 0; depth < MAX_NESTING && i < index->nested_count; i++)
		if (index->nested[i].inner == inner &&
		    (index->nested[i].outer == outer || nests(index, index->nested[i].outer, outer, depth + 1)))
			return true;
	return false;
}

bool module_records_nest(struct module_view *view, const struct ir_type *inner, const struct ir_type *outer)
{
	return nests(objects(view), inner->tag, outer->tag, 0);
}

bool module_initialises_field(const struct module_view *view, const char *record, const char *field)
{
	int u, i;

	for (u = 0; u < view->module->unit_count; u++) {
		const struct ir_unit *unit = view->module->units[u];

		for (i = 0; i < unit->initialised_count; i++)
			if (unit->initialised[i].record == record &&
			    (!unit->initialised[i].field || unit->initialised[i].field == field))
				return true;
	}
	return false;
}
