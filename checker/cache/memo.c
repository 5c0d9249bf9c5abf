/* See memo.h. Two tables: `file` knows for each path the stamp at which its content had which sum, `entry`
 * holds the results. The inputs of an entry are pairs of a file's number, never given to another, and the sum
 * that it had (0: absent). */
#include "cache/memo.h"

#include "base/file.h"
#include "base/intern.h"
#include "base/strmap.h"
#include "base/text.h"
#include "base/unsaved.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#define SCHEMA_VERSION 1
#define BUSY_MILLISECONDS 5000
#define FILE_LIMIT ((size_t)256 << 20)
#define HOUR (60 * 60)
#define DAY (24 * HOUR)
/* After the limit was reached, entries are dropped until so much is taken. */
#define TRIM_PERCENT 75

static const char schema[] = "CREATE TABLE file (id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE,"
			     " stamp TEXT NOT NULL, sum INTEGER NOT NULL, seen INTEGER NOT NULL);"
			     "CREATE TABLE entry (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
			     " made INTEGER NOT NULL, used INTEGER NOT NULL,"
			     " inputs BLOB NOT NULL, bytes BLOB NOT NULL, sum TEXT NOT NULL);";

enum statement {
	FILE_BY_ID,
	FILE_BY_PATH,
	FILE_PUT,
	ENTRY_FIND,
	ENTRY_USED,
	ENTRY_PUT,
	ENTRY_DROP,
	STATEMENT_COUNT,
};

static const char *const statement_texts[STATEMENT_COUNT] = {
	[FILE_BY_ID] = "SELECT id, path, stamp, sum FROM file WHERE id = ?",
	[FILE_BY_PATH] = "SELECT id, path, stamp, sum FROM file WHERE path = ?",
	[FILE_PUT] = "INSERT INTO file (path, stamp, sum, seen) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (path)"
		     " DO UPDATE SET stamp = ?2, sum = ?3, seen = ?4 RETURNING id",
	[ENTRY_FIND] = "SELECT inputs, bytes, sum, used FROM entry WHERE key = ?",
	[ENTRY_USED] = "UPDATE entry SET used = ?2 WHERE key = ?1",
	[ENTRY_PUT] = "INSERT OR REPLACE INTO entry (key, made, used, inputs, bytes, sum)"
		      " VALUES (?1, ?2, ?2, ?3, ?4, ?5)",
	/* Numbers rise: the first of those that were used last on the same day is the oldest. */
	[ENTRY_DROP] = "DELETE FROM entry WHERE id IN (SELECT id FROM entry ORDER BY used, id LIMIT 1 +"
		       " (SELECT count(*) FROM entry) / 16)",
};

/* What no content has as its sum. */
#define ABSENT 0u
#define UNKNOWN_STATE UINT64_MAX /* not a file, or changing */

/* A file of this process's acquaintance. */
struct known_file {
	int64_t id;
	const char *path, *stamp; /* interned; stamp "" of one that was only ever absent */
	uint64_t sum;
	uint64_t now;	/* its content when it was looked at last */
	time_t checked; /* when that was; 0: never */
	time_t stored;	/* when this process wrote its row; 0: it has to be written */
};

struct memo {
	sqlite3 *database;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	struct arena *arena;
	struct intern_pool *pool;
	struct keymap *by_id, *by_path;
	const char *path;
	uint64_t limit;
	bool is_useless; /* something went wrong: nothing is found or kept any more */
};

static const char **copy_texts(struct arena *arena, const char *const *texts, int count)
{
	const char **copy = ARENA_ARRAY(arena, const char *, (size_t)count);

	for (int i = 0; i < count; i++)
		copy[i] = arena_strdup(arena, texts[i]);
	return copy;
}

struct input_files *input_files_copy(struct arena *arena, const struct input_files *inputs)
{
	if (!inputs)
		return NULL;
	struct input_files *copy = ARENA_NEW(arena, struct input_files);
	*copy = *inputs;
	copy->read = copy_texts(arena, inputs->read, inputs->read_count);
	copy->absent = copy_texts(arena, inputs->absent, inputs->absent_count);
	copy->read_capacity = copy->read_count;
	copy->absent_capacity = copy->absent_count;
	return copy;
}

/* ---- trouble ---------------------------------------------------------------------------- */

/* Others that have it open go on with what they have; it is theirs alone then. */
static void remove_database(const struct memo *memo)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		unlink(arena_printf(memo->arena, "%s%s", memo->path, endings[i]));
}

