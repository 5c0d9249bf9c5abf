/* What was worked out from files, kept as long as the files stay as they were: a database (SQLite) in the
 * cache's folder.
 *
 * A file is what its content is: its stamp only saves reading it, so a file that was copied, or checked out
 * anew, is still the same. All of cache.h holds here, too: several processes may use it at once, every entry
 * has a checksum, whatever fails means "not there", and a database that is damaged is thrown away.
 * A memo belongs to the process that opened it: open it after fork(). */
#ifndef SO2_CACHE_MEMO_H
#define SO2_CACHE_MEMO_H

#include "cache/cache.h"

#include <time.h>

struct memo;

/* What a result depends on besides its key. Absolute paths. */
struct input_files {
	const char **read; /* their content */
	int read_count, read_capacity;
	const char **absent; /* that there is no such file: places where one would have been found first */
	int absent_count, absent_capacity;
};

/* NULL gives NULL. */
struct input_files *input_files_copy(struct arena *arena, const struct input_files *inputs);

/* limit: bytes that the entries may take; those unused for longest go first. NULL: there can be none. */
struct memo *memo_open(struct cache *cache, uint64_t limit);
void memo_close(struct memo *memo); /* NULL: does nothing */

/* What was put under the key, on the arena, if all files are as they were then. NULL: nothing that holds.
 * *inputs (may be NULL): the files; their names belong to the memo. */
const char *memo_find(struct memo *memo, struct arena *arena, const char *key, size_t *length,
		      struct input_files *inputs);
/* Replaces what is under the key. started: before any of the files was read. Nothing is kept if one of them
 * may have changed since then: a file touched within FILE_SETTLED_SECONDS before, or that is not a regular file. */
void memo_put(struct memo *memo, const char *key, const struct input_files *inputs, time_t started, const char *bytes,
	      size_t length);

#endif
