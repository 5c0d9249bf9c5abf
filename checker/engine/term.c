/* Symbols of one function in words that its callers understand (terms), and
 * terms back into symbols at a call. What has no such words is unknown, and
 * stays so: no claim is made of it. */
#include "engine_int.h"

#include <string.h>

#define MAX_TERM_DEPTH 10
#define MAX_PATH_FACTS 8

/* ---- symbols to terms ---------------------------------------------------------- */

static const struct term *make(const struct term_maker *maker, struct term term)
{
	struct term *copy = ARENA_NEW(maker->arena, struct term);

	*copy = term;
	return copy;
}

static const struct term *term_at_depth(const struct term_maker *maker, const struct sym *sym, int depth);

static const struct term *address_term(const struct term_maker *maker, const struct region *region, int depth)
{
	const struct term *base, *index;

	if (depth > MAX_TERM_DEPTH)
		return NULL;
	switch (region->kind) {
	case REGION_VAR:
		if (region_is_local(region))
			return NULL;
		return make(maker, (struct term){ .kind = TERM_VARIABLE, .var = region->var, .type = region->type });
	case REGION_POINTEE:
		return term_at_depth(maker, region->pointer, depth + 1);
	case REGION_FIELD:
		base = address_term(maker, region->base, depth + 1);
		return base ? make(maker, (struct term){ .kind = TERM_FIELD,
							 .field = region->field,
							 .a = base,
							 .type = region->type }) :
			      NULL;
	default:
		base = address_term(maker, region->base, depth + 1);
		index = base ? term_at_depth(maker, region->index, depth + 1) : NULL;
		return index ? make(maker,
				    (struct term){
					    .kind = TERM_ELEMENT, .a = base, .b = index, .type = region->type }) :
			       NULL;
	}
}

/* The value that memory held when the function was entered. */
static const struct term *entry_value(const struct term_maker *maker, const struct sym *sym, int depth)
{
	const struct region *region = sym->a;
	const struct term *address;

	if (sym->b) /* read after a step that may have changed it */
		return NULL;
	if (region->kind == REGION_VAR && region->var->kind == IR_VAR_PARAM)
		return make(maker, (struct term){ .kind = TERM_PARAM, .value = region->var->param, .type = sym->type });
	address = address_term(maker, region, depth + 1);
	return address ? make(maker, (struct term){ .kind = TERM_LOAD, .a = address, .type = sym->type }) : NULL;
}

static const struct term *pair_term(const struct term_maker *maker, enum term_kind kind, const struct sym *sym,
				    int depth)
{
	const struct term *left = term_at_depth(maker, sym->a, depth + 1);
	const struct term *right = left ? term_at_depth(maker, sym->b, depth + 1) : NULL;

	return right ? make(maker,
			    (struct term){ .kind = kind, .op = sym->op, .a = left, .b = right, .type = sym->type }) :
		       NULL;
}

static const struct term *single_term(const struct term_maker *maker, enum term_kind kind, const struct sym *sym,
				      int depth)
{
	const struct term *operand = term_at_depth(maker, sym->a, depth + 1);

	return operand ? make(maker, (struct term){ .kind = kind,
						    .op = sym->op,
						    .a = operand,
						    .function = sym->kind == SYM_APPLY ? sym->b : NULL,
						    .type = sym->type }) :
			 NULL;
}

static const struct term *known_object(const struct term_maker *maker, const struct sym *sym)
{
	int i;

	if (sym == maker->result && (sym_is_conjured(sym)))
		return make(maker, (struct term){ .kind = TERM_RESULT, .type = sym->type });
	for (i = 0; i < maker->fresh_count; i++)
		if (maker->fresh[i] == sym)
			return make(maker, (struct term){ .kind = TERM_FRESH, .value = i, .type = sym->type });
	return NULL;
}