/* false: it failed. A full disk or a lock that never comes costs this process its memo, damage costs everybody
 * the database. */
static bool is_fine(struct memo *memo, int code)
{
	if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
		return true;
	memo->is_useless = true;
	if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
		remove_database(memo);
	return false;
}

static bool execute(struct memo *memo, const char *sql)
{
	return is_fine(memo, sqlite3_exec(memo->database, sql, NULL, NULL, NULL));
}

/* ---- opening ------------------------------------------------------------------------------ */

static int64_t ask_number(struct memo *memo, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	int64_t number = -1;

	if (is_fine(memo, sqlite3_prepare_v2(memo->database, sql, -1, &statement, NULL)) &&
	    is_fine(memo, sqlite3_step(statement)))
		number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return number;
}

/* Two processes may do this at once: the second finds it done. */
static bool make_schema(struct memo *memo)
{
	int64_t version = ask_number(memo, "PRAGMA user_version");

	if (version == SCHEMA_VERSION)
		return true;
	if (version != 0) /* of another so2check, or damaged */
		return is_fine(memo, SQLITE_CORRUPT);
	if (!execute(memo, "BEGIN IMMEDIATE"))
		return false;
	if (ask_number(memo, "PRAGMA user_version") == 0)
		execute(memo, schema);
	execute(memo, arena_printf(memo->arena, "PRAGMA user_version = %d", SCHEMA_VERSION));
	return !memo->is_useless && execute(memo, "COMMIT");
}

static bool open_database(struct memo *memo)
{
	/* What a power cut leaves behind is recognised and made again: nothing waits for the disk. */
	static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
				       "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;";
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

	memo->is_useless = false;
	if (!is_fine(memo, sqlite3_open_v2(memo->path, &memo->database, flags, NULL)))
		return false;
	sqlite3_busy_timeout(memo->database, BUSY_MILLISECONDS);
	if (!execute(memo, settings) || !make_schema(memo))
		return false;
	for (int i = 0; i < STATEMENT_COUNT; i++)
		if (!is_fine(memo, sqlite3_prepare_v3(memo->database, statement_texts[i], -1, SQLITE_PREPARE_PERSISTENT,
						      &memo->statements[i], NULL)))
			return false;
	return true;
}

