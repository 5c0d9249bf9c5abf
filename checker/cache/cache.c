/* See cache.h. All files lie in one folder. */
#include "cache/cache.h"

#include "base/ending.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

/* Before the content of a file: name of the format, checksum, end of line. */
#define MAGIC "so2check-cache 2 "
#define HEADER_SIZE (sizeof(MAGIC) - 1 + CACHE_KEY_SIZE)
#define READ_LIMIT ((size_t)64 << 20)
/* Left by a process that was killed while it wrote. */
#define TEMPORARY_PREFIX "tmp-"
#define TEMPORARY_AGE (60 * 60)
/* How much is freed when the limit is reached, so that this is rare. */
#define TRIM_PERCENT 80

struct cache {
	const char *folder;
	uint64_t limit;
	unsigned temporaries;
	uint64_t written;  /* since the last look at the folder */
	uint64_t used;	   /* at the last look */
	bool was_measured; /* the folder has been looked at */
};

/* ---- the folder --------------------------------------------------------------------- */

static const char *usual_folder(struct arena *arena, const char *name)
{
	const char *base = getenv("XDG_CACHE_HOME");

	if (base && base[0] == '/')
		return arena_printf(arena, "%s/%s", base, name);
	base = getenv("HOME");
	return base && base[0] == '/' ? arena_printf(arena, "%s/.cache/%s", base, name) : NULL;
}

const char *cache_default_folder(struct arena *arena)
{
	return usual_folder(arena, "so2check");
}

const char *cache_gate_folder(struct arena *arena)
{
	return usual_folder(arena, "so2check-gate");
}

static bool make_folders(struct arena *arena, const char *path)
{
	char *copy = arena_strdup(arena, path);

	for (char *slash = copy + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		if (mkdir(copy, 0700) && errno != EEXIST)
			return false;
		*slash = '/';
	}
	return mkdir(copy, 0700) == 0 || errno == EEXIST;
}