static const struct term *term_at_depth(const struct term_maker *maker, const struct sym *sym, int depth)
{
	const struct term *object;

	if (depth > MAX_TERM_DEPTH)
		return NULL;
	object = known_object(maker, sym);
	if (object)
		return object;
	switch (sym->kind) {
	case SYM_INT:
		return make(maker, (struct term){ .kind = TERM_INT, .value = sym->value, .type = sym->type });
	case SYM_ADDRESS:
		return address_term(maker, sym->a, depth + 1);
	case SYM_FUNCTION:
		return make(maker, (struct term){ .kind = TERM_FUNCTION, .function = sym->a, .type = sym->type });
	case SYM_INITIAL:
		return entry_value(maker, sym, depth);
	case SYM_UNARY:
		return single_term(maker, TERM_UNARY, sym, depth);
	case SYM_PREDICATE:
		return single_term(maker, TERM_PREDICATE, sym, depth);
	case SYM_APPLY:
		return single_term(maker, TERM_APPLY, sym, depth);
	case SYM_BINARY:
		return pair_term(maker, TERM_BINARY, sym, depth);
	case SYM_TUPLE:
		return pair_term(maker, TERM_TUPLE, sym, depth);
	case SYM_USER:
	case SYM_INDEX:
		return term_at_depth(maker, sym->a, depth + 1);
	default:
		return NULL;
	}
}

/* What a path knows is put into words again at each of its calls: each symbol once for a function. */
static const struct term *remembered_term(const struct term_maker *maker, const struct sym *sym)
{
	static const struct term none;
	struct analysis *a = maker->a;
	const struct term *term = keymap_get(a->terms, KEYMAP_KEY(sym));

	if (!term) {
		term = term_at_depth(maker, sym, 0);
		keymap_put(a->terms, KEYMAP_KEY(sym), (void *)(term ? term : &none));
	}
	return term == &none ? NULL : term;
}

const struct term *term_of(const struct term_maker *maker, const struct sym *sym)
{
	bool has_own_objects = maker->fresh_count > 0 || maker->result;

	if (!sym)
		return NULL;
	return has_own_objects || maker->arena != maker->a->engine->module_arena ? term_at_depth(maker, sym, 0) :
										   remembered_term(maker, sym);
}

/* ---- terms to symbols ------------------------------------------------------------ */

static const struct sym *field_address(const struct term_reader *reader, const struct term *term)
{
	const struct sym *base = term_value(reader, term->a);
	const struct region *region;

	if (!base || base->kind == SYM_INT)
		return NULL;
	region = region_field(reader->a, region_pointee(reader->a, base), term->field, term->type);
	return sym_address(reader->a, region, NULL);
}

static const struct sym *element_address(const struct term_reader *reader, const struct term *term)
{
	const struct sym *base = term_value(reader, term->a), *index = base ? term_value(reader, term->b) : NULL;

	if (!index || base->kind == SYM_INT)
		return NULL;
	return sym_address(reader->a, region_element(reader->a, region_pointee(reader->a, base), index, term->type),
			   NULL);
}

static const struct sym *loaded_value(const struct term_reader *reader, const struct term *term)
{
	const struct sym *address = term_value(reader, term->a), *value;

	if (!address || address->kind == SYM_INT)
		return NULL;
	value = state_load(reader->a, reader->state, region_pointee(reader->a, address), term->type);
	mark_user_number(reader->a, value);
	return value;
}

static const struct sym *pair_value(const struct term_reader *reader, const struct term *term)
{
	const struct sym *left = term_value(reader, term->a), *right = left ? term_value(reader, term->b) : NULL;

	if (!right)
		return NULL;
	if (term->kind == TERM_TUPLE)
		return sym_make(reader->a, SYM_TUPLE, 0, left, right, NULL);
	return sym_binary(reader->a, term->op, left, right, term->type);
}

static const struct sym *single_value(const struct term_reader *reader, const struct term *term)
{
	const struct sym *operand = term_value(reader, term->a);

	if (!operand)
		return NULL;
	if (term->kind == TERM_UNARY && term->op == IR_UNARY_NOT)
		return sym_not(reader->a, operand);
	if (term->kind == TERM_UNARY && operand->kind == SYM_INT)
		return sym_int(reader->a,
			       term->op == IR_UNARY_NEG ? (int64_t)(0 - (uint64_t)operand->value) : ~operand->value);
	if (term->kind == TERM_UNARY)
		return sym_make(reader->a, SYM_UNARY, term->op, operand, NULL, term->type);
	if (term->kind == TERM_PREDICATE)
		return sym_make(reader->a, SYM_PREDICATE, term->op, operand, NULL, term->type);
	return sym_make(reader->a, SYM_APPLY, 0, operand, term->function, term->type);
}

