/* See fuzz.h. */
#include "fuzz.h"

#include "base/unsaved.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t accepted;
static struct unsaved_file input_files[4];
static size_t input_file_count;

void fuzz_accepted(void)
{
	accepted++;
}

size_t fuzz_accepted_count(void)
{
	return accepted;
}

void fuzz_fail(const char *file, int line, const char *what, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

struct fuzz fuzz_begin(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = { .arena = arena_create(), .pool = intern_create(), .log = log_create(), .size = size };

	fuzz.text = arena_strndup(fuzz.arena, "", 0);
	if (size > 0) {
		char *copy = arena_alloc(fuzz.arena, size + 1);
		memcpy(copy, data, size);
		fuzz.text = copy;
	}
	return fuzz;
}

static void print_log(FILE *out, void *context)
{
	log_print(context, 0, out);
}

void fuzz_end(struct fuzz *fuzz)
{
	size_t length = 0;
	const char *messages = fuzz_written(fuzz, &length, print_log, fuzz->log);

	fuzz_require(!strpbrk(messages, "\x1b\r\b\x7f"), "a message commands the terminal: %s", messages);
	unsaved_files_set(NULL, 0);
	input_file_count = 0;
	log_destroy(fuzz->log);
	intern_destroy(fuzz->pool);
	arena_destroy(fuzz->arena);
}

static const char *find_mark(const char *text, size_t size)
{
	const char *end = text + size, *line = text;

	while (line && end - line >= 4) {
		if (memcmp(line, "===\n", 4) == 0)
			return line;
		line = memchr(line, '\n', (size_t)(end - line));
		line = line ? line + 1 : NULL;
	}
	return NULL;
}

static struct fuzz_part copy_part(struct fuzz *fuzz, const char *text, size_t size)
{
	char *copy = arena_alloc(fuzz->arena, size + 1);

	memcpy(copy, text, size);
	return (struct fuzz_part){ .text = copy, .size = size };
}

int fuzz_split(struct fuzz *fuzz, struct fuzz_part *parts, int most)
{
	const char *text = fuzz->text, *end = text + fuzz->size, *mark;
	int count = 0;

	while (count + 1 < most && (mark = find_mark(text, (size_t)(end - text))) != NULL) {
		parts[count++] = copy_part(fuzz, text, (size_t)(mark - text));
		text = mark + 4;
	}
	parts[count++] = copy_part(fuzz, text, (size_t)(end - text));
	for (int i = count; i < most; i++)
		parts[i] = copy_part(fuzz, "", 0);
	return count;
}

const char *fuzz_path(struct fuzz *fuzz, const char *name)
{
	return arena_printf(fuzz->arena, "%s/%s", SO2_FUZZ_TREE, name);
}

void fuzz_as_file(const struct fuzz_part *part, const char *path)
{
	if (input_file_count == sizeof(input_files) / sizeof(input_files[0]))
		fuzz_fail(__FILE__, __LINE__, path, "too many files");
	input_files[input_file_count++] =
		(struct unsaved_file){ .path = path, .text = part->text, .length = part->size };
	unsaved_files_set(input_files, input_file_count);
}

/* ---- what must hold -------------------------------------------------------------------- */

/* Of a flag, what follows it. */
static bool has_path(const char *arg)
{
	static const char *const flags[] = { "-I",	 "-isystem", "-iquote",	 "-idirafter",
					     "-include", "-imacros", "-isysroot" };

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strcmp(arg, flags[i]) == 0)
			return true;
	return false;
}

/* By their beginnings, those that lists of the frontend let through. */
static bool is_known_flag(const char *arg)
{
	static const char *const known[] = { "-D", "-U", "-nostdinc", "-undef",	    "-std=",	"-ansi",
					     "-O", "-f", "-m",	      "--sysroot=", "--target=" };
	static const char *const dangerous[] = { "-fplugin", "-fpass", "-fmodule", "-fprofile", "-mllvm" };

	for (size_t i = 0; i < sizeof(dangerous) / sizeof(dangerous[0]); i++)
		if (strncmp(arg, dangerous[i], strlen(dangerous[i])) == 0)
			return false;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strncmp(arg, known[i], strlen(known[i])) == 0)
			return true;
	return false;
}

