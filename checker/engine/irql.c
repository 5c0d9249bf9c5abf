/* Interrupt request levels of Windows. Only a lower bound is followed: what the
 * function's role guarantees, what the locks held raise it to, and what the
 * code itself asked for. An unknown entry level is no level at all, so that
 * "too high" is said only where the body or the role proves it. */
#include "engine_int.h"

#include <string.h>
#include <strings.h>

static int entry_level(const struct entry *entry)
{
	int level;

	if (!entry->resource || entry->state < 0 || !entry->resource->states[entry->state].is_held)
		return RP_IRQL_UNSAID;
	if (entry->is_doubtful)
		return RP_IRQL_UNSAID;
	level = entry->resource->states[entry->state].irql;
	return entry->level > level ? entry->level : level;
}

const struct entry *irql_holder(const struct flow_state *state)
{
	const struct entry *holder = NULL;
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry_level(entry) != RP_IRQL_UNSAID && (!holder || entry_level(entry) > entry_level(holder)))
			holder = entry;
	}
	return holder;
}

/* A level as SAL annotations spell it (DISPATCH_LEVEL). */
static int level_of_text(const char *text)
{
	static const struct {
		const char *beginning;
		int level;
	} rows[] = { { "passive", RP_IRQL_PASSIVE }, { "apc", RP_IRQL_APC }, { "dispatch", RP_IRQL_DISPATCH } };
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strncasecmp(text, rows[i].beginning, strlen(rows[i].beginning)) == 0)
			return rows[i].level;
	return RP_IRQL_UNSAID;
}

/* What the function's role and its own annotations guarantee on entry. */
int irql_on_entry(const struct analysis *a)
{
	int level = a->role ? (int)a->role->irql_min : RP_IRQL_UNSAID, i;

	for (i = 0; i < a->function->annotation_count; i++) {
		const struct ir_annotation *annotation = &a->function->annotations[i];
		int said = annotation->argument ? level_of_text(annotation->argument) : RP_IRQL_UNSAID;

		if ((strcmp(annotation->name, "irql_requires") == 0 ||
		     strcmp(annotation->name, "irql_requires_min") == 0) &&
		    said > level)
			level = said;
	}
	return level;
}

int irql_declared_limit(const struct ir_function *function)
{
	int i;

	for (i = 0; i < function->annotation_count; i++)
		if (strcmp(function->annotations[i].name, "irql_requires_max") == 0 &&
		    function->annotations[i].argument)
			return level_of_text(function->annotations[i].argument);
	return RP_IRQL_UNSAID;
}

int irql_lower_bound(const struct analysis *a, const struct flow_state *state)
{
	const struct entry *holder = irql_holder(state);
	int level = irql_on_entry(a);

	if (holder && entry_level(holder) > level)
		level = entry_level(holder);
	if (state->irql) {
		struct range asked = range_of(state, state->irql);

		if (asked.low > level && asked.low <= RP_IRQL_HIGH)
			level = (int)asked.low;
	}
	return level;
}

const char *irql_name(int level)
{
	switch (level) {
	case RP_IRQL_PASSIVE:
		return "passive level";
	case RP_IRQL_APC:
		return "APC level";
	case RP_IRQL_DISPATCH:
		return "dispatch level";
	case RP_IRQL_UNSAID:
		return NULL;
	default:
		return level < RP_IRQL_HIGH ? "device level" : "high level";
	}
}
