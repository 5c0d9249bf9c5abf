/* Chains upwards through the call graph, from a function to those that somebody
 * outside the module calls: by a role, through a pointer, or nobody knows how.
 * On the way down again each call adds what is known of the context there. */
#include "explain_context.h"

#include <string.h>

#define CHAIN_LIMIT 64	 /* chains of one function that are shown */
#define DEPTH_LIMIT 64	 /* calls in a chain */
#define VISIT_LIMIT 4096 /* functions looked at for one */

enum chain_start { START_ROLE, START_POINTER, START_OUTSIDE, START_NOBODY };

struct context {
	bool is_known;	/* anything at all */
	bool is_atomic; /* by role or by what is held */
	enum rp_context kind;
	int irql_low, irql_high;
	const char *holder; /* what the caller at the last atomic call holds; NULL */
};

struct walk {
	const struct explained *explained;
	struct caller_site sites[DEPTH_LIMIT]; /* from the function upwards */
	int depth;
	const struct ir_function *function; /* the explained one */
	int chains, visits;
	bool is_cut;
	void (*found)(struct walk *walk, const struct ir_function *entry, enum chain_start start,
		      const struct role_binding *binding);
	const char **texts; /* contexts already listed, for --dump=context */
	int text_count, text_capacity;
};

/* ---- contexts --------------------------------------------------------------------- */

static const char *irql_text(struct arena *arena, int level)
{
	switch (level) {
	case RP_IRQL_UNSAID:
		return "?";
	case RP_IRQL_PASSIVE:
		return "PASSIVE_LEVEL";
	case RP_IRQL_APC:
		return "APC_LEVEL";
	case RP_IRQL_DISPATCH:
		return "DISPATCH_LEVEL";
	case RP_IRQL_DEVICE:
		return "DIRQL";
	case RP_IRQL_HIGH:
		return "HIGH_LEVEL";
	default:
		return arena_printf(arena, "IRQL %d", level);
	}
}

static const char *context_text(struct arena *arena, const struct context *context)
{
	static const char *const kinds[] = {
		[RP_CONTEXT_PROCESS] = "process", [RP_CONTEXT_SOFTIRQ] = "softirq", [RP_CONTEXT_HARDIRQ] = "hardirq"
	};
	const char *text = context->kind != RP_CONTEXT_UNSAID ? kinds[context->kind] : "";

	if (!context->is_known)
		return "unknown";
	if (context->irql_low != RP_IRQL_UNSAID || context->irql_high != RP_IRQL_UNSAID)
		text = arena_printf(arena, "%s%s%s to %s", text, *text ? ", " : "", irql_text(arena, context->irql_low),
				    irql_text(arena, context->irql_high));
	if (context->is_atomic)
		text = arena_printf(arena, "%s%satomic", text, *text ? ", " : "");
	if (context->holder)
		text = arena_printf(arena, "%s%sholding %s", text, *text ? ", " : "", context->holder);
	return *text ? text : "unknown";
}

static struct context role_context(const struct rp_role *role)
{
	struct context context = { .irql_low = RP_IRQL_UNSAID, .irql_high = RP_IRQL_UNSAID };

	if (!role)
		return context;
	context.kind = role->context;
	context.is_atomic = role->context == RP_CONTEXT_SOFTIRQ || role->context == RP_CONTEXT_HARDIRQ;
	context.irql_low = role->irql_min;
	context.irql_high = role->irql_max;
	context.is_known = context.kind != RP_CONTEXT_UNSAID || context.irql_low != RP_IRQL_UNSAID ||
			   context.irql_high != RP_IRQL_UNSAID;
	return context;
}

static bool is_same_place(struct span left, struct span right)
{
	return left.file == right.file && left.line == right.line && left.column == right.column;
}