void fuzz_require_flags(const char *const *args, int count)
{
	for (int i = 0; i < count; i++) {
		if (!has_path(args[i])) {
			fuzz_require(is_known_flag(args[i]), "`%s` got through", args[i]);
			continue;
		}
		fuzz_require(++i < count, "`%s` without a path", args[i - 1]);
		fuzz_require(args[i][0] == '/' || strcmp(args[i - 1], "-include") == 0, "`%s` is relative", args[i]);
	}
}

void fuzz_require_reason(const struct fuzz *fuzz, bool is_accepted)
{
	size_t errors = log_count_level(fuzz->log, LOG_ERROR);

	if (is_accepted)
		fuzz_require(errors == 0, "taken with %zu errors", errors);
	else
		fuzz_require(errors > 0, "refused without a reason");
}

struct intern_pool *fuzz_rules_pool(void)
{
	static struct intern_pool *pool;

	pool = pool ? pool : intern_create();
	return pool;
}

const struct rule_set *fuzz_rules(void)
{
	static const struct rule_set *rules;
	static struct arena *arena;
	const char *folder = SO2_RULES_DIR;

	if (rules)
		return rules;
	struct log *log = log_create();
	arena = arena_create();
	rules = rules_load(arena, fuzz_rules_pool(), log, NULL, &folder, 1);
	fuzz_require(rules, "%zu mistakes in the built-in rules", log_count(log));
	log_destroy(log);
	return rules;
}

char *fuzz_written(struct fuzz *fuzz, size_t *length, void (*write)(FILE *out, void *context), void *context)
{
	char *memory = NULL;
	FILE *out = open_memstream(&memory, length);

	fuzz_require(out, "no memory stream");
	write(out, context);
	fclose(out);
	char *text = arena_grow(fuzz->arena, memory, *length + 1, *length + 1);
	free(memory);
	return text;
}

/* Bytes of the code point at the beginning, 0: it is none. */
static size_t utf8_length(const unsigned char *text)
{
	static const struct {
		unsigned char mask, lead, bytes;
		uint32_t least;
	} forms[] = {
		{ 0x80, 0, 1, 0 }, { 0xE0, 0xC0, 2, 0x80 }, { 0xF0, 0xE0, 3, 0x800 }, { 0xF8, 0xF0, 4, 0x10000 }
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if ((text[0] & forms[i].mask) != forms[i].lead)
			continue;
		uint32_t code = text[0] & (unsigned char)~forms[i].mask;
		for (unsigned k = 1; k < forms[i].bytes; k++) {
			if ((text[k] & 0xC0) != 0x80)
				return 0;
			code = code << 6 | (text[k] & 0x3F);
		}
		bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
		return code < forms[i].least || code > 0x10FFFF || is_surrogate ? 0 : forms[i].bytes;
	}
	return 0;
}

void fuzz_require_printable(const char *text, size_t length, const char *what)
{
	const unsigned char *at = (const unsigned char *)text, *end = at + length;

	while (at < end) {
		size_t bytes = utf8_length(at);
		bool is_c1 = bytes == 2 && at[0] == 0xC2 && at[1] < 0xA0;

		fuzz_require(bytes > 0, "%s: byte %zu is not UTF-8", what, (size_t)((const char *)at - text));
		fuzz_require((*at >= 0x20 || *at == '\t' || *at == '\n') && *at != 0x7F && !is_c1,
			     "%s: byte %zu is a control character (%02x)", what, (size_t)((const char *)at - text),
			     *at);
		at += bytes;
	}
}
