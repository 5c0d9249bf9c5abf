/* Random functions in the form that the frontend hands over: the bytes choose steps, expressions, labels and scopes, names
 * of kernel functions are those that the rules know. All that is made holds what ir_verify_function() asks for; then it is
 * analysed. */
#include "analyse.h"
#include "bytes.h"
#include "ir_make.h"

enum { FUNCTIONS = 4, LABELS = 6, VARS = 6, DEPTH = 3, STEPS = 40 };

static const enum ir_unary unaries[] = {
#define IR_UNARY(name, text) IR_UNARY_##name,
#include "ir/ops.def"
};
static const enum ir_binary binaries[] = {
#define IR_BINARY(name, text) IR_BINARY_##name,
#include "ir/ops.def"
};

static const char *const function_names[FUNCTIONS] = { "f", "g", "h", "k" };
static const char *const field_names[] = { "lock", "next", "count", "buffer" };

struct maker_state {
	struct maker m;
	struct fuzz_bytes bytes;
	struct ir_var *vars[VARS];
	int labels[LABELS];
	bool is_placed[LABELS];
};

static unsigned below(struct maker_state *s, unsigned most)
{
	return fuzz_take_below(&s->bytes, most);
}

static struct ir_var *pick_var(struct maker_state *s)
{
	return s->vars[below(s, VARS)];
}

static int pick_label(struct maker_state *s)
{
	return s->labels[below(s, LABELS)];
}

/* Half of them are the module's own. */
static const char *pick_name(struct maker_state *s)
{
	const struct rule_set *rules = fuzz_rules();
	unsigned high = fuzz_take(&s->bytes), number = high << 8 | fuzz_take(&s->bytes);

	if (number & 1)
		return function_names[(number >> 1) % FUNCTIONS];
	return rules->apis[(number >> 1) % (unsigned)rules->api_count]->name;
}

static const struct ir_expr *make_value(struct maker_state *s, int depth);

static const struct ir_place *pick_place(struct maker_state *s, int depth)
{
	const char *field = field_names[below(s, 4)];
	const struct ir_place *base;

	switch (depth > 0 ? below(s, 5) : 0) {
	case 1:
		return make_arrow(&s->m, pick_var(s), field);
	case 2:
		return make_field(&s->m, pick_place(s, depth - 1), field);
	case 3:
		return make_deref(&s->m, make_value(s, depth - 1));
	case 4:
		base = pick_place(s, depth - 1);
		return make_index(&s->m, base, make_value(s, depth - 1));
	default:
		return make_var(&s->m, pick_var(s));
	}
}

static const struct ir_expr *make_any_binary(struct maker_state *s, int depth)
{
	enum ir_binary op = binaries[below(s, sizeof(binaries) / sizeof(binaries[0]))];
	const struct ir_expr *left = make_value(s, depth);

	return make_binary(&s->m, op, left, make_value(s, depth));
}

static const struct ir_expr *make_any_unary(struct maker_state *s, int depth)
{
	enum ir_unary op = unaries[below(s, sizeof(unaries) / sizeof(unaries[0]))];

	return make_unary(&s->m, op, make_value(s, depth));
}

static const struct ir_expr *make_any_cast(struct maker_state *s, int depth)
{
	const struct ir_type *type = below(s, 2) ? s->m.type_pointer : s->m.type_unsigned;

	return make_cast(&s->m, type, make_value(s, depth), true);
}

static const struct ir_expr *make_value(struct maker_state *s, int depth)
{
	switch (depth > 0 ? below(s, 8) : below(s, 2)) {
	case 0:
		return make_int(&s->m, (int8_t)fuzz_take(&s->bytes));
	case 1:
		return make_load(&s->m, pick_var(s));
	case 2:
	case 3:
		return make_any_binary(s, depth - 1);
	case 4:
		return make_any_unary(s, depth - 1);
	case 5:
		return make_any_cast(s, depth - 1);
	case 6:
		return make_address(&s->m, pick_place(s, depth - 1));
	default:
		return make_read(&s->m, pick_place(s, depth - 1));
	}
}

/* What is taken from the bytes is taken in statements of its own: the order of arguments is the compiler's. */
static void make_any_branch(struct maker_state *s, int depth)
{
	const struct ir_expr *condition = make_value(s, depth);
	int on_true = pick_label(s), on_false = pick_label(s);

	make_branch(&s->m, condition, on_true, on_false);
}

static void make_any_switch(struct maker_state *s)
{
	const struct ir_expr *value = make_value(s, DEPTH);
	struct ir_insn *insn = make_switch(&s->m, value, pick_label(s));

	for (unsigned left = below(s, 4); left > 0; left--) {
		int64_t low = (int8_t)fuzz_take(&s->bytes), high = low + below(s, 3);
		make_case(&s->m, insn, low, high, pick_label(s));
	}
}

static void make_any_call(struct maker_state *s)
{
	struct ir_var *result = below(s, 2) ? pick_var(s) : NULL;
	const struct ir_expr *first = below(s, 4) ? make_value(s, DEPTH) : NULL;

	make_call(&s->m, result, pick_name(s), first);
	struct ir_insn *insn = s->m.function->insns[s->m.function->insn_count - 1];
	if (!first || below(s, 2))
		return;
	insn->call.args = ARENA_ARRAY(s->m.arena, const struct ir_expr *, 3);
	for (insn->call.arg_count = 0; insn->call.arg_count < 3; insn->call.arg_count++)
		insn->call.args[insn->call.arg_count] = insn->call.arg_count ? make_value(s, 1) : first;
}

