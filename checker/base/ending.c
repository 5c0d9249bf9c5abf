/* See base/ending.h. All that the handler calls is safe in one (signal-safety(7)): plain system calls, no allocation, no stdio. */
#include "base/ending.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FILES_MAX 32
#define CHILDREN_MAX 512
#define FOLDERS_MAX 4
/* Milliseconds that all children may take to end; a disk that hangs must not keep the terminal. */
#define PATIENCE 2000

static const int ending_signals[] = { SIGINT, SIGTERM, SIGHUP };
#define SIGNAL_COUNT (sizeof(ending_signals) / sizeof(*ending_signals))

struct child_note {
	pid_t process; /* 0: free */
	int signal;
	bool has_ended;
};

struct folder_note {
	char path[PATH_MAX]; /* "": free */
	const char *prefix, *own;
};

/* Written with the signals held. */
static struct {
	pid_t owner; /* 0: not installed */
	char files[FILES_MAX][PATH_MAX];
	struct child_note children[CHILDREN_MAX];
	struct folder_note folders[FOLDERS_MAX];
	volatile sig_atomic_t has_line;
} notes;

/* ---- in the handler ---------------------------------------------------------------------- */

static void end_children(void)
{
	const struct timespec pause = { 0, 1000000 };
	bool is_left = true;

	for (int i = 0; i < CHILDREN_MAX; i++)
		if (notes.children[i].process > 0)
			kill(notes.children[i].process, notes.children[i].signal);
	for (int waited = 0; is_left && waited < PATIENCE; waited++) {
		is_left = false;
		for (int i = 0; i < CHILDREN_MAX; i++) {
			struct child_note *child = &notes.children[i];
			if (child->process > 0 && !child->has_ended)
				child->has_ended = waitpid(child->process, NULL, WNOHANG) != 0;
			is_left |= child->process > 0 && !child->has_ended;
		}
		if (is_left)
			nanosleep(&pause, NULL);
	}
}

/* The process that the name tells: PREFIX<pid>-...; 0: none. */
static pid_t maker_of(const char *name, const char *prefix)
{
	size_t length = strlen(prefix);
	long process = 0;

	if (strncmp(name, prefix, length) != 0)
		return 0;
	for (name += length; *name >= '0' && *name <= '9' && process < INT_MAX / 10 - 1; name++)
		process = process * 10 + (*name - '0');
	return *name == '-' ? (pid_t)process : 0;
}

static bool is_ours(pid_t process)
{
	if (process == notes.owner)
		return true;
	for (int i = 0; i < CHILDREN_MAX; i++)
		if (process > 0 && notes.children[i].process == process)
			return true;
	return false;
}

/* How getdents64(2) gives a name. */
struct entry {
	uint64_t inode;
	int64_t next;
	unsigned short length;
	unsigned char type;
	char name[];
};

static void clear_folder(int parent, const char *path, const struct folder_note *note, bool is_all, int depth);

static void clear_entry(int folder, const char *name, unsigned char type, const struct folder_note *note, bool is_all,
			int depth)
{
	if (type == DT_DIR && depth == 0 && *name != '.') {
		bool is_own = maker_of(name, note->own) == notes.owner;

		clear_folder(folder, name, note, is_own, depth + 1);
		if (is_own)
			unlinkat(folder, name, AT_REMOVEDIR);
	} else if (type != DT_DIR && (is_all || is_ours(maker_of(name, note->prefix)))) {
		unlinkat(folder, name, 0);
	}
}

static void clear_folder(int parent, const char *path, const struct folder_note *note, bool is_all, int depth)
{
	_Alignas(struct entry) char bytes[4096];
	int folder = openat(parent, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	long count;

	while (folder >= 0 && (count = syscall(SYS_getdents64, folder, bytes, sizeof(bytes))) > 0) {
		for (long at = 0; at < count;) {
			const struct entry *entry = (const struct entry *)(bytes + at);

			clear_entry(folder, entry->name, entry->type, note, is_all, depth);
			at += entry->length;
		}
	}
	if (folder >= 0)
		close(folder);
}

static void clear_line(void)
{
	static const char text[] = "\r\033[K";

	if (notes.has_line && write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		notes.has_line = 0;
}

static void clear_up(void)
{
	for (int i = 0; i < FILES_MAX; i++)
		if (notes.files[i][0])
			unlink(notes.files[i]);
	end_children();
	for (int i = 0; i < FOLDERS_MAX && notes.folders[i].path[0]; i++)
		clear_folder(AT_FDCWD, notes.folders[i].path, &notes.folders[i], false, 0);
	clear_line();
}

static void end(int signal)
{
	const struct sigaction by_default = { .sa_handler = SIG_DFL };
	sigset_t only;

	if (getpid() == notes.owner) /* else a fork that has not come to itself yet */
		clear_up();
	sigaction(signal, &by_default, NULL);
	raise(signal); /* waits: it is held while its handler runs */
	sigemptyset(&only);
	sigaddset(&only, signal);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
}

/* ---- outside of it -------------------------------------------------------------------------- */

static sigset_t all_signals(void)
{
	sigset_t all;

	sigemptyset(&all);
	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		sigaddset(&all, ending_signals[i]);
	return all;
}

static bool is_ignored(int signal)
{
	struct sigaction now;

	return sigaction(signal, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

void ending_install(void)
{
	const struct sigaction ours = { .sa_handler = end, .sa_mask = all_signals() };

	notes.owner = getpid();
	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		if (!is_ignored(ending_signals[i]))
			sigaction(ending_signals[i], &ours, NULL);
}

void ending_default(void)
{
	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		if (!is_ignored(ending_signals[i]))
			signal(ending_signals[i], SIG_DFL);
}

void ending_hold(sigset_t *before)
{
	const sigset_t all = all_signals();

	sigprocmask(SIG_BLOCK, &all, before);
}

void ending_release(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}

void ending_note_file(const char *path)
{
	sigset_t before;
	size_t length = strlen(path);

	ending_hold(&before);
	for (int i = 0; i < FILES_MAX && length < PATH_MAX; i++) {
		if (notes.files[i][0])
			continue;
		memcpy(notes.files[i], path, length + 1);
		break;
	}
	ending_release(&before);
}

void ending_forget_file(const char *path)
{
	sigset_t before;

	ending_hold(&before);
	for (int i = 0; i < FILES_MAX; i++)
		if (strcmp(notes.files[i], path) == 0)
			notes.files[i][0] = '\0';
	ending_release(&before);
}

void ending_note_child(pid_t child, int signal)
{
	sigset_t before;

	ending_hold(&before);
	for (int i = 0; i < CHILDREN_MAX; i++) {
		if (notes.children[i].process)
			continue;
		notes.children[i] = (struct child_note){ child, signal, false };
		break;
	}
	ending_release(&before);
}

void ending_forget_child(pid_t child)
{
	sigset_t before;

	ending_hold(&before);
	for (int i = 0; i < CHILDREN_MAX; i++)
		if (notes.children[i].process == child)
			notes.children[i].process = 0;
	ending_release(&before);
}

void ending_note_folder(const char *path, const char *prefix, const char *own)
{
	sigset_t before;

	size_t length = strlen(path);

	ending_hold(&before);
	for (int i = 0; i < FOLDERS_MAX && length < PATH_MAX; i++) {
		struct folder_note *note = &notes.folders[i];
		if (note->path[0] && strcmp(note->path, path) != 0)
			continue;
		memcpy(note->path, path, length + 1);
		note->prefix = prefix;
		note->own = own;
		break;
	}
	ending_release(&before);
}

void ending_note_line(int has_line)
{
	notes.has_line = has_line;
}
