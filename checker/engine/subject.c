/* Conditions on where an argument comes from: the variable it points to, the
 * room there is, the text of a literal, the parts of a record never written.
 * They hold only when that is known of this path. */
#include "engine_int.h"

#include <ctype.h>
#include <string.h>

/* ---- the subject ------------------------------------------------------------------ */

static const struct ir_expr *without_casts(const struct ir_expr *expr)
{
	while (expr && expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr;
}

/* The region of a record that is given by value; without evaluating anything, so only what variables hold. */
static const struct region *record_region(struct analysis *a, const struct ir_place *place)
{
	const struct region *base;

	if (place->kind == IR_PLACE_VAR)
		return region_var(a, place->var);
	if (place->kind != IR_PLACE_FIELD)
		return NULL;
	base = record_region(a, place->part.base);
	return base ? region_field(a, base, place->part.field, place->type) : NULL;
}

static bool has_other_parts(const struct flow_state *state, const struct region *whole, const struct region *part)
{
	size_t i;

	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].region != whole && region_is_within(state->bindings[i].region, whole) &&
		    !region_is_within(state->bindings[i].region, part))
			return true;
	return false;
}

/* A pointee's own type is known from the pointer, if that is one to a record. */
static bool may_be_union(const struct region *whole)
{
	const struct ir_type *type = whole->type;

	if (!type && whole->kind == REGION_POINTEE && whole->pointer->type)
		type = whole->pointer->type->target;
	return !type || type->is_union || (!whole->type && type->kind != IR_TYPE_RECORD);
}

/* Other parts of a record may be members of the same union, written later: then nothing is known. */
static bool field_of_subject(struct analysis *a, const struct flow_state *state, const char *name,
			     struct subject *subject)
{
	const struct region *whole = subject->region, *part;

	if (!whole && subject->value && subject->value->kind != SYM_INT)
		whole = region_pointee(a, subject->value);
	if (!whole)
		return false;
	part = region_field(a, whole, name, NULL);
	if (may_be_union(whole) && has_other_parts(state, whole, part))
		return false;
	*subject = (struct subject){ .value = state_load(a, state, part, NULL) };
	return true;
}

bool argument_subject(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		      const struct rp_condition *condition, struct subject *subject)
{
	const struct ir_expr *expr = without_casts(call_arg_expr(site, condition->param));
	const struct entry *entry;

	*subject = (struct subject){ .value = call_arg(site, condition->param) };
	if (!subject->value)
		return false;
	if (expr && expr->kind == IR_EXPR_LOAD && expr->type && expr->type->kind == IR_TYPE_RECORD)
		subject->region = record_region(a, expr->place);
	if (call_arg_expr(site, condition->param))
		subject->type = call_arg_expr(site, condition->param)->type;
	if (condition->via) {
		entry = state_entry(state, condition->via, subject->value);
		if (!entry || entry->is_doubtful || !entry->remembered)
			return false;
		*subject = (struct subject){ .value = entry->remembered };
	}
	return !condition->field || field_of_subject(a, state, condition->field, subject);
}

const struct sym *found_in_object(const struct subject *subject, const char *field)
{
	const struct sym *value = subject->value;
	const struct region *region = value->kind == SYM_INITIAL && !value->b ? value->a : NULL;

	if (!region || region->kind != REGION_FIELD || region->field != field || region->base->kind != REGION_POINTEE)
		return NULL;
	return region->base->pointer;
}

/* ---- variables and room ------------------------------------------------------------ */

static const struct ir_var *pointed_variable(const struct sym *pointer)
{
	const struct sym *base = sym_base_pointer(pointer);
	const struct region *root = base->kind == SYM_ADDRESS ? region_root(base->a) : NULL;

	return root && root->kind == REGION_VAR ? root->var : NULL;
}

bool storage_is_among(const struct subject *subject, unsigned storages)
{
	const struct ir_var *var = pointed_variable(subject->value);

	if (!var)
		return false;
	return storages &
	       (var->kind == IR_VAR_GLOBAL || var->kind == IR_VAR_STATIC_LOCAL ? RP_STORAGE_GLOBAL : RP_STORAGE_LOCAL);
}

/* A number that the sources themselves give; -1: none, or too large to matter. */
static int64_t constant_bytes(const struct ir_expr *expr)
{
	int64_t left, right;

	expr = without_casts(expr);
	if (!expr)
		return -1;
	if (expr->kind == IR_EXPR_INT)
		return expr->value;
	if (expr->kind == IR_EXPR_SIZEOF)
		return expr->size.value;
	if (expr->kind != IR_EXPR_BINARY || (expr->op.op != IR_BINARY_ADD && expr->op.op != IR_BINARY_MUL))
		return -1;
	left = constant_bytes(expr->op.left);
	right = constant_bytes(expr->op.right);
	if (left < 0 || right < 0 || left > INT32_MAX || right > INT32_MAX)
		return -1;
	return expr->op.op == IR_BINARY_ADD ? left + right : left * right;
}

/* Bytes from where the pointer points to the end of that memory; -1: not known. */
static int64_t bytes_at(const struct analysis *a, const struct sym *pointer)
{
	const struct region *region = pointer->kind == SYM_ADDRESS ? pointer->a : NULL;
	const struct rp_api *api = origin_api(a, pointer);
	const struct ir_insn *insn = api ? pointer->a : NULL;

	if (region)
		return region->kind == REGION_VAR && region->var->type ? region->var->type->size : -1;
	if (!api || api->byte_param_count != 1 || api->byte_params[0] >= insn->call.arg_count)
		return -1;
	return constant_bytes(insn->call.args[api->byte_params[0]]);
}

