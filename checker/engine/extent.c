/* Sizes of buffers: of variables and array fields by their types, of memory by
 * the call that allocated it, and of what a field or variable points to, if all
 * that the module ever stores there comes from allocations of a known size. */
#include "engine_int.h"

/* Sizes of what a field of the driver's own record, or a variable, points to. */
struct buffer_size {
	const char *tag, *field;  /* NULL: */
	const struct ir_var *var; /* a global or static variable */
	int64_t bytes;		  /* the largest; -1: not known */
	bool is_raw;		  /* some allocation does not clear it, and nothing ever writes to it */
	bool is_touched;	  /* something may write to it */
};

struct buffer_sizes {
	const struct ir_module *module;
	struct buffer_size *items;
	size_t count, capacity;
};

/* ---- allocations ------------------------------------------------------------------ */

static bool constant_value(const struct ir_expr *expr, int64_t *value)
{
	int64_t left, right;

	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	if (expr->kind == IR_EXPR_INT || expr->kind == IR_EXPR_SIZEOF) {
		*value = expr->kind == IR_EXPR_INT ? expr->value : expr->size.value;
		return *value >= 0;
	}
	if (expr->kind != IR_EXPR_BINARY || !constant_value(expr->op.left, &left) ||
	    !constant_value(expr->op.right, &right))
		return false;
	switch (expr->op.op) {
	case IR_BINARY_ADD:
		return !__builtin_add_overflow(left, right, value);
	case IR_BINARY_SUB:
		return !__builtin_sub_overflow(left, right, value) && *value >= 0;
	case IR_BINARY_MUL:
		return !__builtin_mul_overflow(left, right, value);
	case IR_BINARY_SHL:
		*value = right < 40 && left < (1 << 20) ? left << right : -1;
		return *value >= 0;
	case IR_BINARY_OR:
		*value = left | right;
		return true;
	case IR_BINARY_DIV:
		*value = right > 0 ? left / right : -1;
		return right > 0;
	default:
		return false;
	}
}

static const struct rp_api *api_of_call(const struct engine *engine, const struct ir_insn *insn,
					const struct rp_shape **shape)
{
	const char *name = insn->call.macro ? insn->call.macro : insn->call.callee ? insn->call.callee->name : NULL;
	struct rp_match match = { 0 };

	if (!name || (insn->call.callee && insn->call.callee->has_body) ||
	    !rules_match_call(engine->rules, name, &match))
		return NULL;
	*shape = match.shape;
	return match.api;
}

/* Bytes that the call's result points to; -1: unknown. */
static int64_t allocated_bytes(const struct engine *engine, const struct ir_insn *insn)
{
	const struct rp_shape *shape = NULL;
	const struct rp_api *api = api_of_call(engine, insn, &shape);
	int64_t bytes = 1, factor;
	int i;

	if (!api || api->byte_param_count == 0 || shape)
		return -1;
	for (i = 0; i < api->byte_param_count; i++) {
		int at = api->byte_params[i];

		if (at >= insn->call.arg_count || !constant_value(insn->call.args[at], &factor) ||
		    __builtin_mul_overflow(bytes, factor, &bytes))
			return -1;
	}
	return bytes;
}

/* ---- what fields and variables point to ------------------------------------------------ */

static struct buffer_size *find_size(struct buffer_sizes *sizes, const char *tag, const char *field,
				     const struct ir_var *var)
{
	size_t i;

	for (i = 0; i < sizes->count; i++)
		if (sizes->items[i].tag == tag && sizes->items[i].field == field && sizes->items[i].var == var)
			return &sizes->items[i];
	return NULL;
}

static bool is_kept_variable(const struct ir_var *var)
{
	return (var->kind == IR_VAR_GLOBAL && var->is_static && var->is_defined) || var->kind == IR_VAR_STATIC_LOCAL;
}

/* A field of a record of the driver's own, or a variable that nobody else sees; found: its name. */
static bool is_buffer_place(const struct ir_place *place, struct buffer_size *found)
{
	const struct ir_type *record;

	*found = (struct buffer_size){ .bytes = -1 };
	if (!place->type || place->type->kind != IR_TYPE_POINTER)
		return false;
	if (place->kind == IR_PLACE_VAR && is_kept_variable(place->var)) {
		found->var = place->var;
		return !place->var->address_taken;
	}
	record = place->kind == IR_PLACE_FIELD ? place->part.base->type : NULL;
	if (!record || record->kind != IR_TYPE_RECORD || !record->tag || !record->in_user_file)
		return false;
	found->tag = record->tag;
	found->field = place->part.field;
	return true;
}

