/* Broken packs: each folder of testcases/rulepack/broken is a pack with one
 * kind of mistake, loaded on top of testcases/rulepack/good. Its expected.txt is
 * the whole log, with paths relative to the folder: nothing may be missing and
 * nothing may be said beside. */
#include "loaded.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BROKEN "rulepack/broken"

static char *read_text(const char *path)
{
	FILE *in = fopen(path, "rb");
	if (!in) {
		print_error("%s is missing\n", path);
		return NULL;
	}
	char *text = calloc(1, 1 << 16);
	assert_non_null(text);
	assert_in_range(fread(text, 1, 1 << 16, in), 1, (1 << 16) - 1);
	fclose(in);
	return text;
}

/* Takes every occurrence of the pack's path out of the messages. */
static void strip_folder(char *text, const char *folder)
{
	size_t length = strlen(folder);
	for (char *at = text; (at = strstr(at, folder));)
		memmove(at, at + length, strlen(at + length) + 1);
}

/* True when the pack's messages are those of its expected.txt. */
static bool check_pack(const char *name)
{
	char folder[512], path[600];
	snprintf(folder, sizeof(folder), BROKEN "/%s/", name);
	snprintf(path, sizeof(path), "%sexpected.txt", folder);
	char *expected = read_text(path);
	if (!expected)
		return false;
	const char *const packs[] = { "rulepack/good", folder };
	struct loaded loaded;
	loaded_open(&loaded, packs, 2);
	char *messages = loaded_messages(&loaded);
	strip_folder(messages, folder);
	folder[strlen(folder) - 1] = '\0';
	strip_folder(messages, folder);
	bool is_right = strcmp(messages, expected) == 0;
	if (!is_right)
		print_error("%s: expected:\n%sfound:\n%s", name, expected, messages);
	/* Warnings alone do not stop the run. */
	bool should_load = log_count_level(loaded.log, LOG_ERROR) == 0;
	if ((loaded.rules != NULL) != should_load) {
		print_error("%s: %s\n", name, should_load ? "was not loaded" : "was loaded in spite of errors");
		is_right = false;
	}
	free(messages);
	free(expected);
	loaded_close(&loaded);
	return is_right;
}

static void check_broken_packs(void **state)
{
	(void)state;
	struct dirent **items;
	int wrong = 0, count = scandir(BROKEN, &items, NULL, alphasort);
	assert_true(count > 40 + 2);
	for (int i = 0; i < count; i++) {
		if (items[i]->d_name[0] != '.' && !check_pack(items[i]->d_name))
			wrong++;
		free(items[i]);
	}
	free(items);
	assert_int_equal(wrong, 0);
}

/* ---- folders that cannot lie in a repository -------------------------------- */

static char scratch[64];

static int make_scratch(void **state)
{
	(void)state;
	strcpy(scratch, "/tmp/so2-rulepack-XXXXXX");
	return mkdtemp(scratch) && chdir(scratch) == 0 ? 0 : -1;
}