static void place_label(struct maker_state *s, unsigned number)
{
	if (!s->is_placed[number])
		make_label(&s->m, s->labels[number]);
	s->is_placed[number] = true;
}

/* A __try with a body, and what handles it. */
static void make_try(struct maker_state *s, bool is_finally)
{
	struct ir_scope *scope = make_scope_begin(&s->m, is_finally ? IR_SCOPE_FINALLY : IR_SCOPE_TRY);
	int after = is_finally ? -1 : make_new_label(&s->m);

	make_any_call(s);
	if (below(s, 2))
		make_any_branch(s, 1);
	if (is_finally) {
		make_finally_body(&s->m, scope);
		make_any_call(s);
		make_finally_end(&s->m, scope);
		return;
	}
	make_scope_end(&s->m);
	make_jump(&s->m, after);
	make_label(&s->m, scope->handler_label);
	make_any_call(s);
	make_label(&s->m, after);
}

static void make_any_store(struct maker_state *s)
{
	const struct ir_place *place = pick_place(s, DEPTH);

	make_store(&s->m, place, make_value(s, DEPTH));
}

static void make_any_step(struct maker_state *s)
{
	switch (below(s, 12)) {
	case 0:
	case 1:
		make_any_store(s);
		break;
	case 2:
		make_any_branch(s, DEPTH);
		break;
	case 3:
		place_label(s, below(s, LABELS));
		break;
	case 4:
		make_jump(&s->m, pick_label(s));
		break;
	case 5:
		make_any_switch(s);
		break;
	case 6:
		make_return(&s->m, below(s, 3) ? make_value(s, DEPTH) : NULL);
		break;
	case 7:
		make_scope_begin(&s->m, IR_SCOPE_BLOCK);
		make_guard(&s->m, "guard", pick_name(s));
		break;
	case 8:
		if (s->m.scope->parent)
			make_scope_end(&s->m);
		break;
	case 9:
		make_try(s, below(s, 2));
		break;
	default:
		make_any_call(s);
		break;
	}
}

static void make_body(struct maker_state *s)
{
	static const char *const names[VARS] = { "a", "b", "c", "d", "e", "p" };

	for (int i = 0; i < VARS; i++) {
		const struct ir_type *type = i % 3 == 0 ? s->m.type_pointer :
					     i % 3 == 1 ? s->m.type_int :
							  s->m.type_unsigned;
		s->vars[i] = (i < 2 ? make_param : make_local)(&s->m, names[i], type);
	}
	for (int i = 0; i < LABELS; i++) {
		s->labels[i] = make_new_label(&s->m);
		s->is_placed[i] = false;
	}
	for (unsigned left = below(s, STEPS); left > 0; left--)
		make_any_step(s);
	while (s->m.scope->parent)
		make_scope_end(&s->m);
	for (unsigned i = 0; i < LABELS; i++)
		place_label(s, i);
	make_return(&s->m, make_load(&s->m, s->vars[1]));
}

static void bind(struct maker_state *s, struct ir_function *function)
{
	static const char *const fields[] = { "open", "unlocked_ioctl", "release", "probe" };
	struct ir_unit *unit = s->m.unit;
	struct ir_binding binding = { .function = function, .span = function->span };

	binding.record = intern(s->m.pool, below(s, 2) ? "file_operations" : "pci_driver");
	binding.field = intern(s->m.pool, fields[below(s, 4)]);
	ARENA_PUSH(s->m.arena, unit->bindings, unit->binding_count, unit->binding_capacity, binding);
	function->address_taken = true;
}

/* A callee without a body has a type all the same. */
static void declare_callees(struct maker_state *s)
{
	struct ir_unit *unit = s->m.unit;

	for (int i = 0; i < unit->function_count; i++)
		if (!unit->functions[i]->type)
			unit->functions[i]->type = unit->functions[0]->type;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	struct maker_state s = { .bytes = { fuzz.text, fuzz.size } };
	struct report report;

	fuzz_rules();
	maker_begin_in(&s.m, fuzz.arena, fuzz_rules_pool());
	s.m.unit->os = below(&s, 2) ? "linux" : "windows";
	unsigned count = 1 + below(&s, FUNCTIONS);
	for (unsigned i = 0; i < count; i++) {
		if (i > 0)
			make_function(&s.m, function_names[i]);
		s.m.function->in_user_file = true;
		make_body(&s);
		if (below(&s, 2))
			bind(&s, s.m.function);
		const char *broken = ir_verify_function(fuzz.arena, s.m.function);
		fuzz_require(!broken, "the target has made: %s", broken);
	}
	declare_callees(&s);
	report_init(&report, fuzz.arena);
	fuzz_analyse(&fuzz, s.m.unit, &report);
	/* Not by what is found: which bytes mean which API changes with the rules. */
	if (s.m.function->insn_count > 4)
		fuzz_accepted();
	fuzz_end(&fuzz);
	return 0;
}
