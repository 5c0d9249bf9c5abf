/* A worker that the sources have taken over, for testcases/cli/separation.sh and fix_box.sh: preloaded, it does when libclang is loaded what its
 * environment says, and tells on standard error how it went. By then the worker has shut itself in.
 *
 *   ATTACK_READ, ATTACK_WRITE   names, one a line: to be opened; a folder to be written to gets a file
 *   ATTACK_CHANGE               names: mode and times of the file
 *   ATTACK_REMOVE               names: removed, and replaced by a rename
 *   ATTACK_ANSWER               lie: nonsense to the program; stall: half an answer, and nothing more; quit: it closes the socket
 *                               and stays
 *   ATTACK_FIX                  a name: it tells the program of `fix` to edit that file; ATTACK_EDIT END: from its start to there */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SOCKET = 3 };

static void tell(const char *what, const char *path, bool is_done)
{
	fprintf(stderr, "attack %s: %s %s\n", is_done ? "done" : "refused", what, path);
}

static void try_read(const char *path)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);

	tell("read", path, descriptor >= 0);
}

static void try_write(const char *path)
{
	char name[4096];
	struct stat status;

	snprintf(name, sizeof(name), stat(path, &status) == 0 && S_ISDIR(status.st_mode) ? "%s/planted" : "%s", path);
	int descriptor = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	tell("write", path, descriptor >= 0 || truncate(path, 0) == 0);
}

static void try_change(const char *path)
{
	const struct timespec times[2] = { { 1, 0 }, { 1, 0 } };
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);

	tell("change", path,
	     utimensat(AT_FDCWD, path, times, 0) == 0 || chmod(path, 0777) == 0 ||
		     (descriptor >= 0 && fchmod(descriptor, 0777) == 0));
}

static void try_remove(const char *path)
{
	tell("remove", path, rename("/proc/self/statm", path) == 0 || link("/etc/passwd", path) == 0 || unlink(path) == 0);
}

static void each(const char *variable, void (*attempt)(const char *path))
{
	const char *list = getenv(variable);
	char *copy = strdup(list ? list : ""), *rest = NULL;

	for (char *path = strtok_r(copy, "\n", &rest); path; path = strtok_r(NULL, "\n", &rest))
		attempt(path);
	free(copy);
}

static size_t put_text(char *at, const char *text)
{
	at[0] = (char)(strlen(text) + 1);
	memcpy(at + 1, text, strlen(text));
	return strlen(text) + 1;
}

/* As checker/cli/fix_worker.c writes it, of names shorter than 100 bytes. */
static void send_fix(const char *name)
{
	const char *end = getenv("ATTACK_EDIT");
	char bytes[512];
	size_t length = 0;

	memcpy(bytes, "\0\0\0\0\1", 5); /* not the last one, no findings, nothing lost, no log, a file */
	length = 5 + put_text(bytes + 5, name);
	length += put_text(bytes + length, "00000000000000000000000000000000");
	memcpy(bytes + length, "\1\1\0", 3); /* a fix of one edit from byte 0 */
	bytes[length + 3] = (char)atoi(end ? end : "1");
	length += 4;
	length += put_text(bytes + length, "planted");
	tell("fix", name,
	     write(SOCKET, &length, sizeof(length)) == sizeof(length) && write(SOCKET, bytes, length) == (ssize_t)length);
	for (;;)
		pause();
}

static void answer(void)
{
	const char *how = getenv("ATTACK_ANSWER"), *fixed = getenv("ATTACK_FIX");
	char nonsense[4096];

	if (fixed)
		send_fix(fixed);
	if (!how)
		return;
	memset(nonsense, 0xff, sizeof(nonsense));
	size_t length = strcmp(how, "lie") == 0 ? sizeof(nonsense) : strcmp(how, "stall") == 0 ? 5 : 0;
	tell("answer", how, write(SOCKET, nonsense, length) == (ssize_t)length);
	if (strcmp(how, "quit") == 0)
		close(SOCKET);
	for (;;)
		pause();
}

void *dlopen(const char *name, int flags)
{
	static bool was_here;
	void *(*real)(const char *, int);

	*(void **)&real = dlsym(RTLD_NEXT, "dlopen");
	if (name && strstr(name, "libclang") && !was_here) {
		was_here = true;
		each("ATTACK_READ", try_read);
		each("ATTACK_WRITE", try_write);
		each("ATTACK_CHANGE", try_change);
		each("ATTACK_REMOVE", try_remove);
		answer();
	}
	return real(name, flags);
}
