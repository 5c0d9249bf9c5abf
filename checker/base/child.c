/* See base/child.h. */
#include "base/child.h"

#include "base/ending.h"
#include "base/sanitizer.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

double clock_wall(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Milliseconds for poll(), not less than what is left. */
static int milliseconds_until(double deadline)
{
	double left = deadline - clock_wall();

	if (left <= 0)
		return 0;
	return left > 3600 ? 3600 * 1000 : (int)(left * 1000) + 1;
}

/* ---- in the child -------------------------------------------------------------------- */

void child_limit(uint64_t memory)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
#ifndef HAS_SANITIZER /* which reserves terabytes of addresses */
	const struct rlimit addresses = { memory, memory };
	setrlimit(RLIMIT_AS, &addresses);
#else
	(void)memory;
#endif
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	ending_default();
}

/* ---- starting ------------------------------------------------------------------------- */

bool child_start(struct child *child, void (*work)(void *context, int socket), void *context)
{
	sigset_t before;
	int sockets[2];

	*child = (struct child){ .socket = -1 };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets))
		return false;
	fflush(NULL); /* or what is in a buffer would be written twice */
	ending_hold(&before);
	child->process = fork();
	if (child->process > 0)
		ending_note_child(child->process, SIGKILL);
	ending_release(&before);
	if (child->process == 0) {
		close(sockets[0]);
		work(context, sockets[1]);
		_exit(EXIT_SUCCESS);
	}
	close(sockets[1]);
	if (child->process < 0) {
		close(sockets[0]);
		return false;
	}
	child->socket = sockets[0];
	return true;
}

/* ---- talking ---------------------------------------------------------------------------- */

bool child_read_whole(const struct child *child, void *bytes, size_t length, double deadline)
{
	char *at = bytes;

	while (length > 0) {
		struct pollfd wait = { .fd = child->socket, .events = POLLIN };
		int ready = poll(&wait, 1, milliseconds_until(deadline));
		ssize_t count = ready > 0 ? recv(child->socket, at, length, MSG_DONTWAIT) : -1;

		if (ready == 0 || count == 0)
			return false;
		if (count < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		if (count < 0)
			continue;
		at += count;
		length -= (size_t)count;
	}
	return true;
}

/* ---- ending ------------------------------------------------------------------------------- */

void child_send_home(struct child *child)
{
	if (child->socket >= 0)
		close(child->socket);
	child->socket = -1;
}

/* false: it still runs. Where the kernel has no such descriptors nobody can tell. */
static bool ends_in_time(pid_t process, double seconds)
{
	const double deadline = clock_wall() + seconds;
	struct pollfd wait = { .fd = (int)syscall(SYS_pidfd_open, process, 0), .events = POLLIN };
	int ready;

	if (wait.fd < 0)
		return true;
	while ((ready = poll(&wait, 1, milliseconds_until(deadline))) < 0 && errno == EINTR)
		;
	close(wait.fd);
	return ready != 0;
}

int child_wait(pid_t process, double seconds)
{
	int status = 0;

	if (!ends_in_time(process, seconds))
		kill(process, SIGKILL);
	while (waitpid(process, &status, 0) < 0 && errno == EINTR)
		;
	ending_forget_child(process);
	return status;
}

int child_end(struct child *child)
{
	child_send_home(child);
	return child_wait(child->process, CHILD_ENDING_SECONDS);
}

int child_kill(struct child *child)
{
	kill(child->process, SIGKILL);
	return child_end(child);
}

const char *child_describe_end(struct arena *arena, int status, uint64_t memory)
{
	if (WIFSIGNALED(status))
		return arena_printf(arena, "the checker was ended by signal %d (%s)", WTERMSIG(status),
				    strsignal(WTERMSIG(status)));
	if (memory == 0)
		return "the checker gave up, perhaps for want of memory (--memory-limit)";
	return arena_printf(arena, "the checker gave up, perhaps for want of memory (--memory-limit is %llu MB)",
			    (unsigned long long)memory >> 20);
}
