/* See known_results.h. */
#include "known_results.h"

#include "base/file.h"
#include "base/paths.h"
#include "base/wire.h"
#include "ir/ir_pack.h"

#include <string.h>

#define FORMAT "known 1 "

static bool has_no_box(const struct run *run)
{
	return run->options->sandbox == SANDBOX_OFF || run->options->with;
}

/* Found without a box by a run that counts as one with it: it may use what such a run has left, and leaves nothing. */
static bool is_outside_box(const struct run *run)
{
	return run->roots && run->options->jobs == 0 && !has_no_box(run);
}

/* Everything but commands and files that decides what is found in a unit, and all of it that decides how a unit is
 * lowered. NULL: it cannot be told. */
static const char *identify_run(struct run *run)
{
	struct text text = text_create(run->arena);
	const char *program = file_stamp(run->arena, "/proc/self/exe", NULL), *folder = current_folder(run->arena);
	const char *libclang = frontend_libclang_identity(run->arena);

	if (!program || !folder || !libclang)
		return NULL;
	text_printf(&text, FORMAT "%s %s\n%s\n%llx\n%s\n", SO2_VERSION, program, libclang,
		    (unsigned long long)run->rules->digest, folder);
	if (run->roots) /* in a smaller box less is found */
		text_printf(&text, "%s%s\n", roots_identity(run->roots, run->arena), has_no_box(run) ? "open" : "box");
	return text_get(&text);
}

/* Beside more units the loading of libclang does not show. */
#define FEW_UNITS 8

bool known_results_are_outdated(const struct run *run)
{
	time_t known = 0, written = 0, changed;
	int first = 0, end = run->units.cmd_count;

	if (run->box) { /* those of a submission stand next to each other */
		while (first < end && run->unit_boxes[first] != run->box)
			first++;
		while (end > first && run->unit_boxes[end - 1] != run->box)
			end--;
	}
	if (end - first > FEW_UNITS)
		return false;
	if (run->cache) { /* what was added last may lie in the log of the database only */
		file_stamp(run->scratch, cache_path(run->cache, run->scratch, CACHE_DATABASE), &known);
		file_stamp(run->scratch, cache_path(run->cache, run->scratch, CACHE_DATABASE "-wal"), &written);
	}
	if (written > known)
		known = written;
	for (int i = first; i < end; i++)
		if (file_stamp(run->scratch, run->units.cmds[i].path, &changed) && changed >= known)
			return true;
	return false;
}

void known_results_open(struct run *run)
{
	if (!run->cache || run->options->dump != DUMP_NONE)
		return;
	run->identity = identify_run(run);
	if (run->identity && !run->memo)
		run->memo = memo_open(run->cache, MEMO_LIMIT);
}

/* ---- the key ---------------------------------------------------------------------------- */

static void add_text(struct text *key, const char *text)
{
	text_printf(key, "%zu %s\n", text ? strlen(text) : 0, text ? text : "-");
}

static void add_command(struct text *key, const struct compile_cmd *cmd)
{
	add_text(key, cmd->file);
	add_text(key, cmd->path);
	add_text(key, cmd->directory);
	add_text(key, cmd->module);
	add_text(key, cmd->own_folder);
	add_text(key, cmd->own_shown);
	text_printf(key, "%d %d %d\n", cmd->target, cmd->is_alone, cmd->arg_count);
	for (int i = 0; i < cmd->arg_count; i++)
		add_text(key, cmd->args[i]);
	for (int i = 0; i < cmd->alias_count; i++) {
		add_text(key, cmd->aliases[i].name);
		add_text(key, cmd->aliases[i].file);
	}
	add_text(key, cmd->trace_text);
}

static void make_key(const struct run *run, const struct analysis_task *task, char key[CACHE_KEY_SIZE])
{
	struct text text = text_create(run->task_arena);

	text_printf(&text, "driver %s%d %d %zu ", run->identity, task->count, task->is_part, run->module_limit);
	text_printf(&text, "%s ", run->peers ? peers_identity(run->peers) : "-");
	for (int i = 0; i < run->rules->rule_count; i++)
		text_add(&text, run->enabled[i] ? "1" : "0");
	for (int i = task->first; i < task->first + task->count; i++)
		add_command(&text, run->results[i].cmd);
	cache_key(text_get(&text), text.length, key);
}

static void make_unit_key(const struct run *run, const struct compile_cmd *cmd, char key[CACHE_KEY_SIZE])
{
	struct text text = text_create(run->task_arena);

	text_printf(&text, "unit %s", run->identity);
	add_command(&text, cmd);
	cache_key(text_get(&text), text.length, key);
}

/* ---- what became of the units -------------------------------------------------------------- */