/* What the engine saw at the call, over all of its states there. */
static void add_call(const struct explained *explained, const struct caller_site *site,
		     const struct ir_function *callee, struct context *context)
{
	const struct summaries *summaries = explained->summaries;

	for (size_t i = 0; i < summaries->context_count; i++) {
		const struct call_context *seen = &summaries->contexts[i];

		if (seen->caller != site->caller || seen->callee != callee ||
		    !is_same_place(seen->span, site->insn->span))
			continue;
		context->is_atomic |= seen->is_atomic;
		if (seen->holder)
			context->holder = seen->holder;
		if (seen->irql_low > context->irql_low)
			context->irql_low = seen->irql_low;
		if (seen->irql_high != RP_IRQL_UNSAID)
			context->irql_high = seen->irql_high;
		context->is_known |= seen->is_atomic || seen->holder || seen->irql_low != RP_IRQL_UNSAID;
	}
}

/* The function that the call number `index` of the chain, counted upwards, leads to. */
static const struct ir_function *callee_at(const struct walk *walk, int index)
{
	return index > 0 ? walk->sites[index - 1].caller : walk->function;
}

static struct context context_of(const struct walk *walk, const struct role_binding *binding)
{
	struct context context = role_context(binding ? binding->role : NULL);

	for (int i = walk->depth - 1; i >= 0; i--)
		add_call(walk->explained, &walk->sites[i], callee_at(walk, i), &context);
	return context;
}

/* ---- walking upwards ----------------------------------------------------------------- */

static bool is_on_chain(const struct walk *walk, const struct ir_function *function)
{
	if (function == walk->function)
		return true;
	for (int i = 0; i < walk->depth; i++)
		if (walk->sites[i].caller == function)
			return true;
	return false;
}

static void emit_chain(struct walk *walk, const struct ir_function *entry, enum chain_start start,
		       const struct role_binding *binding)
{
	if (walk->chains >= CHAIN_LIMIT) {
		walk->is_cut = true;
		return;
	}
	walk->chains++;
	walk->found(walk, entry, start, binding);
}

/* Whoever calls it from outside the module. */
static void emit_starts(struct walk *walk, const struct ir_function *entry, size_t caller_count)
{
	int count = 0;
	const struct role_binding *bindings = effects_role_bindings(walk->explained->effects, entry, &count);

	for (int i = 0; i < count; i++)
		emit_chain(walk, entry, START_ROLE, &bindings[i]);
	if (count > 0 || caller_count > 0)
		return;
	emit_chain(walk, entry,
		   entry->address_taken ? START_POINTER :
		   entry->is_static	? START_NOBODY :
					  START_OUTSIDE,
		   NULL);
}

static void walk_up(struct walk *walk, const struct ir_function *entry)
{
	const struct caller_site *sites = NULL;
	size_t count = callgraph_callers(walk->explained->callgraph, entry, &sites);

	emit_starts(walk, entry, count);
	for (size_t i = 0; i < count; i++) {
		if (is_on_chain(walk, sites[i].caller))
			continue;
		if (walk->depth == DEPTH_LIMIT || walk->chains >= CHAIN_LIMIT || walk->visits++ >= VISIT_LIMIT) {
			walk->is_cut = true;
			return;
		}
		walk->sites[walk->depth++] = sites[i];
		walk_up(walk, sites[i].caller);
		walk->depth--;
	}
}

/* ---- --explain-context --------------------------------------------------------------------- */

static void print_place(const struct walk *walk, struct span span)
{
	fprintf(walk->explained->out, "    %s:%u:%u: ", span.file ? span.file : "?", span.line, span.column);
}

static void print_start(const struct walk *walk, const struct ir_function *entry, enum chain_start start,
			const struct role_binding *binding)
{
	FILE *out = walk->explained->out;

	if (binding) {
		print_place(walk, binding->span);
		fprintf(out, "%s becomes %s%s%s\n", entry->name, binding->role->name,
			binding->registered_in ? " in " : "",
			binding->registered_in ? binding->registered_in->name : "");
	}
	print_place(walk, entry->span);
	switch (start) {
	case START_ROLE: {
		struct context context = role_context(binding->role);

		fprintf(out, "%s is entered: %s\n", entry->name, context_text(walk->explained->arena, &context));
		break;
	}
	case START_POINTER:
		fprintf(out, "the address of %s is taken; who calls it is unknown\n", entry->name);
		break;
	case START_OUTSIDE:
		fprintf(out, "%s is visible outside; nobody here is known to call it\n", entry->name);
		break;
	case START_NOBODY:
		fprintf(out, "nobody is known to call %s\n", entry->name);
		break;
	}
}

