/* A folder of files that can be made again: what other runs have already worked out.
 *
 * Made for several processes at once, for a full disk, and for files that somebody
 * cut short or changed: a file comes into being by one rename, a reader believes
 * only what its checksum confirms, and whatever fails means "not there". No
 * function reports an error; a cache that cannot be used holds nothing.
 *
 * Names are for the caller to make; one name always stands for the same content, so
 * it does not matter who writes it. */
#ifndef SO2_CACHE_CACHE_H
#define SO2_CACHE_CACHE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cache;

/* A key: 32 hexadecimal digits and the NUL. */
#define CACHE_KEY_SIZE 33

/* The database of memo.h, in the same folder: it has a limit of its own. */
#define CACHE_DATABASE "results.sqlite"

/* $XDG_CACHE_HOME/so2check, else $HOME/.cache/so2check; NULL when neither is an absolute path. */
const char *cache_default_folder(struct arena *arena);

/* The same for judging what others have written, which must not share anything with the rest. */
const char *cache_gate_folder(struct arena *arena);

/* Opens (makes, for this user alone) a folder. limit: bytes its files may take together, but for the database.
 * NULL when the folder cannot be used: not writable, or somebody else's. On the arena. */
struct cache *cache_open(struct arena *arena, const char *folder, uint64_t limit);

/* XXH3-128 of the bytes as text. */
void cache_key(const void *bytes, size_t length, char key[CACHE_KEY_SIZE]);
/* The same, the first half of SHA-256: nobody finds other bytes with the same key. For what others may have written. */
void cache_strong_key(const void *bytes, size_t length, char key[CACHE_KEY_SIZE]);

/* The content of a file written by cache_write() under this name, NUL-terminated; NULL: there is none, or it is damaged
 * or another's, and now removed. */
char *cache_read(struct cache *cache, struct arena *arena, const char *name, size_t *length);
/* The same into memory of the caller's; the length, 0: there is none, it is damaged, or larger than size. The memory
 * may be written to in any case. */
size_t cache_read_into(struct cache *cache, struct arena *arena, const char *name, void *memory, size_t size);
/* false: not written (nothing of it is left). Makes room when the limit is reached. */
bool cache_write(struct cache *cache, struct arena *arena, const char *name, const void *bytes, size_t length);

/* For files that another library writes or reads by itself: a free path to write to, ... */
const char *cache_temporary(struct cache *cache, struct arena *arena);
/* ... its checksum and size (the caller keeps them in a file of cache_write()); false: it cannot be read, ... */
bool cache_sum_file(const char *path, char key[CACHE_KEY_SIZE], uint64_t *size);
/* ... and its name once it is whole. false: it is removed. */
bool cache_adopt(struct cache *cache, struct arena *arena, const char *temporary, const char *name);
/* Its path, to be read after cache_sum_file() confirmed it. */
const char *cache_path(struct cache *cache, struct arena *arena, const char *name);
/* It was used just now: files unused for longest go first. */
void cache_touch(struct cache *cache, struct arena *arena, const char *name);
void cache_remove(struct cache *cache, struct arena *arena, const char *name);

/* A folder in the cache's folder, as a cache of its own: a process may be allowed to use it and nothing else. Those
 * whose name begins with CACHE_PART come and go. */
#define CACHE_PART "part-"
/* One of a process, which takes what it needs from it and removes it: <this><pid>-... */
#define CACHE_NEW_PART CACHE_PART "new-"
struct cache *cache_open_part(struct cache *cache, struct arena *arena, const char *name, uint64_t limit);
/* When a signal ends the process (base/ending.h), files that it and its children have not finished are removed. */
void cache_clear_when_ended(const struct cache *cache);
const char *cache_folder(const struct cache *cache);
/* Takes a file of a part over, under its name. false: it is no file, or not there. */
bool cache_take_from_part(struct cache *cache, struct arena *arena, struct cache *part, const char *name);
/* With all files in it. */
void cache_remove_part(struct cache *cache, struct arena *arena, const char *name);
/* Removes those unused for longest until the rest takes no more than so many bytes, and is no more than so many. */
void cache_trim_parts(struct cache *cache, struct arena *arena, uint64_t bytes, size_t count);

struct cache_usage {
	uint64_t bytes;		 /* with the database */
	uint64_t database_bytes; /* of these */
	unsigned files;
};

struct cache_usage cache_usage(struct cache *cache, struct arena *arena);
/* Removes every file, and every part. The number of those that could not be. */
unsigned cache_clear(struct cache *cache, struct arena *arena);

#endif
