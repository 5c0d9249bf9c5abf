/* Bytes that this program wrote for itself, damaged, or made by a worker that was taken over. The first byte chooses the
 * reader; what it takes is packed again and must be read as the same. */
#include "formats.h"

#include "base/wire.h"
#include "cache/memo.h"
#include "ir/ir_pack.h"
#include "report/wire.h"

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- reports --------------------------------------------------------------------------- */

static struct text pack_report(struct fuzz *fuzz, const struct report *report)
{
	struct text bytes = text_create(fuzz->arena);

	report_pack(report, &bytes);
	return bytes;
}

static void check_report(struct fuzz *fuzz, const char *bytes, size_t length)
{
	struct rule_set few = *fuzz_rules();
	struct report_options options = { .tool_version = "0", .libclang_version = "0", .rules = &few };
	struct report report, again;

	report_init(&report, fuzz->arena);
	report_init(&again, fuzz->arena);
	bool is_whole = report_unpack(&report, fuzz->pool, fuzz_rules(), bytes, length);
	if (is_whole) {
		fuzz_accepted();
		struct text first = pack_report(fuzz, &report);
		fuzz_require(report_unpack(&again, fuzz->pool, fuzz_rules(), first.data, first.length),
			     "not read again");
		struct text second = pack_report(fuzz, &again);
		fuzz_require(first.length == second.length && memcmp(first.data, second.data, first.length) == 0,
			     "read as another report");
	}
	/* What came before a flaw is in the report, too. */
	struct source_cache *sources = source_cache_create_given(fuzz->arena);
	few.rule_count = 1;
	findings_finish(&report, sources);
	fuzz_require_formats(fuzz, &report, sources, options, length % 8 == 0);
}

/* ---- units ------------------------------------------------------------------------------- */

static void check_unit(struct fuzz *fuzz, const char *bytes, size_t length)
{
	struct ir_unit *unit = ir_unit_unpack(fuzz->arena, fuzz->pool, bytes, length);
	struct text first = text_create(fuzz->arena), second = text_create(fuzz->arena);

	if (!unit)
		return;
	fuzz_accepted();
	if (!ir_unit_pack(unit, fuzz->pool, &first))
		return;
	unit = ir_unit_unpack(fuzz->arena, fuzz->pool, first.data, first.length);
	fuzz_require(unit, "not read again");
	fuzz_require(ir_unit_pack(unit, fuzz->pool, &second), "not packed again");
	fuzz_require(first.length == second.length && memcmp(first.data, second.data, first.length) == 0,
		     "read as another unit");
}

/* ---- files of the cache ----------------------------------------------------------------------- */

static char folder[PATH_MAX]; /* below TMPDIR, which run.sh empties: a fuzzer that is stopped leaves it behind */

static int remove_item(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

static void remove_folder(void)
{
	nftw(folder, remove_item, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *scratch_folder(void)
{
	const char *parent = getenv("TMPDIR");

	if (folder[0])
		return folder;
	snprintf(folder, sizeof(folder), "%s/so2check-fuzz-XXXXXX", parent && *parent ? parent : "/tmp");
	fuzz_require(mkdtemp(folder) && atexit(remove_folder) == 0, "no folder");
	return folder;
}

/* Bytes of the input are laid over the file: pairs of a place (two bytes) and a value. */
static void damage(const char *path, const char *bytes, size_t length)
{
	int file = open(path, O_RDWR | O_CLOEXEC);
	struct stat status;

	fuzz_require(file >= 0 && fstat(file, &status) == 0 && status.st_size > 0, "%s", path);
	for (size_t i = 0; i + 2 < length; i += 3) {
		off_t place = ((off_t)(unsigned char)bytes[i] << 8 | (unsigned char)bytes[i + 1]) % status.st_size;
		fuzz_require(pwrite(file, &bytes[i + 2], 1, place) == 1, "%s", path);
	}
	if (length % 3 == 1)
		fuzz_require(ftruncate(file, (unsigned char)bytes[length - 1]) == 0, "%s", path);
	close(file);
}

static void check_entry(struct fuzz *fuzz, const char *bytes, size_t length)
{
	static const char content[] = "what another run has worked out";
	struct cache *cache = cache_open(fuzz->arena, scratch_folder(), 1 << 20);
	size_t size = 0;

	fuzz_require(cache && cache_write(cache, fuzz->arena, "entry", content, sizeof(content)), "not written");
	damage(cache_path(cache, fuzz->arena, "entry"), bytes, length);
	const char *read = cache_read(cache, fuzz->arena, "entry", &size);
	fuzz_require(!read || (size == sizeof(content) && memcmp(read, content, size) == 0), "taken, damaged as it is");
}

static void check_database(struct fuzz *fuzz, const char *bytes, size_t length)
{
	static const char content[] = "the report of a driver";
	struct cache *cache = cache_open(fuzz->arena, scratch_folder(), 1 << 20);
	struct input_files inputs = { 0 };
	size_t size = 0;

	fuzz_require(cache, "no cache");
	cache_clear(cache, fuzz->arena);
	struct memo *memo = memo_open(cache, 1 << 20);
	fuzz_require(memo, "no database");
	memo_put(memo, "key", &inputs, 0, content, sizeof(content));
	memo_close(memo);
	damage(arena_printf(fuzz->arena, "%s/%s", scratch_folder(), CACHE_DATABASE), bytes, length);
	memo = memo_open(cache, 1 << 20);
	const char *read = memo ? memo_find(memo, fuzz->arena, "key", &size, NULL) : NULL;
	fuzz_require(!read || (size == sizeof(content) && memcmp(read, content, size) == 0), "taken, damaged as it is");
	if (memo)
		memo_put(memo, "other", &inputs, 0, content, sizeof(content));
	memo_close(memo);
}

/* ---- base/wire.h ---------------------------------------------------------------------------------- */

static void check_words(struct fuzz *fuzz, const char *bytes, size_t length)
{
	struct wire_reader reader = { .arena = fuzz->arena, .pool = fuzz->pool, .at = bytes, .left = length };
	struct text written = text_create(fuzz->arena);

	while (reader.left > 0 && !reader.is_broken) {
		uint64_t number = wire_take_number(&reader);
		int64_t change = wire_take_signed(&reader);
		size_t count = wire_take_count(&reader);
		struct span span = wire_take_span(&reader);
		fuzz_require(count <= length, "%zu things in %zu bytes", count, length);
		size_t before = written.length;
		wire_put_number(&written, number);
		wire_put_signed(&written, change);
		wire_put_span(&written, &span);
		struct wire_reader other = { .arena = fuzz->arena,
					     .pool = fuzz->pool,
					     .at = written.data + before,
					     .left = written.length - before };
		fuzz_require(wire_take_number(&other) == number && wire_take_signed(&other) == change, "other numbers");
		struct span same = wire_take_span(&other);
		fuzz_require(same.file == span.file && same.end_column == span.end_column && other.left == 0,
			     "another span");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const readers[])(struct fuzz * fuzz, const char *bytes, size_t length) = {
		check_report, check_report, check_unit, check_unit, check_words, check_entry, check_database,
	};
	struct fuzz fuzz = fuzz_begin(data, size);

	if (size > 0)
		readers[data[0] % (sizeof(readers) / sizeof(readers[0]))](&fuzz, fuzz.text + 1, size - 1);
	fuzz_end(&fuzz);
	return 0;
}
