/* What the fuzz targets share.
 *
 * A target is one file, TARGET/target.c, with LLVMFuzzerTestOneInput(): it gives the bytes to a reader of the checker and
 * asks, with fuzz_require(), for what must hold of the result. The file is linked twice: with libFuzzer (preset fuzz),
 * and in every build with replay.c, which feeds it the kept inputs. Stateless: what one input leaves behind must not
 * change what the next one does. */
#ifndef SO2_FUZZ_H
#define SO2_FUZZ_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/log.h"
#include "base/text.h"
#include "rulepack/rulepack.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The target's; called by libFuzzer or replay.c. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What most readers take. */
struct fuzz {
	struct arena *arena;
	struct intern_pool *pool;
	struct log *log;
	const char *text; /* the input, followed by a NUL */
	size_t size;
};

struct fuzz fuzz_begin(const uint8_t *data, size_t size);
/* Asks for printable messages, too, and frees everything. */
void fuzz_end(struct fuzz *fuzz);
/* Divides the input at lines of `===`: each part is followed by a NUL. The last has the rest. */
struct fuzz_part {
	const char *text;
	size_t size;
};
int fuzz_split(struct fuzz *fuzz, struct fuzz_part *parts, int most);

/* A path in tree/, a small driver: files there can be found, listed and, with fuzz_as_file(), have what the input says. */
const char *fuzz_path(struct fuzz *fuzz, const char *name);
/* From now on file_read() finds the part under this absolute path, until fuzz_end(). */
void fuzz_as_file(const struct fuzz_part *part, const char *path);

/* A property that does not hold ends the process: the message, and the place in the target. */
#define fuzz_require(holds, ...)                                            \
	do {                                                                \
		if (!(holds))                                               \
			fuzz_fail(__FILE__, __LINE__, #holds, __VA_ARGS__); \
	} while (0)
void fuzz_fail(const char *file, int line, const char *what, const char *format, ...)
	__attribute__((format(printf, 4, 5), noreturn));

/* The input was taken as what the reader is for. replay.c wants this of one kept input at least, so that they do not
 * fall behind when a format changes. */
void fuzz_accepted(void);
size_t fuzz_accepted_count(void);

/* A reader that gives nothing says why, one that gives something reports no error. */
void fuzz_require_reason(const struct fuzz *fuzz, bool is_accepted);

/* No flag that makes the parser write, load or read what is no include; paths of includes are absolute. */
void fuzz_require_flags(const char *const *args, int count);

/* The built-in rules, loaded once. */
const struct rule_set *fuzz_rules(void);
/* Names of units that they are applied to belong here. */
struct intern_pool *fuzz_rules_pool(void);

/* A whole text, by what writes to a FILE; on the arena. */
char *fuzz_written(struct fuzz *fuzz, size_t *length, void (*write)(FILE *out, void *context), void *context);
/* Nothing but text, tabs and newlines: no control characters, and UTF-8. */
void fuzz_require_printable(const char *text, size_t length, const char *what);

#endif