static void close_database(struct memo *memo)
{
	for (int i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(memo->statements[i]);
	memset(memo->statements, 0, sizeof(memo->statements));
	sqlite3_close(memo->database);
	memo->database = NULL;
}

struct memo *memo_open(struct cache *cache, uint64_t limit)
{
	struct arena *arena = arena_create();
	struct memo *memo = ARENA_NEW(arena, struct memo);

	*memo = (struct memo){ .arena = arena,
			       .pool = intern_create(),
			       .by_id = keymap_create(arena),
			       .by_path = keymap_create(arena),
			       .path = cache_path(cache, arena, CACHE_DATABASE),
			       .limit = limit };
	for (int attempt = 0; attempt < 2; attempt++) { /* the second after a damaged one is gone */
		if (open_database(memo))
			return memo;
		close_database(memo);
	}
	memo_close(memo);
	return NULL;
}

void memo_close(struct memo *memo)
{
	if (!memo)
		return;
	close_database(memo);
	intern_destroy(memo->pool);
	arena_destroy(memo->arena);
}

/* ---- statements ----------------------------------------------------------------------------- */

static void bind_text(sqlite3_stmt *statement, int index, const char *text)
{
	sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

/* To be given parameters, then to take_row(). */
static sqlite3_stmt *begin(struct memo *memo, enum statement which)
{
	sqlite3_reset(memo->statements[which]);
	return memo->statements[which];
}

/* A statement that is not reset holds a read lock. */
static void end(sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

static bool take_row(struct memo *memo, sqlite3_stmt *statement)
{
	int code = sqlite3_step(statement);

	return is_fine(memo, code) && code == SQLITE_ROW;
}

static bool run(struct memo *memo, sqlite3_stmt *statement)
{
	bool is_done = is_fine(memo, sqlite3_step(statement));

	end(statement);
	return is_done;
}

/* ---- files ------------------------------------------------------------------------------------ */

static void remember(struct memo *memo, struct known_file *file)
{
	keymap_put(memo->by_path, KEYMAP_KEY(file->path), file);
	if (file->id)
		keymap_put(memo->by_id, (uint64_t)file->id, file);
}

static const char *column_name(struct memo *memo, sqlite3_stmt *statement, int column)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);

	return intern(memo->pool, text ? text : "");
}

static struct known_file *read_file_row(struct memo *memo, sqlite3_stmt *statement)
{
	struct known_file *file = NULL;

	if (take_row(memo, statement)) {
		file = ARENA_NEW(memo->arena, struct known_file);
		*file = (struct known_file){ .id = sqlite3_column_int64(statement, 0),
					     .path = column_name(memo, statement, 1),
					     .stamp = column_name(memo, statement, 2),
					     .sum = (uint64_t)sqlite3_column_int64(statement, 3) };
		remember(memo, file);
	}
	end(statement);
	return file;
}

static struct known_file *file_by_id(struct memo *memo, int64_t id)
{
	struct known_file *file = keymap_get(memo->by_id, (uint64_t)id);

	if (file)
		return file;
	sqlite3_stmt *statement = begin(memo, FILE_BY_ID);
	sqlite3_bind_int64(statement, 1, id);
	return read_file_row(memo, statement);
}

static struct known_file *file_by_path(struct memo *memo, const char *path)
{
	const char *name = intern(memo->pool, path);
	struct known_file *file = keymap_get(memo->by_path, KEYMAP_KEY(name));

	if (file)
		return file;
	sqlite3_stmt *statement = begin(memo, FILE_BY_PATH);
	bind_text(statement, 1, name);
	file = read_file_row(memo, statement);
	if (!file) {
		file = ARENA_NEW(memo->arena, struct known_file);
		*file = (struct known_file){ .path = name, .stamp = "" };
		remember(memo, file);
	}
	return file;
}

/* 0: it cannot be read. */
static uint64_t sum_of(const char *path)
{
	struct arena *arena = arena_create();
	char *text;
	size_t length;
	const char *error;
	uint64_t sum = 0;

	if (!file_read(arena, path, FILE_LIMIT, &text, &length, &error)) {
		sum = XXH3_64bits(text, length);
		if (sum == ABSENT || sum == UNKNOWN_STATE)
			sum = 1;
	}
	arena_destroy(arena);
	return sum;
}

/* Its content, if it stays the same meanwhile; else something that is no content. */
static uint64_t read_sum(struct memo *memo, struct known_file *file, const char *stamp)
{
	uint64_t sum = sum_of(file->path);
	const char *after = file_stamp(memo->arena, file->path, NULL);

	if (sum == 0 || !after || strcmp(stamp, after) != 0)
		return UNKNOWN_STATE;
	file->stamp = intern(memo->pool, stamp);
	file->sum = sum;
	file->stored = 0;
	return sum;
}

/* Sets what it is now. *changed: when it changed last. */
static void look_at(struct memo *memo, struct known_file *file, time_t *changed)
{
	struct arena *arena = arena_create();
	const char *stamp = file_stamp(arena, file->path, changed);

	file->checked = time(NULL);
	if (unsaved_file_find(file->path))
		file->now = UNKNOWN_STATE;
	else if (!stamp)
		file->now = access(file->path, F_OK) == 0 ? UNKNOWN_STATE : ABSENT;
	else if (file->sum != 0 && strcmp(stamp, file->stamp) == 0)
		file->now = file->sum;
	else
		file->now = read_sum(memo, file, stamp);
	arena_destroy(arena);
}

/* A second is short beside the time that a run takes to read its files. */
static uint64_t state_now(struct memo *memo, struct known_file *file)
{
	if (unsaved_file_find(file->path)) /* no result on disk is about a text that is not */
		return UNKNOWN_STATE;
	if (file->checked == 0 || file->checked != time(NULL))
		look_at(memo, file, NULL);
	return file->now;
}

/* ---- finding ------------------------------------------------------------------------------------ */

struct input {
	int64_t id;
	uint64_t sum;
};

struct entry {
	const char *inputs, *bytes;
	size_t input_length, length;
	int64_t used;
};

static bool are_inputs_current(struct memo *memo, struct arena *arena, const struct entry *entry,
			       struct input_files *files)
{
	if (entry->input_length % sizeof(struct input) != 0)
		return false;
	for (size_t at = 0; at < entry->input_length; at += sizeof(struct input)) {
		struct input input;
		memcpy(&input, entry->inputs + at, sizeof(input));
		struct known_file *file = file_by_id(memo, input.id);
		if (!file || state_now(memo, file) != input.sum)
			return false;
		if (files && input.sum != ABSENT)
			ARENA_PUSH(arena, files->read, files->read_count, files->read_capacity, file->path);
		else if (files)
			ARENA_PUSH(arena, files->absent, files->absent_count, files->absent_capacity, file->path);
	}
	return true;
}

static void sum_entry(const char *key, const char *inputs, size_t input_length, const char *bytes, size_t length,
		      char sum[CACHE_KEY_SIZE])
{
	struct arena *arena = arena_create();
	struct text whole = text_create(arena);

	text_printf(&whole, "%s\n", key);
	cache_key(inputs, input_length, sum);
	text_printf(&whole, "%s\n", sum);
	cache_key(bytes, length, sum);
	text_printf(&whole, "%s\n", sum);
	cache_key(text_get(&whole), whole.length, sum);
	arena_destroy(arena);
}

static const char *column_bytes(struct arena *arena, sqlite3_stmt *statement, int column, size_t *length)
{
	const void *bytes = sqlite3_column_blob(statement, column); /* NULL when it is empty */

	*length = (size_t)sqlite3_column_bytes(statement, column);
	return arena_strndup(arena, bytes ? bytes : "", *length);
}

static bool read_entry(struct memo *memo, struct arena *arena, const char *key, struct entry *entry)
{
	sqlite3_stmt *statement = begin(memo, ENTRY_FIND);
	char sum[CACHE_KEY_SIZE];
	bool is_whole = false;

	bind_text(statement, 1, key);
	if (take_row(memo, statement)) {
		const char *kept = (const char *)sqlite3_column_text(statement, 2);
		*entry = (struct entry){ .used = sqlite3_column_int64(statement, 3) };
		entry->inputs = column_bytes(arena, statement, 0, &entry->input_length);
		entry->bytes = column_bytes(arena, statement, 1, &entry->length);
		sum_entry(key, entry->inputs, entry->input_length, entry->bytes, entry->length, sum);
		is_whole = kept && strcmp(kept, sum) == 0;
		if (!is_whole)
			is_fine(memo, SQLITE_CORRUPT);
	}
	end(statement);
	return is_whole;
}

/* All in one transaction: a lock for each of a thousand files would take longer than to look at them. */
static bool find_current(struct memo *memo, struct arena *arena, const char *key, struct entry *entry,
			 struct input_files *inputs)
{
	bool is_current = execute(memo, "BEGIN") && read_entry(memo, arena, key, entry) &&
			  are_inputs_current(memo, arena, entry, inputs);

	sqlite3_exec(memo->database, "COMMIT", NULL, NULL, NULL); /* nothing was written */
	return is_current;
}

const char *memo_find(struct memo *memo, struct arena *arena, const char *key, size_t *length,
		      struct input_files *inputs)
{
	struct entry entry;
	time_t now = time(NULL);

	if (inputs)
		*inputs = (struct input_files){ 0 };
	if (memo->is_useless || !find_current(memo, arena, key, &entry, inputs))
		return NULL;
	if (entry.used + DAY < now) {
		sqlite3_stmt *statement = begin(memo, ENTRY_USED);
		bind_text(statement, 1, key);
		sqlite3_bind_int64(statement, 2, now);
		run(memo, statement);
	}
	*length = entry.length;
	return entry.bytes;
}

/* ---- putting -------------------------------------------------------------------------------------- */

static bool store_file(struct memo *memo, struct known_file *file)
{
	sqlite3_stmt *statement = begin(memo, FILE_PUT);

	if (file->stored + HOUR > time(NULL))
		return true;
	bind_text(statement, 1, file->path);
	bind_text(statement, 2, file->stamp);
	sqlite3_bind_int64(statement, 3, (int64_t)file->sum);
	sqlite3_bind_int64(statement, 4, time(NULL));
	bool is_stored = take_row(memo, statement);
	if (is_stored) {
		file->id = sqlite3_column_int64(statement, 0);
		file->stored = time(NULL);
		remember(memo, file);
	}
	end(statement);
	return is_stored;
}

/* false: it may not be what was read. */
static bool is_settled(struct memo *memo, struct known_file *file, time_t started, time_t *changed)
{
	look_at(memo, file, changed);
	return file->now != ABSENT && file->now != UNKNOWN_STATE && *changed + FILE_SETTLED_SECONDS <= started;
}

static bool is_missing(struct memo *memo, struct known_file *file)
{
	look_at(memo, file, NULL);
	return file->now == ABSENT;
}

struct dated_input {
	struct input input;
	time_t changed;
};

/* What changed last is the likeliest to change next: it is looked at first. */
static int compare_change(const void *left, const void *right)
{
	const struct dated_input *a = left, *b = right;

	if (a->changed != b->changed)
		return a->changed > b->changed ? -1 : 1;
	return a->input.id < b->input.id ? -1 : a->input.id > b->input.id;
}

/* The files' numbers and sums; NULL: no entry can be made of them. */
static struct input *make_inputs(struct memo *memo, struct arena *arena, const struct input_files *inputs,
				 time_t started)
{
	size_t count = (size_t)inputs->read_count + (size_t)inputs->absent_count, done = 0;
	struct dated_input *dated = ARENA_ARRAY(arena, struct dated_input, count);
	struct input *pairs = ARENA_ARRAY(arena, struct input, count);

	for (int i = 0; i < inputs->read_count; i++) {
		struct known_file *file = file_by_path(memo, inputs->read[i]);
		if (!is_settled(memo, file, started, &dated[done].changed) || !store_file(memo, file))
			return NULL;
		dated[done++].input = (struct input){ file->id, file->now };
	}
	for (int i = 0; i < inputs->absent_count; i++) {
		struct known_file *file = file_by_path(memo, inputs->absent[i]);
		if (!is_missing(memo, file) || !store_file(memo, file))
			return NULL;
		dated[done++].input = (struct input){ file->id, ABSENT };
	}
	if (count > 0)
		qsort(dated, count, sizeof(*dated), compare_change);
	for (size_t i = 0; i < count; i++)
		pairs[i] = dated[i].input;
	return pairs;
}

static bool write_entry(struct memo *memo, const char *key, const char *inputs, size_t input_length, const char *bytes,
			size_t length)
{
	sqlite3_stmt *statement = begin(memo, ENTRY_PUT);
	char sum[CACHE_KEY_SIZE];

	sum_entry(key, inputs, input_length, bytes, length, sum);
	bind_text(statement, 1, key);
	sqlite3_bind_int64(statement, 2, time(NULL));
	sqlite3_bind_blob64(statement, 3, inputs, input_length, SQLITE_STATIC);
	sqlite3_bind_blob64(statement, 4, bytes, length, SQLITE_STATIC);
	bind_text(statement, 5, sum);
	return run(memo, statement);
}

static uint64_t bytes_in_use(struct memo *memo)
{
	int64_t pages = ask_number(memo, "PRAGMA page_count"), unused = ask_number(memo, "PRAGMA freelist_count");
	int64_t size = ask_number(memo, "PRAGMA page_size");

	return memo->is_useless ? 0 : (uint64_t)((pages - unused) * size);
}

/* The row of a file that an entry names was written at most HOUR before the entry was. Freed pages are used again; the file does not shrink. */
static void make_room(struct memo *memo)
{
	uint64_t used = bytes_in_use(memo);

	if (used <= memo->limit)
		return;
	while (!memo->is_useless && used > memo->limit / 100 * TRIM_PERCENT) {
		run(memo, begin(memo, ENTRY_DROP));
		execute(memo,
			"DELETE FROM file WHERE seen < (SELECT coalesce(min(made), 1 << 62) FROM entry) - 2 * 3600");
		uint64_t before = used;
		used = bytes_in_use(memo);
		if (used >= before)
			break;
	}
}

void memo_put(struct memo *memo, const char *key, const struct input_files *inputs, time_t started, const char *bytes,
	      size_t length)
{
	struct arena *arena = arena_create();
	size_t count = (size_t)inputs->read_count + (size_t)inputs->absent_count;

	if (!memo->is_useless && execute(memo, "BEGIN IMMEDIATE")) {
		const struct input *pairs = make_inputs(memo, arena, inputs, started);
		bool is_kept = pairs &&
			       write_entry(memo, key, (const char *)pairs, count * sizeof(*pairs), bytes, length);
		if (is_kept)
			make_room(memo);
		/* What was learnt of the files holds without the entry, too. */
		if (memo->is_useless || !execute(memo, "COMMIT"))
			sqlite3_exec(memo->database, "ROLLBACK", NULL, NULL, NULL);
	}
	arena_destroy(arena);
}
