/* Runs generated functions over all their inputs and prints what they do wrong; see differential.py for the
 * lines it prints. */
#include "kernel.h"

#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#define LOWEST_ADDRESS 4096
#define MAX_OBJECTS 64
#define OBJECT_SIZE 128
#define MAX_LOCKS 8
/* How often a run may be told that something failed, and among how many of its calls. */
#define MAX_FAILURES 3
#define MAX_ANSWERS 64
#define MAX_TURNS 64
#define MAX_LINES 4096
/* Runs of a function that did not end, at up to 0.2 s each, before no more of it are made. */
#define MAX_ENDLESS 20

struct object {
	int line; /* of the allocation; 0: there on entry */
	bool is_freed, is_kept;
	bool is_nothing;   /* an allocation that failed */
	bool is_published; /* was in the device's field at some time */
};

static char memory[MAX_OBJECTS][OBJECT_SIZE];
static struct object objects[MAX_OBJECTS];
static int object_count;
static struct sim_lock *locks[MAX_LOCKS];
static int lock_count, spins_held;
static uint64_t failures; /* which answers say "it failed" */
static int answer_count;
static struct {
	int line;
	bool is_turned;
} turns[MAX_TURNS]; /* conditions that may go either way, as met in this run */
static int turn_count;
static int irqs[16];
static struct clk *clock_seen;
static int user_value;
static void *const *watched_field;
static bool is_clean; /* nothing went wrong so far in this run */
static int copies_failed, allocations_failed;
static unsigned long run_number;
static sigjmp_buf crash;
static bool is_running;
static int endless_runs; /* of this function */

/* ---- what was seen, each once ----------------------------------------------------- */

static char seen[MAX_LINES][96];
static int seen_count;

static void say(const char *text)
{
	int i;

	for (i = 0; i < seen_count; i++)
		if (strcmp(seen[i], text) == 0)
			return;
	if (seen_count == MAX_LINES) {
		fprintf(stderr, "runner: more than %d different outcomes\n", MAX_LINES);
		exit(2);
	}
	snprintf(seen[seen_count++], sizeof(seen[0]), "%s", text);
}

static void event(const char *kind, const char *subject)
{
	char text[96];

	snprintf(text, sizeof(text), "E %s %s %s", kind, subject, is_clean ? "first" : "later");
	say(text);
}

static void wrong(const char *kind, const char *subject)
{
	event(kind, subject);
	is_clean = false;
}

static const char *line_text(int line)
{
	static char text[16];

	snprintf(text, sizeof(text), "%d", line);
	return text;
}

_Noreturn static void stop_run(void)
{
	is_running = false;
	siglongjmp(crash, 1);
}

static struct object *object_at(const void *address)
{
	uintptr_t offset = (uintptr_t)address - (uintptr_t)memory;

	if (offset >= (uintptr_t)object_count * OBJECT_SIZE)
		return NULL;
	return &objects[offset / OBJECT_SIZE];
}

/* What the device keeps just now; looked at in each call of the API. */
static void watch(void)
{
	struct object *object = watched_field ? object_at(*watched_field) : NULL;

	if (object)
		object->is_published = true;
}

void sim_watch(void *const *field)
{
	watched_field = field;
}

/* ---- the API ------------------------------------------------------------------------ */

bool sim_fails(void)
{
	int number = answer_count++;

	watch();
	return number < MAX_ANSWERS && (failures >> number & 1);
}

void sim_may_sleep(void)
{
	watch();
	if (spins_held > 0)
		wrong("sleep", "-");
}

static void see(struct sim_lock *lock, const char *name, bool is_release)
{
	if (lock->is_seen)
		return;
	if (lock_count == MAX_LOCKS)
		stop_run();
	lock->is_seen = true;
	lock->was_held = is_release;
	lock->held = is_release;
	/* "&d->lock": the field is enough, as a function has one device */
	lock->name = strrchr(name, '>') ? strrchr(name, '>') + 1 : name;
	locks[lock_count++] = lock;
}

static void misuse(struct sim_lock *lock)
{
	wrong("lock", lock->name);
	lock->is_misused = true;
}

static void take(struct sim_lock *lock, enum sim_lock_kind kind, const char *name)
{
	see(lock, name, false);
	if (lock->held > 0)
		misuse(lock);
	spins_held += kind == SIM_SPIN && !lock->is_spun;
	lock->is_spun = kind == SIM_SPIN;
	lock->held = 1;
}

void sim_take(struct sim_lock *lock, enum sim_lock_kind kind, const char *name)
{
	if (kind == SIM_SLEEPING)
		sim_may_sleep();
	take(lock, kind, name);
}

