/* A process that has shut itself in: what it can no longer do. Each trial is a child, which says by its exit status how
 * it went. */
#include "test.h"

#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DONE, REFUSED, NOT_SHUT_IN = 77 };

static char root[] = "/tmp/so2-test-sandbox-XXXXXX";

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static const char *inside(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", root, name);
	return path;
}

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(root) || mkdir(inside("given"), 0700) || mkdir(inside("cache"), 0700))
		return -1;
	write_file(inside("given/source.c"), "int x;\n");
	write_file(inside("secret"), "the canary\n");
	return symlink("../secret", inside("given/link.h"));
}

static int tear_down(void **state)
{
	static const char *const names[] = {
		"given/source.c", "given/link.h", "given", "cache/new", "cache", "secret"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		remove(inside(names[i]));
	return rmdir(root);
}

typedef int trial(void);

/* The wait status of a child that is shut in and does it. */
static int status_of(trial *what)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		char given[64], cache[64];
		const char *readable[] = { given };
		snprintf(given, sizeof(given), "%s/given", root);
		snprintf(cache, sizeof(cache), "%s/cache", root);
		if (sandbox_enter(&(struct sandbox){ readable, 1, cache }))
			_exit(NOT_SHUT_IN);
		_exit(what());
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void assert_exit(trial *what, int expected)
{
	int status = status_of(what);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), expected);
}

/* ---- files ---------------------------------------------------------------------------- */

static int opens(const char *name, int flags)
{
	return open(inside(name), flags | O_CLOEXEC, 0600) >= 0 ? DONE : REFUSED;
}

static int read_given(void)
{
	return opens("given/source.c", O_RDONLY);
}

static int write_given(void)
{
	return opens("given/source.c", O_WRONLY);
}

static int add_to_given(void)
{
	return opens("given/new", O_WRONLY | O_CREAT);
}

static int cut_given(void)
{
	return truncate(inside("given/source.c"), 0) ? REFUSED : DONE;
}

static int remove_given(void)
{
	return unlink(inside("given/source.c")) ? REFUSED : DONE;
}

static int read_secret(void)
{
	return opens("secret", O_RDONLY);
}

static int read_through_link(void)
{
	return opens("given/link.h", O_RDONLY);
}

static int write_cache(void)
{
	return opens("cache/new", O_RDWR | O_CREAT);
}

static int change_times(void)
{
	const struct timespec times[2] = { { 1, 0 }, { 1, 0 } };

	return utimensat(AT_FDCWD, inside("given/source.c"), times, 0) ? REFUSED : DONE;
}

static int change_mode(void)
{
	int descriptor = open(inside("given/source.c"), O_RDONLY | O_CLOEXEC);

	return chmod(inside("given/source.c"), 0600) && fchmod(descriptor, 0600) ? REFUSED : DONE;
}

static int touch_cache(void)
{
	const struct timespec times[2] = { { .tv_nsec = UTIME_NOW }, { .tv_nsec = UTIME_OMIT } };
	int descriptor = open(inside("cache/new"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	return futimens(descriptor, times) ? REFUSED : DONE;
}

static int move_out(void)
{
	char from[128];

	strcpy(from, inside("cache/new"));
	return rename(from, inside("given/source.c")) ? REFUSED : DONE;
}

static void test_files(void **state)
{
	(void)state;
	if (sandbox_missing())
		skip();
	assert_exit(read_given, DONE);
	assert_exit(write_given, REFUSED);
	assert_exit(add_to_given, REFUSED);
	assert_exit(cut_given, REFUSED);
	assert_exit(remove_given, REFUSED);
	assert_exit(read_secret, REFUSED);
	assert_exit(read_through_link, REFUSED);
	assert_exit(write_cache, DONE);
	assert_exit(move_out, REFUSED);
}

/* ---- system calls ----------------------------------------------------------------------- */

static int start_program(void)
{
	char *const arguments[] = { (char *)"true", NULL };

	execv("/bin/true", arguments);
	return REFUSED;
}

static int open_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? DONE : REFUSED;
}

static int trace_parent(void)
{
	return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) ? REFUSED : DONE;
}

static int signal_parent(void)
{
	return kill(getppid(), 0) ? REFUSED : DONE;
}

static int make_link(void)
{
	return symlink("/etc/passwd", inside("cache/new-link")) ? REFUSED : DONE;
}

static int abort_itself(void)
{
	signal(SIGABRT, SIG_DFL);
	abort();
}

static void assert_killed(trial *what, int signal_number)
{
	int status = status_of(what);

	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), signal_number);
}

static void test_system_calls(void **state)
{
	(void)state;
	if (sandbox_missing())
		skip();
	assert_exit(make_link, REFUSED);
	assert_killed(abort_itself, SIGABRT);
	assert_exit(touch_cache, DONE);
#ifndef SO2_SANITIZE /* these builds have no filter of system calls */
	assert_exit(signal_parent, REFUSED);
	assert_exit(change_times, REFUSED);
	assert_exit(change_mode, REFUSED);
	assert_killed(start_program, SIGSYS);
	assert_killed(open_socket, SIGSYS);
	assert_killed(trace_parent, SIGSYS);
#else
	(void)signal_parent;
	(void)change_times;
	(void)change_mode;
	(void)start_program;
	(void)open_socket;
	(void)trace_parent;
#endif
}

/* ---- descriptors -------------------------------------------------------------------------- */

static int keep_one(void)
{
	int first = open(inside("secret"), O_RDONLY), other = open(inside("given/source.c"), O_RDONLY);
	int kept = sandbox_close_descriptors(other);
	char byte = 0;

	if (kept < 0 || first < 0 || read(kept, &byte, 1) != 1 || byte != 'i')
		return REFUSED;
	for (int i = kept + 1; i < 64; i++)
		if (fcntl(i, F_GETFD) >= 0)
			return REFUSED;
	return read(STDIN_FILENO, &byte, 1) == 0 ? DONE : REFUSED;
}

static void test_descriptors(void **state)
{
	int status = 0;
	pid_t child = fork();

	(void)state;
	if (child == 0)
		_exit(keep_one());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_system_calls),
		cmocka_unit_test(test_descriptors),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