static int remove_scratch(void **state)
{
	(void)state;
	char command[128];
	snprintf(command, sizeof(command), "rm -rf %s", scratch);
	return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void write_text(const char *path, const char *text)
{
	FILE *out = fopen(path, "wb");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static void expect_messages(const char *pack, const char *expected)
{
	const char *const packs[] = { pack };
	struct loaded loaded;
	loaded_open(&loaded, packs, 1);
	char *messages = loaded_messages(&loaded);
	bool is_loaded = loaded.rules != NULL;
	loaded_close(&loaded);
	assert_string_equal(messages, expected);
	assert_int_equal(is_loaded, *expected == '\0');
	free(messages);
}

static void write_small_pack(const char *tests)
{
	char text[128];
	mkdir("pack", 0700);
	mkdir("pack/linux", 0700);
	mkdir("pack/linux/facts", 0700);
	snprintf(text, sizeof(text), "name: p\nversion: 1\n%s", tests);
	write_text("pack/pack.yaml", text);
	write_text("pack/linux/facts/a.yaml", "apis: [{name: one}]\n");
}

static void reject_missing_folder(void **state)
{
	(void)state;
	expect_messages("nowhere", "nowhere: error: there is no such rule pack folder\n");
	write_text("plain", "text");
	expect_messages("plain", "plain: error: there is no such rule pack folder\n");
}

static void reject_unreadable_files(void **state)
{
	(void)state;
	write_small_pack("");
	assert_int_equal(symlink("/nonexistent", "pack/linux/facts/b.yaml"), 0);
	assert_int_equal(mkfifo("pack/linux/facts/c.yaml", 0600), 0);
	const char *const packs[] = { "pack" };
	struct loaded loaded;
	loaded_open(&loaded, packs, 1);
	bool is_loaded = loaded.rules != NULL;
	size_t errors = log_count_level(loaded.log, LOG_ERROR);
	loaded_close(&loaded);
	unlink("pack/linux/facts/b.yaml");
	unlink("pack/linux/facts/c.yaml");
	assert_false(is_loaded);
	assert_int_equal(errors, 2);
}

static void reject_large_file(void **state)
{
	(void)state;
	write_small_pack("");
	write_text("pack/linux/facts/b.yaml", "apis: []\n");
	assert_int_equal(truncate("pack/linux/facts/b.yaml", 5 << 20), 0);
	const char *const packs[] = { "pack" };
	struct loaded loaded;
	loaded_open(&loaded, packs, 1);
	bool is_loaded = loaded.rules != NULL;
	loaded_close(&loaded);
	unlink("pack/linux/facts/b.yaml");
	assert_false(is_loaded);
}

static void check_test_dirs(const char *tests, const char *expected)
{
	const char *const packs[] = { "pack", "pack" };
	struct loaded loaded;
	write_small_pack(tests);
	loaded_open(&loaded, packs, 2); /* the second time it replaces itself */
	assert_non_null(loaded.rules);
	assert_int_equal(loaded.rules->api_count, 1);
	assert_int_equal(loaded.rules->test_dir_count, expected != NULL);
	if (expected)
		assert_string_equal(loaded.rules->test_dirs[0], expected);
	loaded_close(&loaded);
}

static void find_test_dirs(void **state)
{
	(void)state;
	check_test_dirs("", NULL); /* no folder tests: the pack has no cases here */
	mkdir("pack/tests", 0700);
	mkdir("pack/tests/linux", 0700);
	write_text("pack/tests/not-a-rule.yaml", "x"); /* of a case, not of the pack */
	check_test_dirs("", "pack/tests");
	mkdir("cases", 0700);
	unlink("pack/tests/not-a-rule.yaml");
	check_test_dirs("tests: ../cases\n", "cases");
	check_test_dirs("tests: ../nowhere\n", NULL);
}

/* `a -> elsewhere/a`: a/.. is elsewhere, not here. */
static void keep_dots_behind_links(void **state)
{
	(void)state;
	mkdir("elsewhere", 0700);
	mkdir("elsewhere/cases", 0700);
	mkdir("cases", 0700);
	write_small_pack("tests: ../cases\n");
	assert_int_equal(rename("pack", "elsewhere/pack"), 0);
	assert_int_equal(symlink("elsewhere/pack", "pack"), 0);
	check_test_dirs("tests: ../cases\n", "pack/../cases");
}

static void mutate(const char *source, const char *target)
{
	char *text = read_text(source);
	assert_non_null(text);
	size_t length = strlen(text);
	/* Every third byte, as each means to load a pack; the fuzz target rulepacks changes the others. */
	for (size_t i = 0; i < length; i += 3) {
		static const char changes[] = { '\0', '{', '[', '*', ':', '\n', '-', 'x', '\xff' };
		char kept = text[i];
		text[i] = changes[i / 3 % sizeof(changes)];
		write_text(target, text);
		const char *const packs[] = { "pack" };
		struct loaded loaded;
		loaded_open(&loaded, packs, 1);
		bool is_consistent = (loaded.rules != NULL) == (log_count_level(loaded.log, LOG_ERROR) == 0);
		loaded_close(&loaded);
		assert_true(is_consistent);
		text[i] = kept;
	}
	write_text(target, text);
	free(text);
}

/* A file with a byte changed gives messages or loads, and never a crash. */
static void survive_mutations(void **state)
{
	(void)state;
	unlink("pack");
	write_small_pack("");
	mutate(SO2_TESTCASES_DIR "/rulepack/good/linux/facts/a-locks.yaml", "pack/linux/facts/a.yaml");
	mutate(SO2_TESTCASES_DIR "/rulepack/good/windows/facts/d-levels.yaml", "pack/linux/facts/d.yaml");
	mutate(SO2_TESTCASES_DIR "/rulepack/good/linux/facts/d-callbacks.yaml", "pack/linux/facts/e.yaml");
	write_text("pack/linux/t-whole.md", "# t-whole\n");
	mutate(SO2_TESTCASES_DIR "/rulepack/good/linux/t-whole.yaml", "pack/linux/t-whole.yaml");
	write_text("pack/linux/t-calls.md", "# t-calls\n");
	mutate(SO2_TESTCASES_DIR "/rulepack/good/windows/t-calls.yaml", "pack/linux/t-calls.yaml");
}

int main(void)
{
	const struct CMUnitTest kept[] = {
		cmocka_unit_test(check_broken_packs),
	};
	const struct CMUnitTest made[] = {
		cmocka_unit_test(reject_missing_folder),  cmocka_unit_test(reject_unreadable_files),
		cmocka_unit_test(reject_large_file),	  cmocka_unit_test(find_test_dirs),
		cmocka_unit_test(keep_dots_behind_links), cmocka_unit_test(survive_mutations),
	};
	if (chdir(SO2_TESTCASES_DIR) != 0)
		return 1;
	int failed = cmocka_run_group_tests(kept, NULL, NULL);
	return failed + cmocka_run_group_tests(made, make_scratch, remove_scratch);
}