void sim_drop(struct sim_lock *lock, const char *name)
{
	see(lock, name, true);
	if (lock->held == 0)
		misuse(lock);
	lock->held = 0;
	spins_held -= lock->is_spun;
	lock->is_spun = false;
}

int sim_interruptible(struct sim_lock *lock, const char *name)
{
	sim_may_sleep();
	if (sim_fails())
		return -EINTR;
	take(lock, SIM_SLEEPING, name);
	return 0;
}

int sim_try(struct sim_lock *lock, enum sim_lock_kind kind, const char *name)
{
	if (lock->held > 0 || sim_fails())
		return 0;
	take(lock, kind, name);
	return 1;
}

static void *make_object(size_t size, int line)
{
	if (object_count == MAX_OBJECTS || size > OBJECT_SIZE)
		stop_run();
	objects[object_count] = (struct object){ .line = line };
	memset(memory[object_count], 0, size);
	return memory[object_count++];
}

void *sim_alloc(size_t size, int flags, int line)
{
	if (flags == GFP_KERNEL)
		sim_may_sleep();
	if (!sim_fails())
		return make_object(size, line);
	allocations_failed++;
	make_object(size, line);
	objects[object_count - 1].is_freed = objects[object_count - 1].is_nothing = true;
	return NULL;
}

void sim_free(const void *address)
{
	struct object *object = object_at(address);

	watch();
	if (!address)
		return;
	if (!object) {
		wrong("stray-free", "-");
		return;
	}
	if (object->is_freed) {
		wrong("freed", line_text(object->line));
		return;
	}
	object->is_freed = true;
}

int sim_request_irq(int irq)
{
	sim_may_sleep();
	if (sim_fails())
		return -EBUSY;
	irqs[irq]++;
	return 0;
}

void sim_free_irq(int irq)
{
	sim_may_sleep();
	if (irqs[irq] > 0)
		irqs[irq]--;
}

int sim_clk_enable(struct clk *clk)
{
	sim_may_sleep();
	clock_seen = clk;
	if (sim_fails())
		return -EIO;
	clk->enabled++;
	return 0;
}

void sim_clk_disable(struct clk *clk)
{
	sim_may_sleep();
	if (clk->enabled > 0)
		clk->enabled--;
}

unsigned long sim_copy_from_user(void *to, unsigned long size)
{
	sim_may_sleep();
	/* What a copy that failed leaves is anything, too. */
	if (size >= sizeof(int))
		memcpy(to, &user_value, sizeof(int));
	if (!sim_fails())
		return 0;
	copies_failed++;
	return size;
}

unsigned long sim_copy_to_user(void)
{
	sim_may_sleep();
	if (sim_fails()) {
		copies_failed++;
		return 4;
	}
	return 0;
}

void *sim_slot(const struct sim_input *input, size_t size)
{
	return input->has_slot ? make_object(size, 0) : NULL;
}

/* Loosened texts: a condition that may go either way. */
bool sim_either(bool condition)
{
	return condition != sim_fails();
}

/* ... the same one each time that the run comes by. */
bool sim_either_always(int line, bool condition)
{
	int i = 0;

	while (i < turn_count && turns[i].line != line)
		i++;
	if (i == MAX_TURNS)
		stop_run();
	if (i == turn_count) {
		turns[i].line = line;
		turns[i].is_turned = sim_fails();
		turn_count++;
	}
	return condition != turns[i].is_turned;
}

/* ... and a switch that may go anywhere. */
int sim_anywhere(int value)
{
	return !sim_fails() ? value : sim_fails() ? 100 : sim_fails() ? 1 : 0;
}

bool sim_keep(const void *address)
{
	struct object *object = object_at(address);

	if (object)
		object->is_kept = true;
	return object && !object->is_freed;
}

/* ---- runs --------------------------------------------------------------------------- */

/* The generated files are compiled as for the kernel's address sanitizer, which calls these before each access. */
#define CHECKS(size)                                                \
	void __asan_load##size##_noabort(void *address);            \
	void __asan_store##size##_noabort(void *address);           \
	void __asan_load##size##_noabort(void *address)             \
	{                                                           \
		check_access(address, __builtin_return_address(0)); \
	}                                                           \
	void __asan_store##size##_noabort(void *address)            \
	{                                                           \
		check_access(address, __builtin_return_address(0)); \
	}

static void check_access(const void *address, const void *from)
{
	const struct object *object = object_at(address);
	char place[24];

	if (object && object->is_freed)
		wrong("freed", line_text(object->line));
	if ((uintptr_t)address >= LOWEST_ADDRESS)
		return;
	snprintf(place, sizeof(place), "%p", from);
	wrong(allocations_failed ? "null" : "never-set", place);
	stop_run();
}