/* Is the memory as the allocator left it? */
static bool is_uncleared(const struct engine *engine, const struct ir_function *function, const struct ir_insn *call)
{
	const struct rp_shape *shape = NULL;
	const struct rp_api *api = call ? api_of_call(engine, call, &shape) : NULL;
	int64_t flags, bits;

	if (!api || shape || api->byte_param_count == 0 || api->zeroed || api->from_user != RP_FROM_USER_NOTHING)
		return false;
	return api->zeroed_param < 0 || (api->zeroed_param < call->call.arg_count &&
					 constant_value(call->call.args[api->zeroed_param], &flags) &&
					 unit_constant(function->unit, api->zeroed_constant, &bits) && !(flags & bits));
}

static void note_size(struct engine *engine, struct buffer_sizes *sizes, const struct buffer_size *place, int64_t bytes)
{
	struct buffer_size *known = find_size(sizes, place->tag, place->field, place->var), fresh = *place;

	fresh.bytes = bytes;
	if (known)
		known->is_raw = known->is_raw || place->is_raw;
	if (!known)
		ARENA_PUSH(engine->module_arena, sizes->items, sizes->count, sizes->capacity, fresh);
	else if (known->bytes < 0 || bytes < 0)
		known->bytes = -1;
	else if (bytes > known->bytes)
		known->bytes = bytes;
}

/* The call that a temporary or a variable assigned once got its value from. */
static const struct ir_insn *call_into(const struct ir_function *function, const struct ir_var *var)
{
	const struct ir_insn *found = NULL;
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct ir_place *place = insn->kind == IR_ASSIGN ? insn->assign.place :
					       insn->kind == IR_CALL   ? insn->call.result :
									 NULL;

		if (!place || place->kind != IR_PLACE_VAR || place->var != var)
			continue;
		if (insn->kind != IR_CALL || found)
			return NULL;
		found = insn;
	}
	return found;
}

/* The call whose result is stored; NULL: it can not be told. */
static const struct ir_insn *stored_call(const struct ir_function *function, const struct ir_expr *value)
{
	while (value->kind == IR_EXPR_CAST)
		value = value->cast.operand;
	if (value->kind != IR_EXPR_LOAD || value->place->kind != IR_PLACE_VAR || value->place->var->address_taken ||
	    (value->place->var->kind != IR_VAR_LOCAL && value->place->var->kind != IR_VAR_TEMP))
		return NULL;
	return call_into(function, value->place->var);
}

static int64_t stored_bytes(const struct engine *engine, const struct ir_function *function,
			    const struct ir_expr *value)
{
	const struct ir_insn *call = stored_call(function, value);

	while (value->kind == IR_EXPR_CAST)
		value = value->cast.operand;
	if (value->kind == IR_EXPR_INT && value->value == 0)
		return 0;
	return call ? allocated_bytes(engine, call) : -1;
}

/* ---- who writes to them ------------------------------------------------------------------ */

static void touch_expr(struct engine *engine, struct buffer_sizes *sizes, const struct ir_expr *expr);

static void touch(struct engine *engine, struct buffer_sizes *sizes, const struct ir_place *place)
{
	struct buffer_size found, *known;

	if (!is_buffer_place(place, &found) && !found.tag && !found.var)
		return;
	known = find_size(sizes, found.tag, found.field, found.var);
	if (!known) {
		ARENA_PUSH(engine->module_arena, sizes->items, sizes->count, sizes->capacity, found);
		known = &sizes->items[sizes->count - 1];
		known->bytes = 0;
	}
	known->is_touched = true;
}

/* Pointers on the way to the place are read through, and what they point to may be written. */
static void touch_place(struct engine *engine, struct buffer_sizes *sizes, const struct ir_place *place)
{
	for (; place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX; place = place->part.base)
		;
	if (place->kind == IR_PLACE_DEREF)
		touch_expr(engine, sizes, place->pointer);
}