static void print_call(const struct walk *walk, int index)
{
	const struct caller_site *site = &walk->sites[index];
	struct context seen = { .irql_low = RP_IRQL_UNSAID, .irql_high = RP_IRQL_UNSAID };

	add_call(walk->explained, site, callee_at(walk, index), &seen);
	print_place(walk, site->insn->span);
	fprintf(walk->explained->out, "%s calls %s%s", site->caller->name, callee_at(walk, index)->name,
		site->insn->call.callee ? "" : " through a pointer");
	if (seen.is_known)
		fprintf(walk->explained->out, ": %s", context_text(walk->explained->arena, &seen));
	fputc('\n', walk->explained->out);
}

static void print_chain(struct walk *walk, const struct ir_function *entry, enum chain_start start,
			const struct role_binding *binding)
{
	struct context context = context_of(walk, binding);

	fprintf(walk->explained->out, "  %d. %s\n", walk->chains, context_text(walk->explained->arena, &context));
	print_start(walk, entry, start, binding);
	for (int i = walk->depth - 1; i >= 0; i--)
		print_call(walk, i);
}

static void explain_function(const struct explained *explained, const struct ir_function *function)
{
	struct walk walk = { .explained = explained, .function = function, .found = print_chain };

	fprintf(explained->out, "%s (%s:%u:%u)\n", function->name, function->span.file, function->span.line,
		function->span.column);
	walk_up(&walk, function);
	if (walk.chains == 0) /* it is called in a cycle that nothing enters */
		fputs("  unknown\n", explained->out);
	if (walk.is_cut)
		fputs("  and more\n", explained->out);
}

/* ---- --dump=context ---------------------------------------------------------------------------- */

/* Each context once, sorted: chains come in the order of calls. */
static void list_context(struct walk *walk, const struct ir_function *entry, enum chain_start start,
			 const struct role_binding *binding)
{
	struct context context = context_of(walk, binding);
	const char *text = context_text(walk->explained->arena, &context);
	int at = walk->text_count;

	(void)entry;
	(void)start;
	for (int i = 0; i < walk->text_count; i++)
		if (strcmp(walk->texts[i], text) == 0)
			return;
	ARENA_PUSH(walk->explained->arena, walk->texts, walk->text_count, walk->text_capacity, text);
	for (; at > 0 && strcmp(walk->texts[at - 1], text) > 0; at--)
		walk->texts[at] = walk->texts[at - 1];
	walk->texts[at] = text;
}

static void dump_contexts(const struct explained *explained, const struct ir_function *function)
{
	struct walk walk = { .explained = explained, .function = function, .found = list_context };

	walk_up(&walk, function);
	fprintf(explained->out, "%s:%u:%u: %s: ", function->span.file, function->span.line, function->span.column,
		function->name);
	for (int i = 0; i < walk.text_count; i++)
		fprintf(explained->out, "%s%s", i > 0 ? "; " : "", walk.texts[i]);
	fprintf(explained->out, "%s%s\n", walk.text_count == 0 ? "unknown" : "", walk.is_cut ? "; and more" : "");
}

/* ---- all of them --------------------------------------------------------------------------------- */

static bool print_function(const struct explained *explained, const struct options *options,
			   const struct ir_function *function)
{
	const struct function_summary *summary;

	switch (options->dump) {
	case DUMP_SUMMARY:
		summary = summaries_find(explained->summaries, function);
		if (summary)
			summary_print(explained->out, explained->arena, summary);
		return false;
	case DUMP_CONTEXT:
		dump_contexts(explained, function);
		return false;
	case DUMP_EXPLAIN:
		if (strcmp(function->name, options->explained) != 0)
			return false;
		explain_function(explained, function);
		return true;
	default:
		return false;
	}
}

int explain_module(const struct explained *explained, const struct options *options)
{
	int count = 0;

	for (int i = 0; i < explained->module->unit_count; i++) {
		const struct ir_unit *unit = explained->module->units[i];

		for (int k = 0; k < unit->function_count; k++)
			if (unit->functions[k]->has_body)
				count += print_function(explained, options, unit->functions[k]);
	}
	return count;
}
