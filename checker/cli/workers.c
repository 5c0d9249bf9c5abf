/* See workers.h. */
#include "workers.h"

#include "base/child.h"
#include "base/file.h"
#include "base/sanitizer.h"
#include "boxes.h"
#include "confine.h"
#include "report/wire.h"

#include <malloc.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Bytes that a worker may keep between two tasks; one that keeps more is replaced. Rules, a large compile database
 * and what libclang never gives back take some 120 MB. */
#define KEPT_LIMIT ((uint64_t)192 << 20)
#define TRIM_FIRST ((uint64_t)80 << 20)
#define TRIM_STEP ((uint64_t)16 << 20)
/* Bytes of a driver's report: what is longer is none. */
#define REPORT_LIMIT ((size_t)256 << 20)

/* Workers that have been sent home and that nobody has waited for. */
#define ENDING_LIMIT 64

/* Units of one driver, or one of them. */
struct task {
	struct analysis_task what;
	uint64_t cost;
	const char *bytes; /* the packed report; NULL until done, or lost */
	size_t length;
};

struct task_list {
	struct task *items;
	size_t count, capacity;
};

struct worker {
	struct child child;
	const struct box *box; /* what it may read; NULL: as the run */
	size_t task;	       /* in work; meaningless unless is_busy */
	double started;	       /* of the task */
	bool is_busy;
	bool is_worn;		   /* keeps too much memory: gets no further task */
	struct worker_report last; /* what it has done so far */
};

struct pool {
	struct run *run;
	struct task_list tasks;
	size_t *order; /* tasks not begun, cheapest first: taken from the end */
	size_t waiting, capacity;
	struct worker *workers;
	int worker_count, ending_capacity;
	size_t done;
};

int workers_available(void)
{
	cpu_set_t set;
	int count = sched_getaffinity(0, sizeof(set), &set) ? 1 : CPU_COUNT(&set);

	return count > 0 ? count : 1;
}

/* ---- talking: file_write_whole() and file_read_whole() -------------------------------- */

/* What stands before the units' results and the report. */
struct answer_head {
	struct worker_report worker;
	uint64_t kept; /* memory of its own after the task, in bytes */
	size_t length; /* of the report */
};

/* ---- in the worker --------------------------------------------------------------------- */

