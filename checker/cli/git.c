/* See git.h. */
#include "git.h"

#include "base/ending.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define INDEX "GIT_INDEX_FILE="

/* The environment, with another index. */
static char **environment(struct arena *arena, const char *index)
{
	size_t count = 0, kept = 0;

	while (environ[count])
		count++;
	char **all = ARENA_ARRAY(arena, char *, count + 2);
	for (size_t i = 0; i < count; i++)
		if (strncmp(environ[i], INDEX, strlen(INDEX)) != 0)
			all[kept++] = environ[i];
	all[kept] = arena_printf(arena, INDEX "%s", index);
	return all;
}

/* The process, or -1. */
static pid_t start(struct arena *arena, const char *const *args, const char *index, bool is_loud, int out)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t before;
	size_t count = 0;
	pid_t child;

	while (args[count])
		count++;
	const char **argv = ARENA_ARRAY(arena, const char *, count + 2);
	argv[0] = "git";
	memcpy(argv + 1, args, count * sizeof(*args));
	ending_hold(&before);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &before);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (!is_loud)
		posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	int error = posix_spawnp(&child, "git", &actions, &attributes, (char *const *)argv,
				 index ? environment(arena, index) : environ);
	if (!error)
		ending_note_child(child, SIGTERM); /* it has locks to remove */
	ending_release(&before);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return error ? -1 : child;
}

static bool has_succeeded(pid_t child)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	ending_forget_child(child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

const char *git_ask(struct arena *arena, const char *const *args, const char *index, bool is_loud)
{
	struct text answer = text_create(arena);
	char bytes[4096];
	ssize_t count;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return NULL;
	pid_t child = start(arena, args, index, is_loud, ends[1]);
	close(ends[1]);
	while (child > 0 && ((count = read(ends[0], bytes, sizeof(bytes))) > 0 || (count < 0 && errno == EINTR)))
		if (count > 0)
			text_add_n(&answer, bytes, (size_t)count);
	close(ends[0]);
	if (child < 0 || !has_succeeded(child))
		return NULL;
	char *text = arena_strdup(arena, text_get(&answer));
	size_t length = strlen(text);
	if (length > 0 && text[length - 1] == '\n')
		text[length - 1] = '\0';
	return text;
}