/* A folder that others may write to could be filled by them. */
static bool is_own_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
	       (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

struct cache *cache_open(struct arena *arena, const char *folder, uint64_t limit)
{
	struct cache *cache;

	if (!folder || !make_folders(arena, folder) || !is_own_folder(folder) || access(folder, R_OK | W_OK | X_OK))
		return NULL;
	cache = ARENA_NEW(arena, struct cache);
	cache->folder = arena_strdup(arena, folder);
	cache->limit = limit;
	return cache;
}

void cache_clear_when_ended(const struct cache *cache)
{
	ending_note_folder(cache->folder, TEMPORARY_PREFIX, CACHE_NEW_PART);
}

const char *cache_folder(const struct cache *cache)
{
	return cache->folder;
}

const char *cache_path(struct cache *cache, struct arena *arena, const char *name)
{
	return arena_printf(arena, "%s/%s", cache->folder, name);
}

void cache_remove(struct cache *cache, struct arena *arena, const char *name)
{
	unlink(cache_path(cache, arena, name));
}

void cache_touch(struct cache *cache, struct arena *arena, const char *name)
{
	/* The access time: what was read from it may be compared with its modification time. */
	const struct timespec times[2] = { { .tv_nsec = UTIME_NOW }, { .tv_nsec = UTIME_OMIT } };
	int descriptor = open(cache_path(cache, arena, name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (descriptor < 0)
		return;
	futimens(descriptor, times); /* by name it could be any file: Landlock does not ask */
	close(descriptor);
}

/* ---- checksums ---------------------------------------------------------------------- */

static void write_key(const unsigned char *digest, char key[CACHE_KEY_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < CACHE_KEY_SIZE / 2; i++) {
		key[2 * i] = digits[digest[i] >> 4];
		key[2 * i + 1] = digits[digest[i] & 15];
	}
	key[CACHE_KEY_SIZE - 1] = '\0';
}

static void write_sum(XXH128_hash_t sum, char key[CACHE_KEY_SIZE])
{
	XXH128_canonical_t canonical;

	XXH128_canonicalFromHash(&canonical, sum);
	write_key(canonical.digest, key);
}

void cache_key(const void *bytes, size_t length, char key[CACHE_KEY_SIZE])
{
	write_sum(XXH3_128bits(bytes, length), key);
}

void cache_strong_key(const void *bytes, size_t length, char key[CACHE_KEY_SIZE])
{
	struct sha256_ctx context;
	unsigned char digest[SHA256_DIGEST_SIZE];

	sha256_init(&context);
	sha256_update(&context, length, bytes);
	sha256_digest(&context, sizeof(digest), digest);
	write_key(digest, key);
}

/* Of a file's content and its name: a whole file under another's name is not what it is read as. */
static void seal(const char *name, const void *bytes, size_t length, char key[CACHE_KEY_SIZE])
{
	write_sum(XXH3_128bits_withSeed(bytes, length, XXH3_64bits(name, strlen(name))), key);
}

bool cache_sum_file(const char *path, char key[CACHE_KEY_SIZE], uint64_t *size)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat status;
	void *bytes = MAP_FAILED;

	if (descriptor < 0)
		return false;
	if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0)
		bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
	close(descriptor);
	if (bytes == MAP_FAILED)
		return false;
	*size = (uint64_t)status.st_size;
	cache_key(bytes, (size_t)status.st_size, key);
	munmap(bytes, (size_t)status.st_size);
	return true;
}

/* ---- room ----------------------------------------------------------------------------- */

struct aged_file {
	const char *name;
	uint64_t size;
	bool is_database;
	struct timespec used;
};

struct listing {
	struct aged_file *files;
	size_t count, capacity;
	uint64_t bytes, database_bytes;
};

static bool is_stale(const char *name, const struct stat *status)
{
	return strncmp(name, TEMPORARY_PREFIX, strlen(TEMPORARY_PREFIX)) == 0 &&
	       time(NULL) - status->st_mtim.tv_sec > TEMPORARY_AGE;
}

static bool is_database(const char *name)
{
	return strncmp(name, CACHE_DATABASE, strlen(CACHE_DATABASE)) == 0; /* and what SQLite keeps beside it */
}

static struct listing list_files(struct cache *cache, struct arena *arena)
{
	struct listing list = { 0 };
	DIR *directory = opendir(cache->folder);
	struct dirent *entry;

	while (directory && (entry = readdir(directory)) != NULL) {
		struct stat status;
		if (fstatat(dirfd(directory), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) || !S_ISREG(status.st_mode))
			continue;
		if (is_stale(entry->d_name, &status)) {
			unlinkat(dirfd(directory), entry->d_name, 0);
			continue;
		}
		struct aged_file file = { arena_strdup(arena, entry->d_name), (uint64_t)status.st_size,
					  is_database(entry->d_name), status.st_atim };
		ARENA_PUSH(arena, list.files, list.count, list.capacity, file);
		*(file.is_database ? &list.database_bytes : &list.bytes) += file.size;
	}
	if (directory)
		closedir(directory);
	return list;
}

static int compare_use(const void *left, const void *right)
{
	const struct aged_file *a = left, *b = right;

	if (a->used.tv_sec != b->used.tv_sec)
		return a->used.tv_sec < b->used.tv_sec ? -1 : 1;
	return a->used.tv_nsec < b->used.tv_nsec ? -1 : a->used.tv_nsec > b->used.tv_nsec;
}

static void trim(struct cache *cache, struct arena *arena)
{
	struct listing list = list_files(cache, arena);
	uint64_t goal = cache->limit / 100 * TRIM_PERCENT;

	if (list.bytes > cache->limit) {
		qsort(list.files, list.count, sizeof(*list.files), compare_use);
		for (size_t i = 0; i < list.count && list.bytes > goal; i++) {
			if (list.files[i].is_database)
				continue;
			cache_remove(cache, arena, list.files[i].name);
			list.bytes -= list.files[i].size;
		}
	}
	cache->used = list.bytes;
	cache->written = 0;
	cache->was_measured = true;
}

/* Other processes write, too: the folder is looked at first, and again after each
 * sixteenth of the limit. It may be passed by as much for each process. */
static void note_written(struct cache *cache, struct arena *arena, uint64_t size)
{
	cache->written += size;
	if (!cache->was_measured || cache->written > cache->limit / 16 || cache->used + cache->written > cache->limit)
		trim(cache, arena);
}

/* ---- files ------------------------------------------------------------------------------ */

const char *cache_temporary(struct cache *cache, struct arena *arena)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return arena_printf(arena, "%s/" TEMPORARY_PREFIX "%ld-%lx%lx-%u", cache->folder, (long)getpid(),
			    (unsigned long)now.tv_sec, (unsigned long)now.tv_nsec, cache->temporaries++);
}

