/* See workers.h. */
#include "workers.h"

#include "base/file.h"
#include "base/sanitizer.h"
#include "confine.h"
#include "report/wire.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Bytes that a worker may keep between two tasks; one that keeps more is replaced. Rules, a large compile database
 * and what libclang never gives back take some 120 MB. */
#define KEPT_LIMIT ((uint64_t)192 << 20)
#define TRIM_FIRST ((uint64_t)80 << 20)
#define TRIM_STEP ((uint64_t)16 << 20)

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
	pid_t process;
	int socket;
	size_t task;	/* in work; meaningless unless is_busy */
	double started; /* of the task */
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
	int worker_count;
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

void workers_limit(const struct options *options)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
#ifndef HAS_SANITIZER /* which reserves terabytes of addresses */
	struct rlimit memory = { options->memory_limit, options->memory_limit };
	setrlimit(RLIMIT_AS, &memory);
#else
	(void)options;
#endif
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
}

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

static void work(struct run *run, int socket)
{
	struct analysis_task task;

	workers_limit(run->options);
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

static bool start_worker(struct pool *pool, struct worker *worker)
{
	int sockets[2];

	*worker = (struct worker){ .socket = -1 };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets))
		return false;
	fflush(NULL); /* or what is in a buffer would be written twice */
	worker->process = fork();
	if (worker->process == 0) {
		close(sockets[0]);
		for (int i = 0; i < pool->worker_count; i++)
			if (pool->workers[i].socket >= 0)
				close(pool->workers[i].socket);
		work(pool->run, sockets[1]);
	}
	close(sockets[1]);
	if (worker->process < 0) {
		close(sockets[0]);
		return false;
	}
	worker->socket = sockets[0];
	return true;
}

/* It ends by itself. What it has done is added to the run. */
static void send_home(struct pool *pool, struct worker *worker)
{
	close(worker->socket);
	worker->socket = -1;
	worker->is_busy = false;
	run_add_worker_report(pool->run, &worker->last);
}

static int wait_for_end(pid_t process)
{
	int status = 0;

	while (waitpid(process, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* Its wait status. */
static int end_worker(struct pool *pool, struct worker *worker)
{
	send_home(pool, worker);
	return wait_for_end(worker->process);
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

static bool give_task(struct pool *pool, struct worker *worker)
{
	worker->task = pool->order[--pool->waiting];
	worker->started = clock_wall();
	worker->is_busy = true;
	const struct analysis_task *task = &pool->tasks.items[worker->task].what;
	progress_show(&pool->run->progress, (int)pool->done, pool->run->units.cmd_count,
		      pool->run->units.cmds[task->first].file);
	return file_write_whole(worker->socket, (const char *)task, sizeof(*task));
}

/* ---- results -------------------------------------------------------------------------------------- */

/* false: the worker is gone, or says what no worker says. */
static bool take_answer(struct pool *pool, struct worker *worker)
{
	struct run *run = pool->run;
	struct task *task = &pool->tasks.items[worker->task];
	struct answer_head head;

	if (!file_read_whole(worker->socket, &head, sizeof(head)))
		return false;
	struct unit_result *results = ARENA_ARRAY(run->arena, struct unit_result, (size_t)task->what.count);
	char *bytes = arena_alloc(run->arena, head.length);
	if (!file_read_whole(worker->socket, results, sizeof(*results) * (size_t)task->what.count) ||
	    !file_read_whole(worker->socket, bytes, head.length))
		return false;
	memcpy(&run->results[task->what.first], results, sizeof(*results) * (size_t)task->what.count);
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
	if (WIFSIGNALED(status))
		return arena_printf(arena, "the checker was ended by signal %d (%s)", WTERMSIG(status),
				    strsignal(WTERMSIG(status)));
	return arena_printf(arena, "the checker gave up, perhaps for want of memory (--memory-limit is %llu MB)",
			    (unsigned long long)options->memory_limit >> 20);
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

static void lose_worker(struct pool *pool, struct worker *worker, bool is_late)
{
	size_t task = worker->task;

	if (is_late)
		kill(worker->process, SIGKILL);
	int status = end_worker(pool, worker);
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

/* All that it found has been sent. */
static void replace_worn(struct pool *pool, struct worker *worker)
{
	if (worker->socket < 0 || worker->is_busy || !worker->is_worn)
		return;
	note_end(pool->run, end_worker(pool, worker));
	worker->is_worn = false;
}

/* Gives everybody something to do. false: there is no worker at all. */
static bool keep_busy(struct pool *pool)
{
	bool has_any = false;

	for (int i = 0; i < pool->worker_count; i++) {
		struct worker *worker = &pool->workers[i];
		if (pool->waiting > 0)
			replace_worn(pool, worker);
		if (!worker->is_busy && pool->waiting > 0 && (worker->socket >= 0 || start_worker(pool, worker)) &&
		    !give_task(pool, worker)) { /* it ended before it got it */
			pool->order[pool->waiting++] = worker->task;
			end_worker(pool, worker);
		}
		has_any |= worker->socket >= 0;
	}
	return has_any;
}

static double time_left(const struct pool *pool, const struct worker *worker)
{
	const struct task *task = &pool->tasks.items[worker->task];

	return worker->started + pool->run->options->time_limit * task->what.count - clock_wall();
}

/* Waits for an answer, an end, or the end of somebody's time. */
static void wait_for_workers(struct pool *pool)
{
	struct pollfd *waits = ARENA_ARRAY(pool->run->scratch, struct pollfd, (size_t)pool->worker_count);
	double least = 3600;

	for (int i = 0; i < pool->worker_count; i++) {
		const struct worker *worker = &pool->workers[i];
		waits[i] = (struct pollfd){ .fd = worker->is_busy ? worker->socket : -1, .events = POLLIN };
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
				lose_worker(pool, worker, false);
		} else if (time_left(pool, worker) <= 0) {
			lose_worker(pool, worker, true);
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
	struct run *run = pool->run;

	workers_wait(run); /* those of an earlier call */
	run->ending = ARENA_ARRAY(run->arena, pid_t, (size_t)pool->worker_count);
	for (int i = 0; i < pool->worker_count; i++) {
		struct worker *worker = &pool->workers[i];
		if (worker->socket < 0)
			continue;
		send_home(pool, worker);
		run->ending[run->ending_count++] = worker->process;
	}
}

void workers_run(struct run *run)
{
	struct pool pool = { .run = run, .worker_count = run->options->jobs };

	add_tasks(&pool);
	if (pool.tasks.count == 0)
		return;
	if ((size_t)pool.worker_count > pool.tasks.count)
		pool.worker_count = (int)pool.tasks.count;
	qsort_r(pool.order, pool.waiting, sizeof(*pool.order), compare_cost, pool.tasks.items);
	pool.workers = ARENA_ARRAY(run->arena, struct worker, (size_t)pool.worker_count);
	for (int i = 0; i < pool.worker_count; i++)
		pool.workers[i].socket = -1;
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
		note_end(run, wait_for_end(run->ending[i]));
	run->ending_count = 0;
}
