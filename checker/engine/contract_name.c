/* The object that an annotation names: `&dev->lock`, `*Lock`, `Ext->Queue.Lock`,
 * `table_lock`, in the names of the function's parameters and the unit's
 * globals. What is written in any other way is not understood, and nothing is
 * said of it. */
#include "contract_int.h"

#include <ctype.h>
#include <string.h>

/* What an expression of an annotation denotes, so far as it was read. */
struct designated {
	const struct region *place;  /* NULL: only a value */
	const struct sym *value;     /* NULL: what the place holds */
	const struct ir_type *type;  /* NULL: not known */
	const struct ir_var *global; /* the global itself */
	const char *field;	     /* the last field named; NULL: none */
	const char *tag;	     /* of the record it is in; NULL: not known */
};

struct reader {
	struct analysis *a;
	struct flow_state *state;
	const struct contract_names *names;
	const char *at;
	bool is_understood;
	int param;	    /* the one it begins with; -1 */
	const char *beyond; /* the text after its name */
};

static void skip_space(struct reader *r)
{
	while (isspace((unsigned char)*r->at))
		r->at++;
}

static bool take(struct reader *r, const char *token)
{
	size_t length = strlen(token);

	skip_space(r);
	if (strncmp(r->at, token, length) != 0)
		return false;
	r->at += length;
	return true;
}

/* Interned; NULL: none stands here. */
static const char *take_identifier(struct reader *r)
{
	const char *start;

	skip_space(r);
	start = r->at;
	if (!isalpha((unsigned char)*start) && *start != '_')
		return NULL;
	while (isalnum((unsigned char)*r->at) || *r->at == '_')
		r->at++;
	return intern_n(r->a->engine->pool, start, (size_t)(r->at - start));
}

static struct designated not_understood(struct reader *r)
{
	r->is_understood = false;
	return (struct designated){ 0 };
}

/* ---- names ------------------------------------------------------------------------ */

static int param_index(const struct contract_names *names, const char *name)
{
	int i;

	if (names->current >= 0 && strcmp(name, "_Curr_") == 0)
		return names->current;
	for (i = 0; i < names->function->declared_count; i++)
		if (names->function->declared[i].name == name)
			return names->function->declared[i].index;
	return -1;
}

static const struct ir_type *param_type(const struct contract_names *names, int index)
{
	int i;

	for (i = 0; i < names->function->declared_count; i++)
		if (names->function->declared[i].index == index && names->function->declared[i].type)
			return names->function->declared[i].type;
	return NULL;
}

static struct designated param_object(struct reader *r, int index)
{
	struct designated object = { .type = param_type(r->names, index) };
	const struct call_site *site = r->names->site;

	if (site) {
		if (index >= site->arg_count)
			return not_understood(r);
		object.value = site->args[index];
		return object;
	}
	if (index >= r->a->function->param_count)
		return not_understood(r);
	object.place = region_var(r->a, r->a->function->params[index]);
	return object;
}

static const struct ir_var *global_named(const struct analysis *a, const char *name)
{
	int i;

	for (i = 0; i < a->unit->global_count; i++)
		if (a->unit->globals[i]->name == name)
			return a->unit->globals[i]->linked_to ? a->unit->globals[i]->linked_to : a->unit->globals[i];
	return NULL;
}

static struct designated named_object(struct reader *r)
{
	const char *name = take_identifier(r);
	int index = name ? param_index(r->names, name) : -1;
	const struct ir_var *global = name && index < 0 ? global_named(r->a, name) : NULL;

	r->param = index;
	r->beyond = r->at;
	if (index >= 0)
		return param_object(r, index);
	if (!global)
		return not_understood(r);
	return (struct designated){ .place = region_var(r->a, global), .type = global->type, .global = global };
}

/* ---- expressions --------------------------------------------------------------------- */

static const struct sym *value_of(struct reader *r, const struct designated *object)
{
	if (object->value)
		return object->value;
	return state_load(r->a, r->state, object->place, object->type);
}

static struct designated pointee_of(struct reader *r, const struct designated *object)
{
	const struct ir_type *type = object->type && object->type->kind == IR_TYPE_POINTER ? object->type->target :
											     NULL;

	return (struct designated){ .place = region_pointee(r->a, value_of(r, object)),
				    .type = type,
				    .field = object->field,
				    .tag = object->tag };
}

static struct designated field_of(struct reader *r, const struct designated *record)
{
	const char *field = take_identifier(r);

	if (!field || !record->place)
		return not_understood(r);
	return (struct designated){ .place = region_field(r->a, record->place, field, NULL),
				    .field = field,
				    .tag = record->type ? record->type->tag : NULL };
}

static struct designated read_object(struct reader *r, int depth);

static struct designated read_postfix(struct reader *r, int depth)
{
	struct designated object, pointee;

	if (take(r, "(")) {
		object = read_object(r, depth);
		r->is_understood = r->is_understood && take(r, ")");
	} else {
		object = named_object(r);
	}
	while (r->is_understood) {
		if (take(r, "->")) {
			pointee = pointee_of(r, &object);
			object = field_of(r, &pointee);
		} else if (take(r, ".")) {
			object = field_of(r, &object);
		} else {
			break;
		}
	}
	return object;
}

static struct designated read_object(struct reader *r, int depth)
{
	struct designated object;

