/* Texts that several formats have. */
#include "base/path.h"
#include "report_int.h"

const char *report_path(struct arena *arena, const struct report_options *options, const char *file)
{
	return options->root ? path_seen_from(arena, options->root, file) : file;
}

const char *report_missing_text(struct arena *arena, const struct not_analysed *entry)
{
	const char *what = entry->is_partial ? "analysed in part" : "not analysed";

	if (entry->function)
		return arena_printf(arena, "%s: in `%s`: %s", what, entry->function, entry->reason);
	return arena_printf(arena, "%s: %s", what, entry->reason);
}

const char *report_rule_text(struct arena *arena, const struct rp_rule *rule)
{
	const char *text = rule->title;

	for (int i = 0; i < rule->source_count; i++) {
		const struct rp_source *source = &rule->sources[i];

		text = arena_printf(arena, "%s%s%s%s%s", text, i == 0 ? " - source: " : "; ", source->document,
				    source->place ? ", " : "", source->place ? source->place : "");
	}
	return text;
}