static void put_unit(struct text *bytes, const struct unit_result *result)
{
	wire_put_number(bytes, (uint64_t)result->info.first_errors);
	wire_put_number(bytes, (uint64_t)result->info.errors);
	wire_put_number(bytes, (uint64_t)result->info.stubbed);
	wire_put_number(bytes, result->info.has_syntax_errors);
}

static void take_unit(struct wire_reader *reader, struct unit_result *result)
{
	result->info = (struct parse_info){ 0 };
	result->info.first_errors = (int)wire_take_number(reader);
	result->info.errors = (int)wire_take_number(reader);
	result->info.stubbed = (int)wire_take_number(reader);
	result->info.has_syntax_errors = wire_take_number(reader) != 0;
	result->was_lowered = true;
	result->was_known = true;
}

/* ---- drivers -------------------------------------------------------------------- */

bool known_results_find(struct run *run, const struct analysis_task *task, struct text *report)
{
	char key[CACHE_KEY_SIZE];
	size_t length;

	if (!run->memo)
		return false;
	make_key(run, task, key);
	const char *bytes = memo_find(run->memo, run->task_arena, key, &length, NULL);
	if (bytes) {
		struct wire_reader reader = { .arena = run->task_arena, .at = bytes, .left = length };
		for (int i = task->first; i < task->first + task->count; i++)
			take_unit(&reader, &run->results[i]);
		text_add_n(report, reader.at, reader.left);
	}
	return bytes != NULL;
}

/* Saved only just now: to ask for all headers would be in vain. See memo_put(). */
static bool is_fresh(struct arena *arena, const char *path, time_t started)
{
	time_t changed = 0;

	return !file_stamp(arena, path, &changed) || changed + FILE_SETTLED_SECONDS > started;
}

/* What all units of the driver depend on; false: it is not known of all. */
static bool gather_inputs(const struct run *run, const struct analysis_task *task, struct arena *arena,
			  struct input_files *all)
{
	for (int i = task->first; i < task->first + task->count; i++) {
		const struct input_files *inputs = run->results[i].info.inputs;
		if (!run->results[i].was_lowered || !inputs)
			return false;
		for (int k = 0; k < inputs->read_count; k++)
			ARENA_PUSH(arena, all->read, all->read_count, all->read_capacity, inputs->read[k]);
		for (int k = 0; k < inputs->absent_count; k++)
			ARENA_PUSH(arena, all->absent, all->absent_count, all->absent_capacity, inputs->absent[k]);
	}
	return true;
}

void known_results_keep(struct run *run, const struct analysis_task *task, time_t started, const struct text *report)
{
	struct text bytes = text_create(run->task_arena);
	struct input_files inputs = { 0 };
	char key[CACHE_KEY_SIZE];

	if (!run->memo || is_outside_box(run))
		return;
	for (int i = task->first; i < task->first + task->count; i++)
		if (is_fresh(run->task_arena, run->results[i].cmd->path, started))
			return;
	if (!gather_inputs(run, task, run->task_arena, &inputs))
		return;
	make_key(run, task, key);
	for (int i = task->first; i < task->first + task->count; i++)
		put_unit(&bytes, &run->results[i]);
	text_add_n(&bytes, text_get(report), report->length);
	memo_put(run->memo, key, &inputs, started, text_get(&bytes), bytes.length);
}

/* ---- units of drivers ------------------------------------------------------------------------- */

struct ir_unit *known_unit_find(struct run *run, struct unit_result *result)
{
	struct input_files inputs;
	char key[CACHE_KEY_SIZE];
	size_t length;

	if (!run->memo)
		return NULL;
	make_unit_key(run, result->cmd, key);
	const char *bytes = memo_find(run->memo, run->task_arena, key, &length, &inputs);
	if (!bytes)
		return NULL;
	struct wire_reader reader = { .arena = run->task_arena, .at = bytes, .left = length };
	take_unit(&reader, result);
	result->info.inputs = input_files_copy(run->task_arena, &inputs);
	return reader.is_broken ? NULL : ir_unit_unpack(run->unit_arena, run->pool, reader.at, reader.left);
}

void known_unit_keep(struct run *run, const struct unit_result *result, const struct ir_unit *unit, time_t started)
{
	struct text bytes = text_create(run->task_arena);
	char key[CACHE_KEY_SIZE];

	if (!run->memo || is_outside_box(run) || !result->info.inputs ||
	    is_fresh(run->task_arena, result->cmd->path, started))
		return;
	put_unit(&bytes, result);
	if (!ir_unit_pack(unit, run->pool, &bytes))
		return;
	make_unit_key(run, result->cmd, key);
	memo_put(run->memo, key, result->info.inputs, started, text_get(&bytes), bytes.length);
}