	if (depth > 8)
		return not_understood(r);
	if (take(r, "*")) {
		object = read_object(r, depth + 1);
		return r->is_understood ? pointee_of(r, &object) : object;
	}
	if (!take(r, "&"))
		return read_postfix(r, depth + 1);
	object = read_object(r, depth + 1);
	if (!r->is_understood || !object.place)
		return not_understood(r);
	object.value = sym_address(r->a, object.place, NULL);
	object.place = NULL;
	object.type = NULL;
	return object;
}

/* ---- the object --------------------------------------------------------------------------- */

static void add_key(struct contract_object *object, const struct sym *key)
{
	if (key->kind != SYM_INT && key->kind != SYM_STALE && key->kind != SYM_UNINIT && !sym_is_vague(key))
		object->keys[object->key_count++] = key;
}

bool contract_resolve(struct analysis *a, struct flow_state *state, const struct contract_names *names,
		      const char *text, struct contract_object *object)
{
	struct reader r = { a, state, names, text ? text : "", true, -1, NULL };
	struct designated found = read_object(&r, 0);

	skip_space(&r);
	if (!r.is_understood || *r.at)
		return false;
	*object = (struct contract_object){ .text = text,
					    .field = found.field,
					    .tag = found.tag,
					    .var = found.global,
					    .param = r.param,
					    .beyond = r.beyond };
	if (found.type && found.type->kind == IR_TYPE_POINTER)
		object->type = found.type->target;
	else if (!found.field)
		object->type = found.type;
	/* Authors write the lock or a pointer to it: it is one of the two. */
	if (found.place)
		add_key(object, sym_address(a, found.place, NULL));
	if (found.value || found.place)
		add_key(object, value_of(&r, &found));
	return object->key_count > 0;
}

/* ---- which resource it is ------------------------------------------------------------------- */

static bool is_balanced(const struct rp_resource *resource)
{
	return resource->exit_policy == RP_EXIT_BALANCED || resource->exit_policy == RP_EXIT_BALANCED_HERE;
}

bool contract_covers(const struct contract_object *object, const struct entry *entry)
{
	int i;

	for (i = 0; entry->resource && is_balanced(entry->resource) && i < object->key_count; i++)
		if (entry->key == object->keys[i])
			return true;
	return false;
}

bool contract_same_type(const struct ir_type *left, const struct ir_type *right)
{
	if (!left || !right || left->kind != right->kind)
		return false;
	return left->tag ? left->tag == right->tag : left->typedef_name && left->typedef_name == right->typedef_name;
}

/* Is an argument written somewhere in the module an object like this one: the
 * same field or variable, or behind a pointer of the same type? */
static bool is_alike(const struct contract_object *object, const struct ir_expr *expr)
{
	const struct ir_place *place = NULL;
	const struct ir_type *base;

	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	if (expr->kind == IR_EXPR_ADDRESS || expr->kind == IR_EXPR_LOAD)
		place = expr->place;
	if (object->var)
		return place && place->kind == IR_PLACE_VAR && place->var->name == object->var->name &&
		       place->var->kind == IR_VAR_GLOBAL;
	if (!object->field)
		return expr->type && expr->type->kind == IR_TYPE_POINTER &&
		       contract_same_type(object->type, expr->type->target);
	if (!place || place->kind != IR_PLACE_FIELD || place->part.field != object->field)
		return false;
	base = place->part.base->type;
	return !object->tag || !base || !base->tag || base->tag == object->tag;
}

static int arg_of_param(const struct rp_match *match, int param)
{
	int i;

	if (!match->shape)
		return param;
	for (i = 0; i < match->shape->param_count; i++)
		if (match->shape->param_of[i] == param)
			return i;
	return -1;
}

/* Narrows what the module's own calls say of the object. */
static void learn_from_call(const struct analysis *a, const struct ir_call *call, const struct contract_object *object,
			    struct contract_resource *found)
{
	const char *name = call->macro ? call->macro : call->callee ? call->callee->name : NULL;
	struct rp_match match = { 0 };
	int i, arg;

	if (!name || !rules_match_call(a->engine->rules, name, &match))
		return;
	for (i = 0; i < match.api->effect_count; i++) {
		const struct rp_effect *effect = &match.api->effects[i];

		arg = effect->object == RP_OBJECT_PARAM && !effect->via ? arg_of_param(&match, effect->params[0]) : -1;
		if (arg < 0 || arg >= call->arg_count || !is_balanced(effect->resource) ||
		    !resource_event_acquires(effect->resource, effect->event) || !is_alike(object, call->args[arg]))
			continue;
		if (found->resource && found->resource != effect->resource)
			found->is_ambiguous = true;
		if (found->resource && found->mode != effect->mode)
			found->has_modes = true;
		found->resource = effect->resource;
		found->event = effect->event;
		found->mode = effect->mode;
		found->api = match.api;
	}
}

static void learn_from_unit(const struct analysis *a, const struct ir_unit *unit, const struct contract_object *object,
			    struct contract_resource *found)
{
	int f, i;

	for (f = 0; f < unit->function_count; f++)
		for (i = 0; i < unit->functions[f]->insn_count; i++)
			if (unit->functions[f]->insns[i]->kind == IR_CALL)
				learn_from_call(a, &unit->functions[f]->insns[i]->call, object, found);
}

bool contract_find_resource(const struct analysis *a, const struct contract_object *object,
			    struct contract_resource *found)
{
	*found = (struct contract_resource){ 0 };
	learn_from_unit(a, a->unit, object, found);
	return found->resource && !found->is_ambiguous;
}