bool cache_adopt(struct cache *cache, struct arena *arena, const char *temporary, const char *name)
{
	struct stat status;

	if (stat(temporary, &status) || rename(temporary, cache_path(cache, arena, name))) {
		unlink(temporary);
		return false;
	}
	note_written(cache, arena, (uint64_t)status.st_size);
	return true;
}

bool cache_write(struct cache *cache, struct arena *arena, const char *name, const void *bytes, size_t length)
{
	const char *temporary = cache_temporary(cache, arena);
	char header[HEADER_SIZE] = MAGIC;
	int descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (descriptor < 0)
		return false;
	seal(name, bytes, length, header + sizeof(MAGIC) - 1);
	header[HEADER_SIZE - 1] = '\n';
	bool is_written = file_write_whole(descriptor, header, HEADER_SIZE) &&
			  file_write_whole(descriptor, bytes, length);
	if (close(descriptor) || !is_written) {
		unlink(temporary);
		return false;
	}
	return cache_adopt(cache, arena, temporary, name);
}

/* As cache_write() made it? */
static bool is_whole(const char *name, const char header[HEADER_SIZE], const void *bytes, size_t length)
{
	char key[CACHE_KEY_SIZE];

	if (memcmp(header, MAGIC, sizeof(MAGIC) - 1) != 0 || header[HEADER_SIZE - 1] != '\n')
		return false;
	seal(name, bytes, length, key);
	return memcmp(header + sizeof(MAGIC) - 1, key, CACHE_KEY_SIZE - 1) == 0;
}

char *cache_read(struct cache *cache, struct arena *arena, const char *name, size_t *length)
{
	char *text;
	const char *error;
	size_t size;

	if (file_read(arena, cache_path(cache, arena, name), READ_LIMIT, &text, &size, &error))
		return NULL;
	if (size >= HEADER_SIZE && is_whole(name, text, text + HEADER_SIZE, size - HEADER_SIZE)) {
		*length = size - HEADER_SIZE;
		return text + HEADER_SIZE;
	}
	cache_remove(cache, arena, name);
	return NULL;
}

