/* Runs every *.c of this folder through lower_unit() and compares the dump with
 * the golden beside it. `--update` writes the goldens instead.
 *
 * First lines of an input may say:
 *   flags: ARG...      (in a comment) further arguments for clang
 *   macros: NAME...    macros that are kept as one event
 *
 * Beyond the goldens, each function must pass the verifiers of IR and CFG, and
 * inputs made here (very deep, very long) must not harm the process. */
#include "cfg/cfg.h"
#include "frontend/lower.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MAX_WORDS 64
#define MAX_INPUTS 128

static bool updates;

struct words {
	char *text; /* owns */
	const char *at[MAX_WORDS];
	int count;
};

struct lowered {
	struct intern_pool *pool;
	struct arena *arena;
	struct ir_unit *unit;
	CXIndex index;
};

/* ---- files ------------------------------------------------------------------- */

static char *read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	size_t size = 0;
	FILE *out;
	int c;

	if (!file)
		return NULL;
	out = open_memstream(&text, &size);
	while ((c = getc(file)) != EOF)
		putc(c, out);
	fclose(out);
	fclose(file);
	return text;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* The words after `key:` in the comments at the top of the text. */
static struct words words_after(const char *text, const char *key)
{
	struct words words = { 0 };
	const char *line = strstr(text, key);
	const char *end = line ? strchr(line, '\n') : NULL;
	char *save = NULL;

	if (!end || line > text + 400)
		return words;
	line += strlen(key);
	words.text = strndup(line, (size_t)(end - line));
	for (char *word = strtok_r(words.text, " ", &save); word; word = strtok_r(NULL, " ", &save))
		if (strcmp(word, "*/") != 0 && words.count < MAX_WORDS)
			words.at[words.count++] = word;
	return words;
}

/* ---- lowering ------------------------------------------------------------------ */

static void verify(struct arena *arena, const char *name, struct ir_function *function)
{
	const char *problem = ir_verify_function(arena, function);

	if (problem)
		fail_msg("%s: %s", name, problem);
	problem = cfg_verify(arena, cfg_build(arena, function));
	if (problem)
		fail_msg("%s: %s: %s", name, function->name, problem);
}

static struct lowered lower_text(const char *name, const char *text, const struct words *flags,
				 const struct words *macros)
{
	struct lowered lowered = { .pool = intern_create(), .arena = arena_create() };
	struct CXUnsavedFile unsaved = { name, text, strlen(text) };
	struct frontend_names names = { 0 };
	const char *interned[MAX_WORDS];
	CXTranslationUnit tu = NULL;

	for (int i = 0; macros && i < macros->count; i++)
		interned[names.macro_count++] = intern(lowered.pool, macros->at[i]);
	names.macros = interned;
	assert_null(libclang_load());
	lowered.index = clang.createIndex(0, 0);
	assert_int_equal(clang.parseTranslationUnit2(lowered.index, name, flags ? flags->at : NULL,
						     flags ? flags->count : 0, &unsaved, 1, CXTranslationUnit_KeepGoing,
						     &tu),
			 CXError_Success);
	const struct parsed_unit parsed = { .tu = tu, .shown_file = name };
	assert_int_equal(lower_unit(lowered.arena, lowered.pool, &names, &parsed, &lowered.unit), 0);
	clang.disposeTranslationUnit(tu);
	for (int i = 0; i < lowered.unit->function_count; i++)
		if (lowered.unit->functions[i]->has_body)
			verify(lowered.arena, name, lowered.unit->functions[i]);
	return lowered;
}

static void lowered_free(struct lowered *lowered)
{
	clang.disposeIndex(lowered->index);
	arena_destroy(lowered->arena);
	intern_destroy(lowered->pool);
}

/* ---- goldens --------------------------------------------------------------------- */

static char *dump(const struct ir_unit *unit)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	ir_print_unit(out, unit);
	fclose(out);
	return text;
}

/* The golden of this version of libclang when there is one, else the common one. */
static char *golden_path(const char *stem)
{
	char *path = NULL;
	FILE *file;

	assert_true(asprintf(&path, "%s/%s.libclang-%d.ir", SO2_LOWER_DIR, stem, SO2_LIBCLANG_VERSION) > 0);
	file = fopen(path, "rb");
	if (file) {
		fclose(file);
		return path;
	}
	free(path);
	assert_true(asprintf(&path, "%s/%s.ir", SO2_LOWER_DIR, stem) > 0);
	return path;
}

static void report_difference(const char *name, const char *expected, const char *got)
{
	int line = 1;

	while (*expected && *expected == *got) {
		line += *expected == '\n';
		expected++;
		got++;
	}
	fail_msg("%s: the dump differs from its golden at or after line %d:\nexpected: %.200s\ngot: %.200s", name, line,
		 expected, got);
}

static void compare(const char *name, const char *stem, const char *got)
{
	char *path = golden_path(stem), *expected = read_file(path);

	if (updates)
		write_file(path, got);
	else if (!expected)
		fail_msg("%s has no golden", name);
	else if (strcmp(expected, got) != 0)
		report_difference(name, expected, got);
	free(expected);
	free(path);
}

static void test_golden(void **state)
{
	const char *name = *state;
	char *stem = strndup(name, strlen(name) - 2), *path = NULL, *text, *got;
	struct words flags, macros;
	struct lowered lowered;

	assert_true(asprintf(&path, "%s/%s", SO2_LOWER_DIR, name) > 0);
	text = read_file(path);
	assert_non_null(text);
	flags = words_after(text, "flags:");
	macros = words_after(text, "macros:");
	lowered = lower_text(name, text, &flags, &macros);
	got = dump(lowered.unit);
	compare(name, stem, got);
	lowered_free(&lowered);
	free(flags.text);
	free(macros.text);
	free(got);
	free(text);
	free(path);
	free(stem);
}

