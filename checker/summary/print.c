/* Terms and summaries as text, for developers. */
#include "summary/summary.h"

#include "base/text.h"

#include <inttypes.h>

/* ---- terms ---------------------------------------------------------------------- */

#define MAX_TERM_DEPTH 32

static const char *const unary_texts[] = {
#define IR_UNARY(name, text) [IR_UNARY_##name] = text,
#include "ir/ops.def"
};

static const char *const binary_texts[] = {
#define IR_BINARY(name, text) [IR_BINARY_##name] = text,
#include "ir/ops.def"
};

static void add_term(struct text *text, const struct term *term, int depth);

static void add_operator(struct text *text, const char *const *texts, size_t count, int op)
{
	text_add(text, op >= 0 && (size_t)op < count ? texts[op] : "?");
}

static void add_list(struct text *text, const struct term *list, int depth)
{
	for (; list && list->kind == TERM_TUPLE && depth < MAX_TERM_DEPTH; list = list->b, depth++) {
		add_term(text, list->a, depth + 1);
		if (list->b)
			text_add(text, ", ");
	}
	if (list)
		add_term(text, list, depth + 1);
}

/* Addresses read as the places they are of: LOAD leaves the `&` out. */
static void add_place(struct text *text, const struct term *address, int depth)
{
	switch (address ? address->kind : TERM_UNKNOWN) {
	case TERM_VARIABLE:
		text_add(text, address->var && address->var->name ? address->var->name : "?");
		break;
	case TERM_FIELD:
		if (address->a && address->a->kind != TERM_VARIABLE && address->a->kind != TERM_FIELD &&
		    address->a->kind != TERM_ELEMENT) {
			add_term(text, address->a, depth + 1);
			text_add(text, "->");
		} else {
			add_place(text, address->a, depth + 1);
			text_add(text, ".");
		}
		text_add(text, address->field ? address->field : "?");
		break;
	case TERM_ELEMENT:
		add_place(text, address->a, depth + 1);
		text_add(text, "[");
		add_term(text, address->b, depth + 1);
		text_add(text, "]");
		break;
	default:
		text_add(text, "*");
		add_term(text, address, depth + 1);
	}
}

static void add_compound(struct text *text, const struct term *term, int depth)
{
	switch (term->kind) {
	case TERM_UNARY:
		add_operator(text, unary_texts, sizeof(unary_texts) / sizeof(*unary_texts), term->op);
		add_term(text, term->a, depth + 1);
		break;
	case TERM_BINARY:
		text_add(text, "(");
		add_term(text, term->a, depth + 1);
		text_add(text, " ");
		add_operator(text, binary_texts, sizeof(binary_texts) / sizeof(*binary_texts), term->op);
		text_add(text, " ");
		add_term(text, term->b, depth + 1);
		text_add(text, ")");
		break;
	case TERM_PREDICATE:
		text_printf(text, "predicate%d(", term->op);
		add_term(text, term->a, depth + 1);
		text_add(text, ")");
		break;
	case TERM_APPLY:
		text_printf(text, "%s(", term->function ? term->function->name : "?");
		add_list(text, term->a, depth + 1);
		text_add(text, ")");
		break;
	default: /* TUPLE */
		text_add(text, "<");
		add_list(text, term, depth);
		text_add(text, ">");
	}
}

static void add_term(struct text *text, const struct term *term, int depth)
{
	if (!term || depth > MAX_TERM_DEPTH) {
		text_add(text, term ? "..." : "?");
		return;
	}
	switch (term->kind) {
	case TERM_UNKNOWN:
		text_add(text, "?");
		break;
	case TERM_INT:
		text_printf(text, "%" PRId64, term->value);
		break;
	case TERM_PARAM:
		text_printf(text, "param%" PRId64, term->value);
		break;
	case TERM_VARIABLE:
	case TERM_FIELD:
	case TERM_ELEMENT:
		text_add(text, "&");
		add_place(text, term, depth);
		break;
	case TERM_LOAD:
		add_place(text, term->a, depth);
		break;
	case TERM_FUNCTION:
		text_add(text, term->function ? term->function->name : "?");
		break;
	case TERM_FRESH:
		text_printf(text, "new%" PRId64, term->value);
		break;
	case TERM_RESULT:
		text_add(text, "result");
		break;
	default:
		add_compound(text, term, depth);
	}
}

const char *term_text(struct arena *arena, const struct term *term)
{
	struct text text = text_create(arena);

	add_term(&text, term, 0);
	return text_get(&text);
}

/* ---- outcomes ----------------------------------------------------------------------- */

static void print_range(FILE *out, const struct value_range *range)
{
	if (range->low == range->high)
		fprintf(out, "%" PRId64, range->low);
	else if (range->low == INT64_MIN && range->high == INT64_MAX)
		fputs("any", out);
	else if (range->low == INT64_MIN)
		fprintf(out, "..%" PRId64, range->high);
	else if (range->high == INT64_MAX)
		fprintf(out, "%" PRId64 "..", range->low);
	else
		fprintf(out, "%" PRId64 "..%" PRId64, range->low, range->high);
	if (range->nonzero && range->low <= 0 && range->high >= 0)
		fputs(" not 0", out);
}

static void print_facts(FILE *out, struct arena *arena, const struct term_fact *facts, int count)
{
	for (int i = 0; i < count; i++) {
		fprintf(out, "%s%s is ", i ? ", " : " if ", term_text(arena, facts[i].term));
		print_range(out, &facts[i].range);
	}
}

