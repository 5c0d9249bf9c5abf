/* What looks at the text of a source before, or without, a parser: which system it is for, its #include lines and header block,
 * its comments for us, brackets and literals. The second part of the input is a header beside it. */
#include "fuzz.h"

#include "../../../checker/frontend/header_block.h"
#include "../../../checker/frontend/units_int.h"
#include "../../../checker/report/allow_scan.h"
#include "base/c_text.h"

#include <string.h>

#define BRACKETS 64 /* each is looked at to the end of the text */
#define RANGES 8

/* ---- base/c_text.h: texts that need not end with a NUL ------------------------------------ */

static void check_brackets(const char *text, size_t size)
{
	struct text_range ranges[RANGES];
	int seen = 0, count = 0;
	unsigned close = 0;

	for (unsigned at = 0; at < size && seen < BRACKETS; at++) {
		if (!strchr("([{", text[at]) || text[at] == '\0')
			continue;
		seen++;
		if (text_split(text, size, at, ',', ranges, RANGES, &count, &close))
			continue;
		fuzz_require(close > at && close < size && strchr(")]}", text[close]), "closed at %u of %zu", close,
			     size);
		fuzz_require(count >= 0 && count <= RANGES, "%d ranges", count);
		for (int i = 0; i < count; i++)
			fuzz_require(at < ranges[i].begin && ranges[i].begin <= ranges[i].end && ranges[i].end <= close,
				     "a range out of the brackets");
	}
}

static void check_steps(const char *text, size_t size)
{
	unsigned at = 0, end = 0;

	while (at < size) {
		unsigned next = text_skip_space(text, size, at);
		fuzz_require(next >= at && next <= size, "space from %u to %u", at, next);
		next = text_skip_opaque(text, size, next);
		fuzz_require(next >= at && next <= size, "a literal from %u to %u", at, next);
		if (next < size && text_identifier(text, size, next, &end))
			next = end;
		fuzz_require(next <= size, "behind the end");
		at = next > at ? next : at + 1;
	}
	fuzz_require(text_find(text, size, 0, ';') <= size, "behind the end");
}

/* ---- the header block ----------------------------------------------------------------------- */

static bool open_header(void *context, const char *includer, const char *name, struct block_header *header)
{
	const struct fuzz_part *part = context;

	if (includer && strcmp(includer, name) == 0)
		return false;
	*header = (struct block_header){ .path = "own.h", .text = part->text, .length = part->size };
	return true;
}

static void check_blank(struct fuzz *fuzz, const char *text, size_t size, size_t from, size_t end)
{
	const char *blank = header_block_blank(fuzz->arena, text, size, from, end);

	for (size_t i = 0; i < size; i++) {
		bool is_kept = i < from || i >= end || text[i] == '\n';
		fuzz_require(blank[i] == (is_kept ? text[i] : blank[i]), "byte %zu has changed", i);
		fuzz_require(is_kept || strchr(" \t\r\n\f\v", blank[i]), "byte %zu is not blank", i);
	}
}

static void check_block(struct fuzz *fuzz, const char *text, size_t size, struct fuzz_part *header, bool has_header)
{
	struct header_block_hooks hooks = { .opens = has_header ? open_header : NULL, .context = header };
	struct header_block block;

	if (!header_block_find(fuzz->arena, text, size, &hooks, &block))
		return;
	fuzz_accepted();
	/* 0: all of it lies in a header of the driver's own */
	fuzz_require(block.end <= size && (block.end == 0 || block.end == size || text[block.end - 1] == '\n'),
		     "ends in a line");
	check_blank(fuzz, text, size, 0, block.end);
	for (int i = 0; i < block.header_count; i++) {
		const struct block_header *own = &block.headers[i];
		fuzz_require(own->from <= own->end && own->end <= own->length, "a header's block lies out of it");
		check_blank(fuzz, own->text, own->length, own->from, own->end);
	}
}

/* ---- words ------------------------------------------------------------------------------------- */

static void check_words(struct fuzz *fuzz, const char *text)
{
	struct word_list words = { 0 }, again = { 0 };
	struct text quoted = text_create(fuzz->arena);

	words_split_blank(fuzz->arena, &words, text);
	words = (struct word_list){ 0 };
	if (!words_split_shell(fuzz->arena, &words, text))
		return;
	for (int i = 0; i < words.count; i++) {
		text_add(&quoted, " '");
		for (const char *at = words.items[i]; *at; at++)
			text_add(&quoted, *at == '\'' ? "'\\''" : (char[]){ *at, '\0' });
		text_add(&quoted, "'");
	}
	fuzz_require(words_split_shell(fuzz->arena, &again, text_get(&quoted)), "quoted words cannot be split");
	fuzz_require(again.count == words.count, "%d words and %d", words.count, again.count);
	for (int i = 0; i < words.count; i++)
		fuzz_require(strcmp(words.items[i], again.items[i]) == 0, "`%s` and `%s`", words.items[i],
			     again.items[i]);
}

/* ---- comments for us ------------------------------------------------------------------------------ */

static void check_comments(struct fuzz *fuzz, const char *text)
{
	size_t count = 0;
	unsigned lines = 1, before = 0;
	struct allow_comment *comments = allow_scan(fuzz->arena, text, &count);

	for (const char *at = text; *at; at++)
		lines += *at == '\n';
	for (size_t i = 0; i < count; i++) {
		fuzz_require(comments[i].line >= before && comments[i].line <= lines, "line %u of %u", comments[i].line,
			     lines);
		fuzz_require(comments[i].first <= comments[i].last, "lines %u to %u", comments[i].first,
			     comments[i].last);
		before = comments[i].line;
		fuzz_accepted();
	}
}

static void check_file(struct fuzz *fuzz, const char *path)
{
	struct include_cache *cache = include_cache_create(fuzz->arena, fuzz->pool);
	struct include_search search = { .file = path };
	struct include_aliases aliases = { 0 };
	struct source_text source;

	words_push(fuzz->arena, &search.folders, fuzz_path(fuzz, "inc"));
	words_push(fuzz->arena, &search.folders, fuzz_path(fuzz, "sub"));
	include_find_aliases(cache, &search, &aliases);
	for (int i = 0; i < aliases.count; i++)
		fuzz_require(aliases.items[i].name[0] == '/', "`%s` is not absolute", aliases.items[i].name);
	const char *reason = source_read(fuzz->arena, path, &source);
	if (reason)
		return;
	target_guess(cache, path, source.text);
	source_has_entry(source.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	const char *path = fuzz_path(&fuzz, "main.c");
	struct fuzz_part parts[2];

	fuzz_split(&fuzz, parts, 2);
	char *exact = arena_alloc(fuzz.arena, parts[0].size > 0 ? parts[0].size : 1);
	memcpy(exact, parts[0].text, parts[0].size);
	check_brackets(exact, parts[0].size);
	check_steps(exact, parts[0].size);
	check_block(&fuzz, exact, parts[0].size, &parts[1], false);
	check_block(&fuzz, exact, parts[0].size, &parts[1], true);
	check_words(&fuzz, parts[0].text);
	check_comments(&fuzz, parts[0].text);
	fuzz_as_file(&parts[0], path);
	fuzz_as_file(&parts[1], fuzz_path(&fuzz, "inc/own.h"));
	check_file(&fuzz, path);
	fuzz_end(&fuzz);
	return 0;
}