/* Every buffer whose pointer the expression loads. */
static void touch_expr(struct engine *engine, struct buffer_sizes *sizes, const struct ir_expr *expr)
{
	if (!expr)
		return;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		touch(engine, sizes, expr->place);
		touch_place(engine, sizes, expr->place);
		break;
	case IR_EXPR_ADDRESS:
		touch(engine, sizes, expr->place);
		touch_place(engine, sizes, expr->place);
		break;
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		touch_expr(engine, sizes, expr->op.left);
		touch_expr(engine, sizes, expr->op.right);
		break;
	case IR_EXPR_CAST:
		touch_expr(engine, sizes, expr->cast.operand);
		break;
	default:
		break;
	}
}

/* Does the API leave what this argument points to as it is? */
static bool leaves_alone(const struct rp_api *api, const struct rp_shape *shape, int arg)
{
	int e;

	if (!api || shape || arg >= api->param_count)
		return false;
	for (e = 0; e < api->effect_count; e++)
		if (api->effects[e].object == RP_OBJECT_PARAM && api->effects[e].params[0] == arg)
			return true; /* it is freed */
	return api->is_pure || api->params[arg].access == RP_ACCESS_NONE || api->params[arg].access == RP_ACCESS_READ;
}

static void note_touches(struct engine *engine, struct buffer_sizes *sizes, const struct ir_insn *insn)
{
	const struct rp_shape *shape = NULL;
	const struct rp_api *api;
	int i;

	switch (insn->kind) {
	case IR_ASSIGN:
		touch_expr(engine, sizes, insn->assign.value);
		touch_place(engine, sizes, insn->assign.place);
		break;
	case IR_RETURN:
		touch_expr(engine, sizes, insn->assign.value);
		break;
	case IR_CALL:
		api = api_of_call(engine, insn, &shape);
		for (i = 0; i < insn->call.arg_count; i++)
			if (!leaves_alone(api, shape, i))
				touch_expr(engine, sizes, insn->call.args[i]);
		break;
	default:
		break;
	}
}

static void note_stores(struct engine *engine, struct buffer_sizes *sizes, const struct ir_function *function)
{
	struct buffer_size place;
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		note_touches(engine, sizes, insn);
		if (insn->kind == IR_ASSIGN && is_buffer_place(insn->assign.place, &place)) {
			place.is_raw = is_uncleared(engine, function, stored_call(function, insn->assign.value));
			note_size(engine, sizes, &place, stored_bytes(engine, function, insn->assign.value));
		} else if (insn->kind == IR_CALL && insn->call.result && is_buffer_place(insn->call.result, &place)) {
			place.is_raw = is_uncleared(engine, function, insn);
			note_size(engine, sizes, &place, allocated_bytes(engine, insn));
		}
	}
}

static struct buffer_sizes *sizes_of(struct engine *engine)
{
	struct buffer_sizes *sizes = engine->buffer_sizes;
	int u, f;

	if (sizes && sizes->module == engine->module)
		return sizes;
	sizes = ARENA_NEW(engine->module_arena, struct buffer_sizes);
	*sizes = (struct buffer_sizes){ .module = engine->module };
	engine->buffer_sizes = sizes;
	for (u = 0; u < engine->module->unit_count; u++) {
		const struct ir_unit *unit = engine->module->units[u];

		for (f = 0; f < unit->function_count; f++)
			if (unit->functions[f]->has_body)
				note_stores(engine, sizes, unit->functions[f]);
	}
	return sizes;
}

static const struct ir_type *record_of(const struct region *field)
{
	return field->base->type && field->base->type->kind == IR_TYPE_RECORD ? field->base->type : NULL;
}

/* What is known of what the region, a field or variable, points to; NULL. */
static const struct buffer_size *kept_buffer(struct analysis *a, const struct region *region)
{
	const struct ir_type *record = region->kind == REGION_FIELD ? record_of(region) : NULL;

	if (!a->engine->module_arena || !a->engine->module || !a->engine->module->is_whole)
		return NULL;
	if (record && record->tag)
		return find_size(sizes_of(a->engine), record->tag, region->field, NULL);
	return region->kind == REGION_VAR ? find_size(sizes_of(a->engine), NULL, NULL, region->var) : NULL;
}

static int64_t kept_bytes(struct analysis *a, const struct region *region)
{
	const struct buffer_size *size = kept_buffer(a, region);

	return size && size->bytes > 0 ? size->bytes : -1;
}

static int64_t pointee_bytes(struct analysis *a, const struct sym *pointer);

