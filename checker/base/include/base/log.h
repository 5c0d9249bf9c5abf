/* Messages of the tool itself (unreadable file, bad rule, budget exceeded).
 * Findings are results, never log messages. The log owns copies of all texts. */
#ifndef SO2_BASE_LOG_H
#define SO2_BASE_LOG_H

#include "base/span.h"

#include <stddef.h>
#include <stdio.h>

enum log_level { LOG_NOTE, LOG_WARNING, LOG_ERROR };

struct log_entry {
	enum log_level level;
	struct span span; /* span.file NULL when the message has no place */
	const char *text;
};

struct log;

struct log *log_create(void);
void log_destroy(struct log *log);
void log_add(struct log *log, enum log_level level, const struct span *span, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
size_t log_count(const struct log *log);
size_t log_count_level(const struct log *log, enum log_level level);
const struct log_entry *log_at(const struct log *log, size_t index);
/* Writes `file:line:column: error: text` lines, entries [from, count). */
void log_print(const struct log *log, size_t from, FILE *out);

#endif