const struct sym *term_value(const struct term_reader *reader, const struct term *term)
{
	if (!term)
		return NULL;
	switch (term->kind) {
	case TERM_INT:
		return sym_int(reader->a, term->value);
	case TERM_PARAM:
		return term->value < reader->site->arg_count ? reader->site->args[term->value] : NULL;
	case TERM_VARIABLE:
		return sym_address(reader->a, region_var(reader->a, term->var), NULL);
	case TERM_FIELD:
		return field_address(reader, term);
	case TERM_ELEMENT:
		return element_address(reader, term);
	case TERM_LOAD:
		return loaded_value(reader, term);
	case TERM_BINARY:
	case TERM_TUPLE:
		return pair_value(reader, term);
	case TERM_UNARY:
	case TERM_PREDICATE:
	case TERM_APPLY:
		return single_value(reader, term);
	case TERM_FUNCTION:
		return sym_make(reader->a, SYM_FUNCTION, 0, term->function, NULL, term->type);
	case TERM_FRESH:
		return term->value < reader->fresh_count ? reader->fresh[term->value] : NULL;
	case TERM_RESULT:
		return reader->site->result;
	default:
		return NULL;
	}
}

/* ---- what a path knows ---------------------------------------------------------- */

static void add_fact(struct term_fact *found, int *count, const struct term *term, struct value_range range)
{
	int i;

	for (i = 0; i < *count; i++)
		if (term_equal(found[i].term, term))
			return;
	if (*count < MAX_PATH_FACTS)
		found[(*count)++] = (struct term_fact){ term, range };
}

/* What the callee's way needs, in this function's terms, where the path does not say it already. */
static void add_facts_below(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			    const struct facts_below *below, struct term_fact *found, int *count)
{
	const struct term_reader reader = { .a = a, .state = state, .site = site };
	const struct term_maker maker = { .a = a, .arena = a->engine->module_arena };
	int i;

	for (i = 0; i < below->count; i++) {
		const struct sym *sym = term_value(&reader, below->facts[i].term);
		const struct term *term = sym && sym->kind != SYM_INT ? term_of(&maker, sym) : NULL;

		if (term && term->kind != TERM_INT)
			add_fact(found, count, term, below->facts[i].range);
	}
}

void term_facts(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		const struct facts_below *below, struct term_fact **facts, int *count)
{
	const struct term_maker maker = { .a = a, .arena = a->engine->module_arena };
	struct term_fact found[MAX_PATH_FACTS];
	size_t f;
	int i, round;

	*count = 0;
	if (below)
		add_facts_below(a, state, site, below, found, count);
	/* What is known of parameters themselves first: callers mostly know their values. */
	for (round = 0; round < 2; round++) {
		for (f = 0; f < state->fact_count && *count < MAX_PATH_FACTS; f++) {
			const struct range *range = &state->facts[f].range;
			const struct term *term = term_of(&maker, state->facts[f].sym);

			if (term && term->kind != TERM_INT && (term->kind == TERM_PARAM) == (round == 0))
				add_fact(found, count, term,
					 (struct value_range){ range->low, range->high, range->nonzero });
		}
	}
	*facts = ARENA_ARRAY(a->engine->module_arena, struct term_fact, (size_t)*count + 1);
	for (i = 0; i < *count; i++)
		(*facts)[i] = found[i];
}

void term_facts_weaken(struct term_fact *facts, int *count, const struct term_fact *others, int other_count)
{
	int read, write = 0, k;

	for (read = 0; read < *count; read++) {
		struct value_range one = facts[read].range;
		struct range both;

		for (k = 0; k < other_count && !term_equal(facts[read].term, others[k].term); k++)
			;
		if (k == other_count)
			continue;
		both = range_hull((struct range){ one.low, one.high, one.nonzero },
				  (struct range){ others[k].range.low, others[k].range.high, others[k].range.nonzero });
		facts[write].term = facts[read].term;
		facts[write++].range = (struct value_range){ both.low, both.high, both.nonzero };
	}
	*count = write;
}

bool term_facts_possible(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			 const struct term_fact *facts, int count)
{
	const struct term_reader reader = { .a = a, .state = state, .site = site };
	int i;

	for (i = 0; i < count; i++) {
		const struct sym *sym = term_value(&reader, facts[i].term);

		if (sym && !range_meets(range_of(state, sym), range_of_value(&facts[i].range)))
			return false;
	}
	return true;
}

/* ---- texts ------------------------------------------------------------------------- */

