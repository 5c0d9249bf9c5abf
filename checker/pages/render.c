/* A program of the build: renders the pages of a rule pack.
 *
 *   so2pages PACK FOLDER TABLE.c
 *
 * FOLDER gets README.md (the index) and a page for each rule; TABLE.c the same pages as C strings
 * (pages/pages.h). Exit status 1 and a message when the pack is broken or something cannot be written. */
#include "base/intern.h"
#include "base/log.h"
#include "report/rule_page.h"

#include <stdlib.h>
#include <string.h>

static FILE *open_file(const char *path)
{
	FILE *file = fopen(path, "w");

	if (!file)
		fprintf(stderr, "so2pages: cannot write %s\n", path);
	return file;
}

static int close_file(FILE *file, const char *path)
{
	int failed = ferror(file);

	if (fclose(file) || failed) {
		fprintf(stderr, "so2pages: cannot write %s\n", path);
		return -1;
	}
	return 0;
}

/* ---- the folder ----------------------------------------------------------------------- */

static int write_index(struct arena *arena, const struct rule_set *rules, const char *folder)
{
	const char *path = arena_printf(arena, "%s/README.md", folder);
	FILE *file = open_file(path);
	if (!file)
		return -1;
	report_write_rule_index(file, rules);
	return close_file(file, path);
}

static int write_page(struct arena *arena, const struct rp_rule *rule, const char *folder)
{
	const char *path = arena_printf(arena, "%s/%s.md", folder, rule->id);
	FILE *file = open_file(path);
	if (!file)
		return -1;
	report_write_rule_page(file, rule);
	return close_file(file, path);
}

/* ---- the table -------------------------------------------------------------------------- */

/* As a C string, a line for each line: compilers only promise 4,095 characters a literal, but take more. */
static void write_literal(FILE *out, const char *text, size_t length)
{
	bool is_open = false;

	for (size_t i = 0; i < length; i++) {
		unsigned char letter = (unsigned char)text[i];

		if (!is_open)
			fputs("\t\"", out);
		is_open = letter != '\n';
		if (letter == '\n')
			fputs("\\n\"\n", out);
		else if (letter == '"' || letter == '\\')
			fprintf(out, "\\%c", letter);
		else if (letter < 0x20 || letter > 0x7E)
			fprintf(out, "\\%03o", letter);
		else
			fputc(letter, out);
	}
	if (is_open)
		fputs("\"\n", out);
}

static int write_table_page(FILE *out, const struct rp_rule *rule)
{
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);
	if (!page)
		return -1;
	report_write_rule_page(page, rule);
	if (fclose(page)) {
		free(text);
		return -1;
	}
	fprintf(out, "static const char page_%d[] =\n", rule->index);
	write_literal(out, text, length);
	fputs("\t;\n", out);
	free(text);
	return 0;
}

static void write_table_rows(FILE *out, const struct rp_rule *rule)
{
	fprintf(out, "\t{ \"%s\", page_%d },\n", rule->id, rule->index);
	for (int i = 0; i < rule->alias_count; i++)
		fprintf(out, "\t{ \"%s\", page_%d },\n", rule->aliases[i], rule->index);
}

static int write_table(const struct rule_set *rules, const char *path)
{
	FILE *out = open_file(path);
	int status = 0;
	if (!out)
		return -1;
	fputs("/* Made by so2pages; not to be edited. */\n#include \"pages/pages.h\"\n\n#include <string.h>\n\n", out);
	for (int i = 0; i < rules->rule_count; i++)
		status |= write_table_page(out, rules->rules[i]);
	fputs("\nstatic const struct {\n\tconst char *id, *text;\n} pages[] = {\n", out);
	for (int i = 0; i < rules->rule_count; i++)
		write_table_rows(out, rules->rules[i]);
	fputs("};\n\nconst char *pages_find(const char *id_or_alias)\n{\n"
	      "\tfor (unsigned i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {\n"
	      "\t\tif (!strcmp(pages[i].id, id_or_alias))\n\t\t\treturn pages[i].text;\n\t}\n\treturn 0;\n}\n",
	      out);
	return close_file(out, path) || status ? -1 : 0;
}

/* ---- the program -------------------------------------------------------------------------- */

static int render(struct arena *arena, const struct rule_set *rules, char **arguments)
{
	int status = write_index(arena, rules, arguments[2]);

	for (int i = 0; i < rules->rule_count; i++)
		status |= write_page(arena, rules->rules[i], arguments[2]);
	return status | write_table(rules, arguments[3]);
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: so2pages PACK FOLDER TABLE.c\n", stderr);
		return EXIT_FAILURE;
	}
	struct arena *arena = arena_create();
	struct intern_pool *pool = intern_create();
	struct log *log = log_create();
	const char *pack = argv[1];
	const struct rule_set *rules = rules_load(arena, pool, log, NULL, &pack, 1);
	int status = rules ? render(arena, rules, argv) : -1;

	log_print(log, 0, stderr);
	log_destroy(log);
	intern_destroy(pool);
	arena_destroy(arena);
	return status ? EXIT_FAILURE : EXIT_SUCCESS;
}
