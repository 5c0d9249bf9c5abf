/* See process.h. */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OUTPUT_LIMIT ((size_t)8 << 20) /* bytes */

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static bool is_program(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

const char *process_find(struct arena *arena, const char *name)
{
	const char *path = getenv("PATH");

	while (path && *path) {
		size_t length = strcspn(path, ":");
		const char *found = arena_printf(arena, "%.*s/%s", (int)length, path, name);

		/* an entry that is relative depends on the folder we happen to be in */
		if (*path == '/' && is_program(found))
			return found;
		path += length + (path[length] == ':');
	}
	return NULL;
}

static _Noreturn void become(const char *const *argv, const char *directory, int output)
{
	int nothing = open("/dev/null", O_RDONLY);

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	setenv("LC_ALL", "C", 1);
	if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
	    dup2(output, STDERR_FILENO) >= 0 && chdir(directory) == 0)
		execv(argv[0], (char *const *)argv);
	_exit(127);
}

/* false: no more will come. */
static bool take_some(struct process_result *result, int pipe, double left)
{
	struct pollfd wait = { .fd = pipe, .events = POLLIN };
	char bytes[16384];
	int ready = poll(&wait, 1, left > 0 ? (int)(left * 1000) + 1 : 0);

	if (ready < 0)
		return errno == EINTR;
	if (ready == 0)
		return true;
	ssize_t count = read(pipe, bytes, sizeof(bytes));
	if (count < 0)
		return errno == EINTR;
	text_add_n(&result->output, bytes, (size_t)count);
	return count > 0;
}

/* It may have closed its output and live on. */
static int wait_for_end(pid_t child, double end, bool *is_late)
{
	int status = 0;

	for (;;) {
		pid_t ended = waitpid(child, &status, WNOHANG);
		if (ended == child || (ended < 0 && errno != EINTR))
			return status;
		if (now() >= end)
			break;
		nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
	}
	*is_late = true;
	kill(-child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static void watch(struct process_result *result, pid_t child, int pipe, double seconds)
{
	double end = now() + seconds;

	while (!result->is_late && !result->is_too_long && take_some(result, pipe, end - now())) {
		result->is_late = now() >= end;
		result->is_too_long = result->output.length > OUTPUT_LIMIT;
	}
	if (result->is_late || result->is_too_long)
		kill(-child, SIGKILL);
	bool is_late = false;
	result->status = wait_for_end(child, end, &is_late);
	result->is_late |= is_late && !result->is_too_long;
	kill(-child, SIGKILL); /* what it left behind */
}

struct process_result process_run(struct arena *arena, const char *const *argv, const char *directory, double seconds)
{
	struct process_result result = { .output = text_create(arena) };
	int ends[2];

	if (pipe2(ends, O_CLOEXEC)) {
		result.problem = strerror(errno);
		return result;
	}
	pid_t child = fork();
	if (child == 0)
		become(argv, directory, ends[1]);
	close(ends[1]);
	if (child < 0) {
		result.problem = strerror(errno);
	} else {
		setpgid(child, child); /* whoever of the two comes first */
		watch(&result, child, ends[0], seconds);
		if (WIFEXITED(result.status) && WEXITSTATUS(result.status) == 127)
			result.problem = "it could not be started";
	}
	close(ends[0]);
	return result;
}