static const char *argument_text(struct analysis *a, const struct call_site *site, int64_t param)
{
	const struct ir_expr *expr;

	if (param >= site->insn->call.arg_count)
		return NULL;
	expr = site->insn->call.args[param];
	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return ir_expr_text(a->arena, expr);
}

/* What the pointer's text says it points to: `lock` of `&lock`, `*p` of p. */
static const char *pointee_text(struct analysis *a, const char *pointer)
{
	return pointer[0] == '&' ? pointer + 1 : arena_printf(a->arena, "*%s", pointer);
}

static const char *place_text(struct analysis *a, const struct call_site *site, const struct term *address);

static const char *value_text(struct analysis *a, const struct call_site *site, const struct term *term)
{
	switch (term->kind) {
	case TERM_PARAM:
		return argument_text(a, site, term->value);
	case TERM_LOAD:
		return place_text(a, site, term->a);
	case TERM_RESULT:
		return site->insn->call.result ? ir_place_text(a->arena, site->insn->call.result) : NULL;
	case TERM_VARIABLE:
	case TERM_FIELD:
		return arena_printf(a->arena, "&%s", place_text(a, site, term));
	case TERM_TUPLE:
		return value_text(a, site, term->a);
	default:
		return NULL;
	}
}

static const char *place_text(struct analysis *a, const struct call_site *site, const struct term *address)
{
	const char *base;

	switch (address->kind) {
	case TERM_VARIABLE:
		return address->var->name;
	case TERM_FIELD:
		if (address->a->kind == TERM_FIELD || address->a->kind == TERM_VARIABLE) {
			base = place_text(a, site, address->a);
			return base ? arena_printf(a->arena, "%s.%s", base, address->field) : NULL;
		}
		base = value_text(a, site, address->a);
		if (!base)
			return NULL;
		if (base[0] == '&')
			return arena_printf(a->arena, "%s.%s", base + 1, address->field);
		return arena_printf(a->arena, "%s->%s", base, address->field);
	case TERM_ELEMENT:
		base = place_text(a, site, address->a);
		return base ? arena_printf(a->arena, "%s[...]", base) : NULL;
	default:
		base = value_text(a, site, address);
		return base ? pointee_text(a, base) : NULL;
	}
}

const char *term_caller_text(struct analysis *a, const struct call_site *site, const struct term *term)
{
	const char *text;

	if (!term)
		return NULL;
	text = value_text(a, site, term);
	if (text && text[0] == '&')
		text++;
	text = text && strchr(text, '$') ? readable_text(a, text) : text;
	return text && !strstr(text, "(null)") ? text : NULL;
}

/* ---- classes ----------------------------------------------------------------------- */

/* The innermost record with a name around the field. */
static const struct ir_type *record_of(const struct region *field)
{
	const struct region *region;

	for (region = field->base; region; region = region->base) {
		const struct ir_type *type = region->type;

		while (type && type->kind == IR_TYPE_ARRAY)
			type = type->target;
		if (type && type->kind == IR_TYPE_RECORD && type->tag)
			return type;
	}
	return NULL;
}

static const char *variable_class(struct analysis *a, const struct ir_var *var)
{
	const char *file = var->span.file ? var->span.file : "";

	if (var->kind == IR_VAR_STATIC_LOCAL)
		return arena_printf(a->arena, "%s:%u:%s", file, var->span.line, var->name);
	return var->is_static ? arena_printf(a->arena, "%s:%s", file, var->name) : var->name;
}

/* The same texts as effects_object_class(), which has only the expression to go by. */
const char *object_class(struct analysis *a, const struct sym *key)
{
	const struct region *region = key->kind == SYM_ADDRESS || key->kind == SYM_INITIAL ? key->a : NULL;
	const struct ir_type *record;

	while (region && region->kind == REGION_ELEMENT)
		region = region->base;
	if (!region || (region->kind == REGION_VAR && region_is_local(region)))
		return NULL;
	if (region->kind == REGION_VAR)
		return intern(a->engine->pool, variable_class(a, region->var));
	record = region->kind == REGION_FIELD && !region_is_local(region) ? record_of(region) : NULL;
	if (!record)
		return NULL;
	return intern(a->engine->pool, arena_printf(a->arena, "%s %s.%s", record->is_union ? "union" : "struct",
						    record->tag, region->field));
}