CHECKS(1)
CHECKS(2)
CHECKS(4)
CHECKS(8)

void __asan_handle_no_return(void);
void __asan_handle_no_return(void)
{
}

/* A run that two ticks meet does not end. */
static void on_tick(int signal)
{
	static unsigned long last;

	(void)signal;
	if (is_running && last == run_number) {
		endless_runs++;
		say("E endless - first");
		stop_run();
	}
	last = run_number;
}

static void reset(void)
{
	object_count = 0;
	lock_count = 0;
	spins_held = 0;
	answer_count = 0;
	turn_count = 0;
	memset(irqs, 0, sizeof(irqs));
	clock_seen = NULL;
	watched_field = NULL;
	copies_failed = allocations_failed = 0;
	is_clean = true;
	run_number++;
}

static bool is_of_earlier_round(int object)
{
	int i;

	for (i = object + 1; i < object_count; i++)
		if (objects[i].line == objects[object].line)
			return true;
	return false;
}

/* What is left at the return; each by itself, so all of it is "first" if nothing went wrong before. */
static void judge_return(enum sim_result result)
{
	static const char *const results[] = { "failed", "succeeded", "nothing" };
	char text[96];
	int i;

	for (i = 0; i < lock_count; i++) {
		snprintf(text, sizeof(text), "L %s %s %s %s", locks[i]->name,
			 locks[i]->was_held ? "entered-held" : "entered-free", locks[i]->held ? "held" : "free",
			 results[result]);
		say(text);
	}
	/* what the locks that this run does not touch look like, too */
	snprintf(text, sizeof(text), "R %s", results[result]);
	for (i = 0; i < lock_count; i++) {
		strncat(text, " ", sizeof(text) - strlen(text) - 1);
		strncat(text, locks[i]->name, sizeof(text) - strlen(text) - 1);
	}
	say(text);
	for (i = 0; i < object_count; i++)
		if (objects[i].line && !objects[i].is_freed && !objects[i].is_kept)
			event(is_of_earlier_round(i)  ? "leak-of-round" :
			      objects[i].is_published ? "leak-published" :
							"leak",
			      line_text(objects[i].line));
	if (result == SIM_FAILED && irqs[7] > 0)
		event("irq", "-");
	if (result == SIM_FAILED && clock_seen && clock_seen->enabled > 0)
		event("clock", "-");
	if (result == SIM_SUCCEEDED && copies_failed > 0)
		event("copy", "-");
}

static void run_once(const struct sim_function *function, const struct sim_input *input)
{
	enum sim_result result;

	reset();
	if (sigsetjmp(crash, 0))
		return;
	is_running = true;
	result = function->call(input);
	is_running = false;
	judge_return(result);
}

/* With these failures, and with each further one that the run has room for behind them. */
static void run_answers(const struct sim_function *function, const struct sim_input *input, uint64_t told, int from,
			int left)
{
	int used, i;

	failures = told;
	run_once(function, input);
	used = answer_count < MAX_ANSWERS ? answer_count : MAX_ANSWERS;
	for (i = from; i < used && left > 0 && endless_runs < MAX_ENDLESS; i++)
		run_answers(function, input, told | UINT64_C(1) << i, i + 1, left - 1);
}

#define EACH(value, range) for (value = (range).low; value <= (range).high; value++)

static void run_function(const struct sim_function *function)
{
	struct sim_input in;
	int slot;

	seen_count = 0;
	endless_runs = 0;
	EACH(in.x, function->x)
	EACH(in.y, function->y)
	EACH(in.mode, function->mode)
	EACH(user_value, function->user)
	for (slot = 0; slot <= function->uses_slot && endless_runs < MAX_ENDLESS; slot++) {
		in.has_slot = slot;
		run_answers(function, &in, 0, 0, MAX_FAILURES);
	}
}

static void listen(void)
{
	struct sigaction tick = { .sa_handler = on_tick, .sa_flags = SA_NODEFER };
	struct itimerval every = { .it_interval = { .tv_usec = 100000 }, .it_value = { .tv_usec = 100000 } };

	sigaction(SIGVTALRM, &tick, NULL);
	setitimer(ITIMER_VIRTUAL, &every, NULL);
}

int main(void)
{
	int i, j;

	listen();
	for (i = 0; i < sim_function_count; i++) {
		unsigned long before = run_number;

		run_function(&sim_functions[i]);
		printf("F %s %lu\n", sim_functions[i].name, run_number - before);
		for (j = 0; j < seen_count; j++)
			puts(seen[j]);
	}
	return 0;
}
