/* The tool's own messages, kept in order on an arena of the log. */
#include "base/log.h"

#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>

struct log {
	struct arena *arena;
	struct log_entry *entries;
	size_t count, capacity;
};

struct log *log_create(void)
{
	struct arena *arena = arena_create();
	struct log *log = ARENA_NEW(arena, struct log);

	log->arena = arena;
	return log;
}

void log_destroy(struct log *log)
{
	if (log)
		arena_destroy(log->arena);
}

void log_add(struct log *log, enum log_level level, const struct span *span, const char *format, ...)
{
	struct log_entry entry = { .level = level };
	va_list args;

	if (span) {
		entry.span = *span;
		entry.span.file = arena_strdup(log->arena, span->file);
	}
	va_start(args, format);
	entry.text = arena_vprintf(log->arena, format, args);
	va_end(args);
	ARENA_PUSH(log->arena, log->entries, log->count, log->capacity, entry);
}

size_t log_count(const struct log *log)
{
	return log->count;
}

size_t log_count_level(const struct log *log, enum log_level level)
{
	size_t count = 0;

	for (size_t i = 0; i < log->count; i++)
		count += log->entries[i].level == level;
	return count;
}

const struct log_entry *log_at(const struct log *log, size_t index)
{
	assert(index < log->count);
	return &log->entries[index];
}

/* Names of files, and what is quoted from them, may be hostile: nothing in them commands a terminal or ends the line. */
static void print_plain(const char *text, FILE *out)
{
	for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
		bool is_c1 = at[0] == 0xC2 && at[1] >= 0x80 && at[1] <= 0x9F;

		fputc(is_c1 || (*at < 0x20 && *at != '\t') || *at == 0x7F ? '?' : *at, out);
		at += is_c1;
	}
}

static void log_print_place(const struct span *span, FILE *out)
{
	print_plain(span->file ? span->file : "so2check", out);
	if (span->file && span->line)
		fprintf(out, ":%u", span->line);
	if (span->file && span->line && span->column)
		fprintf(out, ":%u", span->column);
	fputs(": ", out);
}

void log_print(const struct log *log, size_t from, FILE *out)
{
	static const char *const names[] = {
		[LOG_NOTE] = "note",
		[LOG_WARNING] = "warning",
		[LOG_ERROR] = "error",
	};

	for (size_t i = from; i < log->count; i++) {
		log_print_place(&log->entries[i].span, out);
		fprintf(out, "%s: ", names[log->entries[i].level]);
		print_plain(log->entries[i].text, out);
		fputc('\n', out);
	}
}