static void print_chain(FILE *out, const struct chain *chain)
{
	for (int i = 0; i < chain->count; i++)
		fprintf(out, "      %s:%u: %s%s\n", chain->steps[i].span.file ? chain->steps[i].span.file : "?",
			chain->steps[i].span.line, chain->steps[i].kind == SUMMARY_STEP_CALL ? "call: " : "",
			chain->steps[i].text ? chain->steps[i].text : "");
}

static void print_event(FILE *out, struct arena *arena, const struct summary_event *event)
{
	const struct rp_resource *resource = event->effect ? event->effect->resource : NULL;

	fprintf(out, "    %s %s of %s", resource ? resource->name : "?",
		resource && event->effect->event >= 0 ? resource->events[event->effect->event] : "?",
		term_text(arena, event->key));
	fprintf(out, " by %s%s", event->api ? event->api->name : "?", event->failed ? " (failed)" : "");
	if (event->result)
		fprintf(out, " = %s", term_text(arena, event->result));
	if (event->token)
		fprintf(out, " saves %s", term_text(arena, event->token));
	fputc('\n', out);
	print_chain(out, &event->chain);
}

static void print_outcome(FILE *out, struct arena *arena, const struct summary_outcome *outcome)
{
	fputs("  returns ", out);
	print_range(out, &outcome->value);
	if (outcome->result)
		fprintf(out, " = %s", term_text(arena, outcome->result));
	print_facts(out, arena, outcome->facts, outcome->fact_count);
	fputc('\n', out);
	for (int i = 0; i < outcome->event_count; i++)
		print_event(out, arena, &outcome->events[i]);
	for (int i = 0; i < outcome->store_count; i++) {
		fprintf(out, "    at %s", term_text(arena, outcome->stores[i].address));
		fprintf(out, " stores %s\n", term_text(arena, outcome->stores[i].value));
	}
}

/* ---- demands and uses ------------------------------------------------------------------ */

static const char *demand_name(enum demand_kind kind)
{
	switch (kind) {
	case DEMAND_SLEEP:
		return "the right to sleep";
	case DEMAND_IRQL_MAX:
		return "an IRQL of at most";
	case DEMAND_IRQL_MIN:
		return "an IRQL of at least";
	case DEMAND_USER_CONTEXT:
		return "user context";
	case DEMAND_IRQS_ON:
		return "interrupts on";
	}
	return "?";
}

static void print_place(FILE *out, const struct ir_function *function, const struct span *span)
{
	fprintf(out, " at %s:%u", span->file ? span->file : "?", span->line);
	if (function)
		fprintf(out, " in %s", function->name);
}

static void print_demand(FILE *out, struct arena *arena, const struct demand *demand)
{
	fprintf(out, "  needs %s", demand_name(demand->kind));
	if (demand->kind == DEMAND_IRQL_MAX || demand->kind == DEMAND_IRQL_MIN)
		fprintf(out, " %d", demand->level);
	fprintf(out, " for %s", demand->name ? demand->name : "?");
	print_place(out, demand->function, &demand->span);
	print_facts(out, arena, demand->facts, demand->fact_count);
	if (demand->bits)
		fprintf(out, " when %s & %#" PRIx64, term_text(arena, demand->bits), (uint64_t)demand->mask);
	fputc('\n', out);
	print_chain(out, &demand->chain);
}

static void print_held(FILE *out, const char *const *held, int count)
{
	for (int i = 0; i < count; i++)
		fprintf(out, "%s%s", i ? ", " : " holding ", held[i] ? held[i] : "?");
	fputc('\n', out);
}

static void print_lock_use(FILE *out, struct arena *arena, const struct lock_use *use)
{
	static const char *const masks[] = { "nothing", "bh", "irq" };

	fprintf(out, "  %s %s", use->is_try ? "tries" : "takes",
		use->lock_class ? use->lock_class : term_text(arena, use->lock));
	if (use->mode)
		fprintf(out, " (%s)", use->mode);
	print_place(out, use->function, &use->span);
	fprintf(out, ", masks %s", masks[use->masks]);
	fprintf(out, ", masked %s%s", masks[use->masked], use->is_unsure ? " perhaps" : "");
	print_held(out, use->held, use->held_count);
	print_chain(out, &use->chain);
}

static void print_wait_use(FILE *out, const struct wait_use *use)
{
	fprintf(out, "  waits for %s by %s", use->object_class ? use->object_class : "?",
		use->api ? use->api->name : "?");
	print_place(out, use->function, &use->span);
	print_held(out, use->held, use->held_count);
	print_chain(out, &use->chain);
}

void summary_print(FILE *out, struct arena *arena, const struct function_summary *summary)
{
	fprintf(out, "summary of %s%s\n", summary->function->name, summary->is_valid ? "" : " (not valid)");
	for (int i = 0; i < summary->outcome_count; i++)
		print_outcome(out, arena, &summary->outcomes[i]);
	if (summary->is_valid && summary->outcome_count == 0)
		fputs("  never returns\n", out);
	for (int i = 0; i < summary->demand_count; i++)
		print_demand(out, arena, &summary->demands[i]);
	for (int i = 0; i < summary->lock_use_count; i++)
		print_lock_use(out, arena, &summary->lock_uses[i]);
	for (int i = 0; i < summary->wait_use_count; i++)
		print_wait_use(out, &summary->wait_uses[i]);
	for (int i = 0; i < summary->opaque_count; i++)
		fprintf(out, "  opaque: %s\n", summary->opaque[i]->name);
	for (int i = 0; i < summary->unsure_count; i++)
		fprintf(out, "  unsure: %s %s\n", summary->unsure[i].resource->name,
			term_text(arena, summary->unsure[i].key));
}