bool room_is_short(const struct analysis *a, const struct subject *subject, enum rp_room room)
{
	const struct ir_type *type = subject->type;
	int64_t bytes = bytes_at(a, subject->value);

	if (!type || type->kind != IR_TYPE_POINTER || !type->target || type->target->size <= 0 || bytes < 0 ||
	    type->target->kind == IR_TYPE_VOID)
		return false;
	return room == RP_ROOM_BELOW_TYPE ? bytes < type->target->size : bytes <= type->target->size;
}

bool is_plain_number(const struct ir_expr *expr)
{
	if (!expr || expr->macro)
		return false;
	switch (expr->kind) {
	case IR_EXPR_INT:
		return true;
	case IR_EXPR_CAST:
		return is_plain_number(expr->cast.operand);
	case IR_EXPR_UNARY:
		return is_plain_number(expr->op.left);
	case IR_EXPR_BINARY:
		return is_plain_number(expr->op.left) && is_plain_number(expr->op.right);
	default:
		return false;
	}
}

/* ---- literals ------------------------------------------------------------------------ */

/* As the source has it, with doubled backslashes; `\001` is written the same in a pack. The names of objects ignore case. */
static bool begins_with(const char *written, const char *prefix)
{
	for (; *prefix; prefix++, written++) {
		if (*written == '\\' && written[1] == '\\')
			written++;
		else if (*written == '\\' && !(*prefix == '\\' && isdigit((unsigned char)prefix[1])))
			return false; /* another escape sequence than a number: not compared */
		if (tolower((unsigned char)*written) != tolower((unsigned char)*prefix))
			return false;
	}
	return true;
}

bool literal_starts_with(const struct subject *subject, const struct rp_condition *condition)
{
	const struct sym *value = subject->value;
	bool found = false;
	int i;

	if (value->kind != SYM_STRING || value->op) /* a literal without a readable text */
		return false;
	if (!*(const char *)value->a) /* no name at all */
		return false;
	for (i = 0; i < condition->text_count; i++)
		found = found || begins_with(value->a, condition->texts[i]);
	return found == (condition->kind == RP_CONDITION_STARTS_WITH);
}

/* ---- records written in part ----------------------------------------------------------- */

#define MAX_RECORD_BYTES 128

/* Which bytes belong to some member, and which were written by any name. */
struct coverage {
	struct analysis *a;
	const struct flow_state *state;
	bool is_member[MAX_RECORD_BYTES], is_written[MAX_RECORD_BYTES];
	bool is_vague;
};

static void cover_record(struct coverage *cover, const struct region *region, const struct ir_type *type, int64_t at,
			 int depth);

static bool has_parts(const struct flow_state *state, const struct region *region)
{
	size_t i;

	for (i = 0; i < state->binding_count; i++)
		if (region_is_within(state->bindings[i].region, region))
			return true;
	return false;
}

static void cover_member(struct coverage *cover, const struct region *region, const struct ir_field *field, int64_t at,
			 int depth)
{
	const struct region *part;
	bool is_written;
	int64_t i;

	if (field->type->kind == IR_TYPE_RECORD) {
		part = field->name ? region_field(cover->a, region, field->name, field->type) : region;
		cover_record(cover, part, field->type, at, depth + 1);
		return;
	}
	if (!field->name || at < 0 || field->type->size < 0 || at + field->type->size > MAX_RECORD_BYTES) {
		cover->is_vague = true;
		return;
	}
	part = region_field(cover->a, region, field->name, field->type);
	is_written = state_load(cover->a, cover->state, part, field->type)->kind != SYM_UNINIT ||
		     (field->type->kind == IR_TYPE_ARRAY && has_parts(cover->state, part));
	for (i = at; i < at + field->type->size; i++) {
		cover->is_member[i] = true;
		cover->is_written[i] = cover->is_written[i] || is_written;
	}
}

static void cover_record(struct coverage *cover, const struct region *region, const struct ir_type *type, int64_t at,
			 int depth)
{
	int i;

	if (depth > 4 || type->field_count <= 0)
		cover->is_vague = true;
	for (i = 0; !cover->is_vague && i < type->field_count; i++) {
		if (type->fields[i].bit_offset < 0 || type->fields[i].is_bitfield)
			cover->is_vague = true;
		else
			cover_member(cover, region, &type->fields[i], at + type->fields[i].bit_offset / 8, depth);
	}
}

/* Only of variables of the function: what is elsewhere may have been written by anybody. */
bool is_partly_unwritten(struct analysis *a, const struct flow_state *state, const struct subject *subject)
{
	struct coverage cover = { .a = a, .state = state };
	const struct region *region = subject->region;
	int i;

	if (!region || !region_is_local(region) || !region->type || region->type->kind != IR_TYPE_RECORD)
		return false;
	cover_record(&cover, region, region->type, 0, 0);
	for (i = 0; !cover.is_vague && i < MAX_RECORD_BYTES; i++)
		if (cover.is_member[i] && !cover.is_written[i])
			return true;
	return false;
}