size_t cache_read_into(struct cache *cache, struct arena *arena, const char *name, void *memory, size_t size)
{
	int descriptor = open(cache_path(cache, arena, name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char header[HEADER_SIZE];
	size_t length = 0;

	if (descriptor < 0)
		return 0;
	ssize_t count = read(descriptor, header, sizeof(header));
	bool has_header = count == (ssize_t)sizeof(header);
	while (has_header && length < size && (count = read(descriptor, (char *)memory + length, size - length)) > 0)
		length += (size_t)count;
	close(descriptor);
	if (has_header && count == 0 && is_whole(name, header, memory, length))
		return length;
	cache_remove(cache, arena, name);
	return 0;
}

/* ---- parts ----------------------------------------------------------------------------------- */

struct cache *cache_open_part(struct cache *cache, struct arena *arena, const char *name, uint64_t limit)
{
	return cache_open(arena, cache_path(cache, arena, name), limit);
}

bool cache_take_from_part(struct cache *cache, struct arena *arena, struct cache *part, const char *name)
{
	const char *path = cache_path(part, arena, name);
	struct stat status;

	return lstat(path, &status) == 0 && S_ISREG(status.st_mode) && cache_adopt(cache, arena, path, name);
}

/* Only files can be in one. */
static unsigned remove_part(const char *path)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	unsigned left = 0;

	while (directory && (entry = readdir(directory)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			left += unlinkat(dirfd(directory), entry->d_name, 0) && errno != ENOENT;
	if (directory)
		closedir(directory);
	rmdir(path);
	return left;
}

void cache_remove_part(struct cache *cache, struct arena *arena, const char *name)
{
	remove_part(cache_path(cache, arena, name));
}

struct part_list {
	struct aged_file *items; /* size: with all files; used: when a file came or went last */
	size_t count, capacity, files;
	uint64_t bytes;
};

static void add_part(struct part_list *list, struct arena *arena, int folder, const char *name)
{
	int descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *directory = descriptor < 0 ? NULL : fdopendir(descriptor);
	struct aged_file part = { .name = arena_strdup(arena, name) };
	struct dirent *entry;
	struct stat status;

	if (!directory) {
		if (descriptor >= 0)
			close(descriptor);
		return;
	}
	if (fstat(descriptor, &status) == 0)
		part.used = status.st_mtim;
	while ((entry = readdir(directory)) != NULL) {
		if (fstatat(descriptor, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) || !S_ISREG(status.st_mode))
			continue;
		part.size += (uint64_t)status.st_size;
		list->files++;
	}
	closedir(directory);
	list->bytes += part.size;
	ARENA_PUSH(arena, list->items, list->count, list->capacity, part);
}

/* prefix: of their names; "": all folders. */
static struct part_list list_parts(struct cache *cache, struct arena *arena, const char *prefix)
{
	struct part_list list = { 0 };
	DIR *directory = opendir(cache->folder);
	struct dirent *entry;

	while (directory && (entry = readdir(directory)) != NULL)
		if (entry->d_name[0] != '.' && strncmp(entry->d_name, prefix, strlen(prefix)) == 0)
			add_part(&list, arena, dirfd(directory), entry->d_name);
	if (directory)
		closedir(directory);
	return list;
}

void cache_trim_parts(struct cache *cache, struct arena *arena, uint64_t bytes, size_t count)
{
	struct part_list list = list_parts(cache, arena, CACHE_PART);

	if (list.bytes <= bytes && list.count <= count)
		return;
	qsort(list.items, list.count, sizeof(*list.items), compare_use);
	for (size_t i = 0; i < list.count; i++) {
		if (list.bytes <= bytes / 100 * TRIM_PERCENT && list.count - i <= count / 100 * TRIM_PERCENT)
			break;
		cache_remove_part(cache, arena, list.items[i].name);
		list.bytes -= list.items[i].size;
	}
}

/* ---- for the user ------------------------------------------------------------------------- */

struct cache_usage cache_usage(struct cache *cache, struct arena *arena)
{
	struct listing list = list_files(cache, arena);
	struct part_list parts = list_parts(cache, arena, "");

	return (struct cache_usage){ .bytes = list.bytes + list.database_bytes + parts.bytes,
				     .database_bytes = list.database_bytes,
				     .files = (unsigned)(list.count + parts.files) };
}

unsigned cache_clear(struct cache *cache, struct arena *arena)
{
	struct listing list = list_files(cache, arena);
	struct part_list parts = list_parts(cache, arena, "");
	unsigned left = 0;

	for (size_t i = 0; i < list.count; i++)
		left += unlink(cache_path(cache, arena, list.files[i].name)) && errno != ENOENT;
	for (size_t i = 0; i < parts.count; i++)
		left += remove_part(cache_path(cache, arena, parts.items[i].name));
	return left;
}