/* Resident memory but for the files mapped, in bytes; 0: not known. */
static uint64_t resident_memory(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	unsigned long long all = 0, resident = 0, shared = 0;
	int found = file ? fscanf(file, "%llu %llu %llu", &all, &resident, &shared) : 0;

	if (file)
		fclose(file);
	return found == 3 && resident > shared ? (resident - shared) * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

/* What stays resident after a task. What is free between blocks in use grows from task to task: it is given back when
 * some has come together, not each time, since a short run would pay for it in page faults. */
static uint64_t kept_memory(void)
{
	static uint64_t needed = TRIM_FIRST; /* after it was given back last */
	uint64_t kept = resident_memory();

	if (kept <= needed + TRIM_STEP)
		return kept;
	malloc_trim(0);
	needed = resident_memory();
	return needed;
}

bool workers_is_worn(void)
{
	return kept_memory() > KEPT_LIMIT;
}

static void answer(struct run *run, int socket, const struct analysis_task *task)
{
	struct arena *arena = arena_create();
	struct text bytes = text_create(arena);

	run_analyse_task(run, task, &bytes);
	struct answer_head head = { run_worker_report(run), kept_memory(), bytes.length };
	bool is_sent = file_write_whole(socket, (const char *)&head, sizeof(head)) &&
		       file_write_whole(socket, (const char *)&run->results[task->first],
					sizeof(*run->results) * (size_t)task->count) &&
		       file_write_whole(socket, text_get(&bytes), bytes.length);
	arena_destroy(arena);
	if (!is_sent)
		_exit(EXIT_FAILURE);
}

/* What a new worker is told. */
struct start {
	struct run *run;
	const struct box *box;
};

static void work(void *context, int socket)
{
	const struct start *start = context;
	struct run *run = start->run;
	struct analysis_task task;

	child_limit(run->options->memory_limit);
	if (start->box)
		box_enter(run, start->box);
	if (confine_worker(run, &socket)) /* before there is another thread */
		_exit(EXIT_FAILURE);
	run_start_stages(run);
	while (file_read_whole(socket, &task, sizeof(task)))
		answer(run, socket, &task);
#ifdef HAS_SANITIZER /* looks for leaks at the end */
	run_close(run);
	exit(EXIT_SUCCESS);
#else
	memo_close(run->memo); /* leaves one file */
	_exit(EXIT_SUCCESS);
#endif
}

/* ---- starting and ending workers ---------------------------------------------------------- */

static bool start_worker(struct pool *pool, struct worker *worker, const struct box *box)
{
	struct start start = { pool->run, box };

	*worker = (struct worker){ .box = box };
	return child_start(&worker->child, work, &start);
}

/* It ends by itself. What it has done is added to the run. */
static void send_home(struct pool *pool, struct worker *worker)
{
	child_send_home(&worker->child);
	worker->is_busy = false;
	run_add_worker_report(pool->run, &worker->last);
}

/* Nobody waits for it now: the system needs some milliseconds to clear its memory. All that it found has been sent. */
static void dismiss(struct pool *pool, struct worker *worker)
{
	struct run *run = pool->run;

	send_home(pool, worker);
	if (run->ending_count >= ENDING_LIMIT) {
		workers_wait(run);
		pool->ending_capacity = 0;
	}
	ARENA_PUSH(run->arena, run->ending, run->ending_count, pool->ending_capacity, worker->child.process);
}

/* Its wait status. */
static int end_worker(struct pool *pool, struct worker *worker)
{
	send_home(pool, worker);
	return child_wait(worker->child.process, CHILD_ENDING_SECONDS);
}

/* ---- tasks ----------------------------------------------------------------------------------- */

uint64_t workers_cost(const struct run *run, const struct analysis_task *task)
{
	uint64_t cost = 0;

	for (int i = task->first; i < task->first + task->count; i++) {
		struct stat status;
		/* Each costs something before its first line. */
		cost += 50000 + (stat(run->units.cmds[i].path, &status) ? 0 : (uint64_t)status.st_size);
	}
	return cost;
}

static size_t add_task(struct pool *pool, struct analysis_task what)
{
	struct task task = { .what = what, .cost = workers_cost(pool->run, &what) };

	ARENA_PUSH(pool->run->arena, pool->tasks.items, pool->tasks.count, pool->tasks.capacity, task);
	ARENA_PUSH(pool->run->arena, pool->order, pool->waiting, pool->capacity, pool->tasks.count - 1);
	return pool->tasks.count - 1;
}

static void add_tasks(struct pool *pool)
{
	struct analysis_task task = { 0 };

	while (run_next_driver(pool->run, &task))
		add_task(pool, task);
}

static int compare_cost(const void *left, const void *right, void *context)
{
	const struct task *tasks = context;
	size_t a = *(const size_t *)left, b = *(const size_t *)right;

	if (tasks[a].cost != tasks[b].cost)
		return tasks[a].cost < tasks[b].cost ? -1 : 1;
	return a > b ? -1 : a < b; /* equal ones from the first */
}

static const struct box *box_of(const struct pool *pool, size_t task)
{
	const struct run *run = pool->run;

	return run->unit_boxes ? run->unit_boxes[pool->tasks.items[task].what.first] : NULL;
}

/* The dearest one that is left, if there is one of its own box for the worker. -1: there is none. */
static ptrdiff_t find_task(const struct pool *pool, const struct worker *worker)
{
	for (size_t i = pool->waiting; worker->child.socket >= 0 && i > 0; i--)
		if (box_of(pool, pool->order[i - 1]) == worker->box)
			return (ptrdiff_t)i - 1;
	return (ptrdiff_t)pool->waiting - 1;
}

static void remove_task(struct pool *pool, size_t place)
{
	pool->waiting--;
	memmove(&pool->order[place], &pool->order[place + 1], sizeof(*pool->order) * (pool->waiting - place));
}

static bool give_task(struct pool *pool, struct worker *worker, size_t index)
{
	worker->task = index;
	worker->started = clock_wall();
	worker->is_busy = true;
	const struct analysis_task *task = &pool->tasks.items[worker->task].what;
	progress_show(&pool->run->progress, (int)pool->done, pool->run->units.cmd_count,
		      pool->run->units.cmds[task->first].file);
	return file_write_whole(worker->child.socket, (const char *)task, sizeof(*task));
}

/* ---- results -------------------------------------------------------------------------------------- */

static double deadline_of(const struct pool *pool, const struct worker *worker)
{
	const struct task *task = &pool->tasks.items[worker->task];

	return worker->started + pool->run->options->time_limit * task->what.count;
}

/* A worker's memory may be anybody's: of what it says nothing is believed that is this process's own to know. */
static void take_results(struct run *run, const struct analysis_task *task, const struct unit_result *results)
{
	for (int i = 0; i < task->count; i++) {
		struct unit_result *result = &run->results[task->first + i];
		const struct compile_cmd *cmd = result->cmd;
		*result = results[i];
		result->cmd = cmd;
		result->info.inputs = NULL;
	}
}

/* false: the worker is gone, or says what no worker says. */
static bool take_answer(struct pool *pool, struct worker *worker)
{
	struct run *run = pool->run;
	struct task *task = &pool->tasks.items[worker->task];
	const size_t size = sizeof(struct unit_result) * (size_t)task->what.count;
	const double deadline = deadline_of(pool, worker);
	struct answer_head head;

	if (!child_read_whole(&worker->child, &head, sizeof(head), deadline) || head.length > REPORT_LIMIT)
		return false;
	struct unit_result *results = ARENA_ARRAY(run->arena, struct unit_result, (size_t)task->what.count);
	char *bytes = arena_alloc(run->arena, head.length);
	if (!child_read_whole(&worker->child, results, size, deadline) ||
	    !child_read_whole(&worker->child, bytes, head.length, deadline))
		return false;
	take_results(run, &task->what, results);
	task->bytes = bytes;
	task->length = head.length;
	worker->last = head.worker;
	worker->is_busy = false;
	worker->is_worn = head.kept > KEPT_LIMIT;
	pool->done += (size_t)task->what.count;
	return true;
}

static const char *describe_loss(struct pool *pool, int status, bool is_late)
{
	struct arena *arena = pool->run->arena;
	const struct options *options = pool->run->options;

	if (is_late)
		return arena_printf(arena, "it took longer than %g seconds (--time-limit)", options->time_limit);
	return child_describe_end(arena, status, options->memory_limit);
}

static void report_loss(struct pool *pool, const struct analysis_task *task, const char *reason, const char *advice)
{
	const struct compile_cmd *cmd = &pool->run->units.cmds[task->first];
	struct not_analysed entry = {
		.span = { .file = cmd->file },
		.reason = arena_printf(pool->run->arena, "%s; %s", reason, advice),
		.is_partial = task->count > 1,
		.is_error = true,
	};

	report_add_missing(run_report_of(pool->run, task), &entry);
}

/* The task of a worker that was lost: a driver of several files is tried file by file. */
static void lose_task(struct pool *pool, size_t index, const char *reason)
{
	struct analysis_task task = pool->tasks.items[index].what;

	if (task.count == 1) {
		report_loss(pool, &task, reason, "`so2check --jobs 0` shows it");
		pool->done++;
		return;
	}
	report_loss(pool, &task, reason,
		    arena_printf(pool->run->arena, "the %d files of this driver were analysed on their own",
				 task.count));
	for (int i = task.first; i < task.first + task.count; i++)
		add_task(pool, (struct analysis_task){ .first = i, .count = 1, .is_part = true });
}

/* One that has closed its socket, or says what cannot be, may still run. */
static void lose_worker(struct pool *pool, struct worker *worker)
{
	size_t task = worker->task;
	bool is_late = clock_wall() >= deadline_of(pool, worker);

	send_home(pool, worker);
	int status = child_kill(&worker->child); /* its wait status is that of its own end, if it had one */
	lose_task(pool, task, describe_loss(pool, status, is_late));
}

/* How a worker ended whose answers are all here. Somebody else's SIGKILL says nothing about the program. */
static void note_end(struct run *run, int status)
{
	if (status == 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
		return;
	log_add(run->log, LOG_ERROR, NULL, "a worker that had done its work did not end well");
	run->has_bad_end = true;
}

/* ---- the pool ------------------------------------------------------------------------------------------ */

/* A worker that is free gets a task; a fresh one if it keeps too much, or has seen another submission. */
static void employ(struct pool *pool, struct worker *worker)
{
	const ptrdiff_t place = find_task(pool, worker);

	if (worker->is_busy || place < 0)
		return;
	const size_t index = pool->order[place];
	if (worker->child.socket >= 0 && (worker->is_worn || box_of(pool, index) != worker->box))
		dismiss(pool, worker);
	if (worker->child.socket < 0 && !start_worker(pool, worker, box_of(pool, index)))
		return;
	if (give_task(pool, worker, index))
		remove_task(pool, (size_t)place);
	else /* it ended before it got it */
		end_worker(pool, worker);
}

/* Gives everybody something to do. false: there is no worker at all. */
static bool keep_busy(struct pool *pool)
{
	bool has_any = false;

	for (int i = 0; i < pool->worker_count; i++) {
		employ(pool, &pool->workers[i]);
		has_any |= pool->workers[i].child.socket >= 0;
	}
	return has_any;
}

static double time_left(const struct pool *pool, const struct worker *worker)
{
	return deadline_of(pool, worker) - clock_wall();
}

/* Waits for an answer, an end, or the end of somebody's time. */
static void wait_for_workers(struct pool *pool)
{
	struct pollfd *waits = ARENA_ARRAY(pool->run->scratch, struct pollfd, (size_t)pool->worker_count);
	double least = 3600;

	for (int i = 0; i < pool->worker_count; i++) {
		const struct worker *worker = &pool->workers[i];
		waits[i] = (struct pollfd){ .fd = worker->is_busy ? worker->child.socket : -1, .events = POLLIN };
		if (worker->is_busy && time_left(pool, worker) < least)
			least = time_left(pool, worker);
	}
	if (poll(waits, (nfds_t)pool->worker_count, least > 0 ? (int)(least * 1000) + 1 : 0) < 0)
		return;
	for (int i = 0; i < pool->worker_count; i++) {
		struct worker *worker = &pool->workers[i];
		if (!worker->is_busy)
			continue;
		if (waits[i].revents) {
			if (!take_answer(pool, worker))
				lose_worker(pool, worker);
		} else if (time_left(pool, worker) <= 0) {
			lose_worker(pool, worker);
		}
	}
	arena_reset(pool->run->scratch);
}

static bool is_anybody_busy(const struct pool *pool)
{
	for (int i = 0; i < pool->worker_count; i++)
		if (pool->workers[i].is_busy)
			return true;
	return false;
}

static void put_together(struct pool *pool)
{
	struct run *run = pool->run;

	for (size_t i = 0; i < pool->tasks.count; i++) {
		const struct task *task = &pool->tasks.items[i];
		if (task->bytes &&
		    !report_unpack(run_report_of(run, &task->what), run->pool, run->rules, task->bytes, task->length))
			report_loss(pool, &task->what, "its report is damaged", "this is a defect of so2check");
	}
}

/* They clear up while the report is put together and written. */
static void send_all_home(struct pool *pool)
{
	for (int i = 0; i < pool->worker_count; i++)
		if (pool->workers[i].child.socket >= 0)
			dismiss(pool, &pool->workers[i]);
}

void workers_run(struct run *run)
{
	struct pool pool = { .run = run, .worker_count = run->options->jobs };

	workers_wait(run); /* those of an earlier call */
	add_tasks(&pool);
	if (pool.tasks.count == 0)
		return;
	if ((size_t)pool.worker_count > pool.tasks.count)
		pool.worker_count = (int)pool.tasks.count;
	qsort_r(pool.order, pool.waiting, sizeof(*pool.order), compare_cost, pool.tasks.items);
	pool.workers = ARENA_ARRAY(run->arena, struct worker, (size_t)pool.worker_count);
	for (int i = 0; i < pool.worker_count; i++)
		pool.workers[i].child.socket = -1;
	while (pool.waiting > 0 || is_anybody_busy(&pool)) {
		if (!keep_busy(&pool)) {
			while (pool.waiting > 0)
				report_loss(&pool, &pool.tasks.items[pool.order[--pool.waiting]].what,
					    "no process could be started for it", "`so2check --jobs 0` needs none");
			break;
		}
		wait_for_workers(&pool);
	}
	send_all_home(&pool);
	put_together(&pool);
}

void workers_wait(struct run *run)
{
	for (int i = 0; i < run->ending_count; i++)
		note_end(run, child_wait(run->ending[i], CHILD_ENDING_SECONDS));
	run->ending_count = 0;
	run->ending = NULL;
}