int64_t extent_allocated(struct analysis *a, const struct sym *pointer)
{
	return pointee_bytes(a, pointer);
}

bool extent_is_raw(struct analysis *a, const struct sym *pointer)
{
	const struct region *region = pointer->kind == SYM_INITIAL ? pointer->a : NULL;
	const struct buffer_size *size = region ? kept_buffer(a, region) : NULL;

	return size && size->is_raw && !size->is_touched;
}

/* ---- regions and pointers -------------------------------------------------------------- */

/* A last array of one element, or none, may stand for more of them. */
static bool is_sized_array(const struct ir_type *type)
{
	return type && type->kind == IR_TYPE_ARRAY && type->count > 1 && type->size > 0;
}

static int64_t pointee_bytes(struct analysis *a, const struct sym *pointer)
{
	if (pointer->kind == SYM_CALL)
		return allocated_bytes(a->engine, pointer->a);
	if (pointer->kind == SYM_INITIAL)
		return kept_bytes(a, pointer->a);
	return -1;
}

static int64_t region_bytes(struct analysis *a, const struct region *region)
{
	switch (region->kind) {
	case REGION_VAR:
		return region->type ? region->type->size : -1;
	case REGION_FIELD:
	case REGION_ELEMENT:
		return is_sized_array(region->type) ? region->type->size : -1;
	default:
		return pointee_bytes(a, region->pointer);
	}
}

static const char *region_name(const struct region *region)
{
	switch (region->kind) {
	case REGION_VAR:
		return region->var->name;
	case REGION_FIELD:
		return region->field;
	case REGION_ELEMENT:
		return region_name(region->base);
	default:
		return region->pointer->kind == SYM_INITIAL ? region_name(region->pointer->a) : NULL;
	}
}

/* A step into the buffer: a constant one adds to the offset, one unknown one is kept. */
static bool step_in(struct extent *extent, const struct sym *index, int64_t size, bool is_back)
{
	if (size <= 0)
		return false;
	if (index->kind == SYM_INT) {
		extent->offset += (is_back ? -1 : 1) * index->value * size;
		return true;
	}
	if (extent->index || is_back)
		return false;
	extent->index = index;
	extent->step = size;
	return true;
}

static int64_t target_size(const struct sym *pointer)
{
	const struct ir_type *type = pointer->type;

	if (!type || type->kind != IR_TYPE_POINTER || !type->target)
		return -1;
	return type->target->kind == IR_TYPE_VOID ? 1 : type->target->size;
}

static bool extent_of_region(struct analysis *a, const struct region *region, struct extent *extent)
{
	/* &buf[i]: i elements into the array. */
	while (region->kind == REGION_ELEMENT && !is_sized_array(region->type)) {
		if (!step_in(extent, region->index, region->type ? region->type->size : -1, false))
			return false;
		region = region->base;
	}
	extent->bytes = region_bytes(a, region);
	extent->name = region_name(region);
	return extent->bytes > 0;
}

bool extent_of_pointer(struct analysis *a, const struct sym *pointer, struct extent *extent)
{
	*extent = (struct extent){ .bytes = -1 };
	while (pointer->kind == SYM_BINARY && (pointer->op == IR_BINARY_ADD || pointer->op == IR_BINARY_SUB)) {
		const struct sym *left = pointer->a, *right = pointer->b;
		const struct ir_type *type = left->type;
		bool is_swapped = right->kind != SYM_INT && right->type && right->type->kind == IR_TYPE_POINTER &&
				  !(type && type->kind == IR_TYPE_POINTER);

		if (is_swapped) {
			const struct sym *swap = left;

			left = right;
			right = swap;
		}
		/* A pointer to an array steps by elements once it has decayed. */
		if (!step_in(extent, right, target_size(left->kind == SYM_ADDRESS ? pointer : left),
			     pointer->op == IR_BINARY_SUB))
			return false;
		pointer = left;
	}
	return extent_of_region(a, region_pointee(a, pointer), extent);
}

int64_t extent_elements(struct analysis *a, const struct region *base, const struct ir_type *element)
{
	int64_t bytes;

	if (is_sized_array(base->type) && base->kind != REGION_POINTEE)
		return base->type->count;
	if (base->kind != REGION_POINTEE || !element || element->size <= 0)
		return -1;
	bytes = pointee_bytes(a, base->pointer);
	return bytes > 0 ? bytes / element->size : -1;
}