/* ---- hostile inputs ------------------------------------------------------------------ */

/* `#` in the part stands for the number of the round. */
static void put_part(FILE *out, const char *part, int number)
{
	for (; *part; part++) {
		if (*part == '#')
			fprintf(out, "%d", number);
		else
			putc(*part, out);
	}
}

static char *repeated(const char *before, const char *part, const char *middle, const char *closing, int count,
		      const char *after)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	fputs(before, out);
	for (int i = 0; i < count; i++)
		put_part(out, part, i);
	fputs(middle, out);
	for (int i = 0; i < count; i++)
		fputs(closing, out);
	fputs(after, out);
	fclose(out);
	return text;
}

static bool lowers_completely(char *text)
{
	struct words flags = { .at = { "-w", "-fbracket-depth=2000" }, .count = 2 };
	struct lowered lowered = lower_text("deep.c", text, &flags, NULL);
	bool is_complete = !lowered.unit->functions[0]->is_incomplete;

	assert_true(lowered.unit->functions[0]->has_body);
	assert_true(is_complete || lowered.unit->functions[0]->incomplete_reason);
	lowered_free(&lowered);
	free(text);
	return is_complete;
}

static void test_long_chains_are_complete(void **state)
{
	(void)state;
	assert_true(lowers_completely(
		repeated("int f(int x) {", "if (x == #) x = #; else ", "x = 1;", "", 2000, "return x; }")));
	assert_true(lowers_completely(
		repeated("int f(int x) { switch (x) {", "case #:", "x = 1;", "", 400, "} return x; }")));
	assert_true(lowers_completely(repeated("int f(int x) {", "label#:", "x = 1;", "", 400, "return x; }")));
	assert_true(lowers_completely(repeated("int f(int x) {", "x = # + #;", "", "", 5000, "return x; }")));
}

static void test_deep_trees_are_cut(void **state)
{
	(void)state;
	assert_false(lowers_completely(repeated("int f(int x) { return x", " + x", "", "", 5000, "; }")));
	assert_false(
		lowers_completely(repeated("int f(int x) { if (x", " || x == #", ") x = 1;", "", 5000, "return x; }")));
	assert_false(lowers_completely(repeated("int f(int x) {", "if (x) {", "x = 1;", "}", 1200, "return x; }")));
	assert_false(lowers_completely(repeated("int f(int x) { return ", "-", "x", "", 1500, "; }")));
	assert_false(lowers_completely(
		repeated("struct s { struct s *n; }; void *f(struct s *p) { return p", "->n", "", "", 3000, "; }")));
}

static void test_broken_texts(void **state)
{
	static const char *const texts[] = {
		"",
		"int f(",
		"int f(int x) { return",
		"int f(int x) { if (x",
		"int f(int x) { for (;;",
		"int f(int x) { switch (x) { case",
		"int f(int x) { case 1: break; continue; }",
		"int f(int x) { goto missing; }",
		"int f(int x) { l: l: return x; }",
		"int f(int x) { return x; } int f(int x) { return 1; }",
		"#define M(a) a(\nint f(int x) { return M(x; }",
		"int f(struct unknown u) { return u.field->other[u]; }",
		"struct s { struct s inner; } g = { { { 1 } } }; int f(void) { struct s t = { { 1 } }; return t.x; }",
		"int f(int x) { int a[x] = { 1 }, b[-1] = { 2 }; return a[0] + b[0] + sizeof(a); }",
		"int f(x) { return x; }",
		"int x = f; int (*g)(void) = { &x, f, }; union u { int a; } v = { 1, 2, 3, .b = 4 };",
		"void f(void) { __asm__(\"\" : \"=r\"(; }",
		"void f(int x) { x = \"a\"\n\"b\" L\"c\"; x = '; }",
		"void f(void) { ({ }); ({ ; }); ({ int x; }); (void)({ l: 1; }); }",
		"typedef f(void); f { } f g; void h(void) { g(1)(2)(3); }",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct lowered lowered = lower_text("broken.c", texts[i], NULL, NULL);

		lowered_free(&lowered);
	}
}

/* ---- running ----------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	const struct CMUnitTest *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static size_t find_inputs(struct CMUnitTest *tests)
{
	DIR *folder = opendir(SO2_LOWER_DIR);
	struct dirent *entry;
	size_t count = 0;

	while (folder && (entry = readdir(folder)) != NULL && count < MAX_INPUTS) {
		size_t length = strlen(entry->d_name);

		if (length < 3 || strcmp(entry->d_name + length - 2, ".c") != 0 ||
		    strncmp(entry->d_name, "test_", 5) == 0)
			continue;
		tests[count] = (struct CMUnitTest){ .name = strdup(entry->d_name), .test_func = test_golden };
		tests[count].initial_state = (void *)tests[count].name;
		count++;
	}
	if (folder)
		closedir(folder);
	qsort(tests, count, sizeof(*tests), by_name);
	return count;
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest made[] = {
		cmocka_unit_test(test_long_chains_are_complete),
		cmocka_unit_test(test_deep_trees_are_cut),
		cmocka_unit_test(test_broken_texts),
	};
	static struct CMUnitTest tests[MAX_INPUTS + 3];
	size_t inputs = find_inputs(tests);
	int status;

	updates = argc > 1 && strcmp(argv[1], "--update") == 0;
	memcpy(tests + inputs, made, sizeof(made));
	status = _cmocka_run_group_tests("stages.lower", tests, inputs + 3, NULL, NULL);
	for (size_t i = 0; i < inputs; i++)
		free((void *)(uintptr_t)tests[i].name);
	return status;
}
