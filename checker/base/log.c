/* The tool's own messages, kept in order on an arena of the log. */
#include "base/log.h"

#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>

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

static void log_print_place(const struct span *span, FILE *out)
{
	if (!span->file)
		fputs("so2check: ", out);
	else if (!span->line)
		fprintf(out, "%s: ", span->file);
	else if (!span->column)
		fprintf(out, "%s:%u: ", span->file, span->line);
	else
		fprintf(out, "%s:%u:%u: ", span->file, span->line, span->column);
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
		fprintf(out, "%s: %s\n", names[log->entries[i].level], log->entries[i].text);
	}
}
