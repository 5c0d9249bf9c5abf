/* Coverage lists: YAML to structures. Whether the rules they name exist is the asker's question. */
#include "rulepack/coverage.h"

#include "rulepack_int.h"

struct coverage_reader {
	struct loader loader; /* its messages and arena; its rule set stays empty */
	struct rp_coverage *coverage;
};

static void read_place(struct rp_covered *covered, const struct node *node)
{
	covered->file = node->span.file;
	covered->line = node->span.line;
}

static struct rp_covered *read_items(struct loader *loader, const struct node *list, const char *text_key, int *count)
{
	*count = rp_node_count(list);
	struct rp_covered *items = ARENA_ARRAY(loader->arena, struct rp_covered, (size_t)*count);

	for (int i = 0; i < *count; i++) {
		struct node *node = list->items[i], *rules = rp_node_get(node, "rules");

		read_place(&items[i], node);
		items[i].text = rp_node_text(node, text_key);
		items[i].kind = (enum rp_name_kind)rp_word_value(rp_words_name_kind, rp_node_text(node, "kind"),
								 RP_NAME_TOOL);
		items[i].rules = rp_node_texts(loader, rules);
		items[i].rule_count = rp_node_count(rules);
		items[i].because = rp_node_text(node, "because");
		items[i].seen_as = rp_node_text(node, "seen-as");
		if (!rules && !items[i].because)
			rp_error_at_node(loader, node, "say which rules check it, or `because` of what nothing can");
	}
	return items;
}

static struct rp_covered *read_rules(struct loader *loader, const struct node *list, int *count)
{
	const char **ids = rp_node_texts(loader, list);

	*count = rp_node_count(list);
	struct rp_covered *items = ARENA_ARRAY(loader->arena, struct rp_covered, (size_t)*count);
	for (int i = 0; i < *count; i++) {
		read_place(&items[i], list->items[i]);
		items[i].text = ids[i];
		items[i].rules = &ids[i];
		items[i].rule_count = 1;
	}
	return items;
}

static void read_document(struct coverage_reader *reader, const char *path)
{
	struct loader *loader = &reader->loader;
	struct rp_coverage *coverage = reader->coverage;
	struct node *root = rp_yaml_read_file(loader, path);
	if (!root || !rp_schema_check(loader, root, SCHEMA_COVERAGE))
		return;
	const struct node *sections = rp_node_get(root, "sections");
	struct rp_cover_document document = { .title = rp_node_text(root, "document"),
					      .section_count = rp_node_count(sections) };

	document.sections = ARENA_ARRAY(loader->arena, struct rp_cover_section, (size_t)document.section_count);
	for (int i = 0; i < document.section_count; i++) {
		struct rp_cover_section *section = &document.sections[i];
		const struct node *node = sections->items[i];

		section->place = rp_node_text(node, "place");
		section->names = read_items(loader, rp_node_get(node, "names"), "name", &section->name_count);
		section->constraints = read_items(loader, rp_node_get(node, "constraints"), "what",
						  &section->constraint_count);
	}
	document.rules = read_rules(loader, rp_node_get(root, "rules"), &document.rule_count);
	ARENA_PUSH(loader->arena, coverage->documents, coverage->document_count, coverage->document_capacity, document);
}

static void read_folder(struct coverage_reader *reader, const char *folder)
{
	struct loader *loader = &reader->loader;
	struct name_list list;

	if (!rp_path_is_folder(loader, folder) || !rp_folder_list(loader, folder, &list))
		return;
	for (int i = 0; i < list.count; i++)
		if (rp_name_has_suffix(list.names[i], ".yaml"))
			read_document(reader, rp_path_join(loader, folder, list.names[i]));
}

const struct rp_coverage *rules_load_coverage(struct arena *arena, struct intern_pool *pool, struct log *log,
					      const char *const *pack_dirs, int pack_count)
{
	struct coverage_reader reader = { .loader = { .arena = arena, .kept = arena, .pool = pool, .log = log } };

	reader.coverage = ARENA_NEW(arena, struct rp_coverage);
	for (int i = 0; i < pack_count; i++)
		read_folder(&reader, rp_path_join(&reader.loader, pack_dirs[i], RP_COVERAGE_FOLDER));
	rp_messages_flush(&reader.loader);
	return reader.loader.errors == 0 ? reader.coverage : NULL;
}

const char *rp_name_kind_word(enum rp_name_kind kind)
{
	return rp_words_name_kind[kind].text;
}
