/* What a worker of `fix` sends, if it was taken over: any bytes, or a message made of edits that may fit or not. No file gets
 * anything but the edits that were sent, all of them, and none outside of what was given is changed. */
#include "bytes.h"

#include "../../../checker/cli/fix_worker.h"
#include "base/wire.h"
#include "cache/cache.h"

#include <string.h>

enum { MOST_FIXES = 3, MOST_EDITS = 3 };

struct message {
	const char *name;
	struct fix fixes[MOST_FIXES];
	int count;
};

static struct fix_edit make_edit(struct fuzz *fuzz, struct fuzz_bytes *bytes, size_t begin)
{
	size_t from = begin + fuzz_take(bytes);

	return (struct fix_edit){ from, from + fuzz_take_below(bytes, 32), fuzz_take_line(bytes, fuzz->arena) };
}

/* The edits follow each other, or, one time of four, begin anywhere. */
static struct message make_message(struct fuzz *fuzz, struct fuzz_bytes *bytes, const char *name)
{
	struct message message = { .name = name, .count = (int)fuzz_take_below(bytes, MOST_FIXES + 1) };
	size_t at = 0;

	for (int i = 0; i < message.count; i++) {
		struct fix *fix = &message.fixes[i];
		int count = (int)fuzz_take_below(bytes, MOST_EDITS + 1);

		for (int k = 0; k < count; k++) {
			struct fix_edit edit = make_edit(fuzz, bytes, fuzz_take_below(bytes, 4) ? at + 1 : 0);
			at = edit.end;
			ARENA_PUSH(fuzz->arena, fix->edits, fix->edit_count, fix->edit_capacity, edit);
		}
	}
	return message;
}

/* In the order that they are written, none touching the one before: what must be taken. */
static bool is_plain(const struct message *message, size_t length)
{
	size_t at = 0;

	for (int i = 0; i < message->count; i++) {
		for (int k = 0; k < message->fixes[i].edit_count; k++) {
			const struct fix_edit *edit = &message->fixes[i].edits[k];

			if (edit->begin <= at || edit->end > length)
				return false;
			at = edit->end;
		}
	}
	return true;
}

static const char *expected(struct fuzz *fuzz, const struct message *message, const struct fix_file *file,
			    size_t *length)
{
	struct text text = text_create(fuzz->arena);
	size_t at = 0;

	for (int i = 0; i < message->count; i++) {
		for (int k = 0; k < message->fixes[i].edit_count; k++) {
			const struct fix_edit *edit = &message->fixes[i].edits[k];

			text_add_n(&text, file->text + at, edit->begin - at);
			text_add(&text, edit->text);
			at = edit->end;
		}
	}
	text_add_n(&text, file->text + at, file->length - at);
	*length = text.length;
	return text_get(&text);
}

static struct text write_message(struct fuzz *fuzz, const struct message *message, const char *key)
{
	struct text bytes = text_create(fuzz->arena);

	wire_put_number(&bytes, 0);
	wire_put_number(&bytes, 1);
	wire_put_number(&bytes, 0);
	wire_put_number(&bytes, 0); /* nothing logged */
	wire_put_number(&bytes, 1);
	wire_put_text(&bytes, message->name);
	wire_put_text(&bytes, key);
	wire_put_number(&bytes, (uint64_t)message->count);
	for (int i = 0; i < message->count; i++) {
		wire_put_number(&bytes, (uint64_t)message->fixes[i].edit_count);
		for (int k = 0; k < message->fixes[i].edit_count; k++) {
			const struct fix_edit *edit = &message->fixes[i].edits[k];

			wire_put_number(&bytes, edit->begin);
			wire_put_number(&bytes, edit->end);
			wire_put_text(&bytes, edit->text);
		}
	}
	return bytes;
}

static void send_edits(struct fuzz *fuzz, struct fix_worker *worker, struct fuzz_bytes *bytes)
{
	const char *const names[] = { fuzz_path(fuzz, "main.c"),
				      fuzz_path(fuzz, "Sub/../inc/../main.c"),
				      fuzz_path(fuzz, "../fuzz.c"),
				      fuzz_path(fuzz, "driver.vcxproj"),
				      "/etc/passwd",
				      "" };
	enum { ALLOWED_NAMES = 2 };
	unsigned chosen = fuzz_take_below(bytes, sizeof(names) / sizeof(names[0]));
	bool has_key = fuzz_take_below(bytes, 8) != 7, is_last;
	struct message message = make_message(fuzz, bytes, names[chosen]);
	const char *problem;
	struct fix_file *file = fix_files_find(worker->files, names[0], &problem);
	const char *before = file->text, *wanted = before;
	size_t length_before = file->length, length = length_before;
	char key[CACHE_KEY_SIZE];
	bool is_fit = is_plain(&message, file->length);

	if (is_fit)
		wanted = expected(fuzz, &message, file, &length);
	cache_strong_key(wanted, length, key);
	key[0] ^= !has_key;
	struct text sent = write_message(fuzz, &message, key);
	problem = fix_worker_take(worker, fuzz->arena, sent.data, sent.length, &is_last);
	fuzz_require(problem || chosen < ALLOWED_NAMES, "%s may be changed", names[chosen]);
	fuzz_require(problem || has_key, "a text that the worker has not seen");
	if (problem) {
		fuzz_require(!is_fit || !has_key || chosen >= ALLOWED_NAMES, "plain edits: %s", problem);
		fuzz_require(file->text == before && file->length == length_before, "refused, and changed");
		return;
	}
	if (is_fit)
		fuzz_require(file->length == length && memcmp(file->text, wanted, length) == 0, "other edits");
	fuzz_accepted();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	const char *operand = fuzz_path(&fuzz, ".");
	struct run run = { .arena = fuzz.arena, .pool = fuzz.pool, .log = fuzz.log };
	struct fix_worker worker = {
		.run = &run,
		.files = fix_files_create(fuzz.arena, &(struct text_list){ .items = &operand, .count = 1 }),
	};
	struct fuzz_bytes bytes = { fuzz.text, fuzz.size };
	bool is_raw = fuzz_take_below(&bytes, 2), is_last;

	if (is_raw)
		fix_worker_take(&worker, fuzz.arena, bytes.at, bytes.left, &is_last);
	while (!is_raw && bytes.left > 0)
		send_edits(&fuzz, &worker, &bytes);
	fuzz_end(&fuzz);
	return 0;
}
