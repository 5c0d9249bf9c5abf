/* Coverage lists: YAML to structures. Whether the rules they name exist is the asker's question. */
#include "rulepack/coverage.h"

#include "rulepack_int.h"

struct coverage_reader {
	struct loader loader; /* its messages and arena; its rule set stays empty */
	struct rp_coverage *coverage;
};

static void read_place(struct rp_covered *covered, const struct yaml_node *node)
{
	covered->file = node->span.file;
	covered->line = node->span.line;
}

static struct rp_covered *read_items(struct loader *loader, const struct yaml_node *list, const char *text_key,
				     int *count)
{
	*count = yaml_node_count(list);
	struct rp_covered *items = ARENA_ARRAY(loader->arena, struct rp_covered, (size_t)*count);

	for (int i = 0; i < *count; i++) {
		struct yaml_node *node = list->items[i], *rules = yaml_node_get(node, "rules");

		read_place(&items[i], node);
		items[i].text = yaml_node_text(node, text_key);
		items[i].kind = (enum rp_name_kind)yaml_word_value(rp_words_name_kind, yaml_node_text(node, "kind"),
								   RP_NAME_TOOL);
		items[i].rules = yaml_node_texts(loader->kept, rules);
		items[i].rule_count = yaml_node_count(rules);
		items[i].because = yaml_node_text(node, "because");
		items[i].seen_as = yaml_node_text(node, "seen-as");
		if (!rules && !items[i].because)
			yaml_error_at_node(loader->yaml, node,
					   "say which rules check it, or `because` of what nothing can");
	}
	return items;
}

static struct rp_covered *read_rules(struct loader *loader, const struct yaml_node *list, int *count)
{
	const char **ids = yaml_node_texts(loader->kept, list);

	*count = yaml_node_count(list);
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
	struct yaml_node *root = rp_yaml_read_file(loader, path);
	if (!root || !rp_schema_check(loader, root, SCHEMA_COVERAGE))
		return;
	const struct yaml_node *sections = yaml_node_get(root, "sections");
	struct rp_cover_document document = { .title = yaml_node_text(root, "document"),
					      .section_count = yaml_node_count(sections) };

	document.sections = ARENA_ARRAY(loader->arena, struct rp_cover_section, (size_t)document.section_count);
	for (int i = 0; i < document.section_count; i++) {
		struct rp_cover_section *section = &document.sections[i];
		const struct yaml_node *node = sections->items[i];

		section->place = yaml_node_text(node, "place");
		section->names = read_items(loader, yaml_node_get(node, "names"), "name", &section->name_count);
		section->constraints = read_items(loader, yaml_node_get(node, "constraints"), "what",
						  &section->constraint_count);
	}
	document.rules = read_rules(loader, yaml_node_get(root, "rules"), &document.rule_count);
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
	struct yaml yaml = { .arena = arena, .pool = pool, .log = log };
	struct coverage_reader reader = { .loader = { .arena = arena, .kept = arena, .pool = pool, .yaml = &yaml } };

	reader.coverage = ARENA_NEW(arena, struct rp_coverage);
	for (int i = 0; i < pack_count; i++)
		read_folder(&reader, rp_path_join(&reader.loader, pack_dirs[i], RP_COVERAGE_FOLDER));
	yaml_messages_flush(reader.loader.yaml);
	return yaml.errors == 0 ? reader.coverage : NULL;
}

const char *rp_name_kind_word(enum rp_name_kind kind)
{
	return rp_words_name_kind[kind].text;
}
