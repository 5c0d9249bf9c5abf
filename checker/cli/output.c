#include "output.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Devices and pipes cannot be replaced: they are written as they are. */
static bool is_special(const char *path)
{
	struct stat status;

	return !stat(path, &status) && !S_ISREG(status.st_mode);
}

static bool is_folder(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

/* The file a link leads to, so that the link itself stays. A file that is not there yet is its own. */
static const char *follow_link(struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *target = real ? arena_strdup(arena, real) : path;

	free(real); /* the library's own allocation */
	return target;
}

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}

static int log_failure(struct log *log, const char *shown, const char *reason)
{
	log_add(log, LOG_ERROR, NULL, "cannot write %s: %s", shown, reason);
	return -1;
}

int output_check(struct arena *arena, struct log *log, const char *path)
{
	if (!path)
		return 0;
	if (is_folder(path))
		return log_failure(log, path, strerror(EISDIR));
	const char *where = is_special(path) ? path : folder_of(arena, follow_link(arena, path));
	if (access(where, W_OK))
		return log_failure(log, path, strerror(errno));
	return 0;
}

/* mkstemp makes files for their owner only; a report is an ordinary file. */
static void set_usual_mode(int descriptor)
{
	mode_t mask = umask(0);

	umask(mask);
	fchmod(descriptor, 0666 & ~mask);
}

static FILE *open_temporary(struct output *output, struct arena *arena)
{
	char *name = arena_printf(arena, "%s.XXXXXX", output->target);
	int descriptor = mkstemp(name);
	if (descriptor < 0)
		return NULL;
	output->temporary = name;
	set_usual_mode(descriptor);
	FILE *stream = fdopen(descriptor, "w");
	if (!stream) {
		close(descriptor);
		unlink(name);
	}
	return stream;
}

int output_open(struct output *output, struct arena *arena, struct log *log, const char *path)
{
	*output = (struct output){ .stream = stdout, .shown = path ? path : "standard output" };
	if (!path)
		return 0;
	if (is_special(path)) {
		output->stream = fopen(path, "w");
	} else {
		output->target = follow_link(arena, path);
		output->stream = open_temporary(output, arena);
	}
	return output->stream ? 0 : log_failure(log, path, strerror(errno));
}

/* The stream is closed in any case. Closing tells of errors that writing hid (NFS, quota). */
static int finish_stream(struct output *output)
{
	bool has_failed = fflush(output->stream) != 0 || ferror(output->stream);
	int reason = errno;

	if (output->target && !has_failed && fsync(fileno(output->stream)) && errno != EINVAL) {
		has_failed = true;
		reason = errno;
	}
	if (output->stream != stdout && fclose(output->stream) && !has_failed) {
		has_failed = true;
		reason = errno;
	}
	output->stream = NULL;
	errno = reason;
	return has_failed ? -1 : 0;
}

int output_commit(struct output *output, struct log *log)
{
	int status = finish_stream(output);

	if (!status && output->target)
		status = rename(output->temporary, output->target);
	if (!status)
		return 0;
	int reason = errno;
	if (output->temporary)
		unlink(output->temporary);
	return log_failure(log, output->shown, strerror(reason));
}

void output_abort(struct output *output)
{
	if (output->stream && output->stream != stdout)
		fclose(output->stream);
	if (output->temporary)
		unlink(output->temporary);
	output->stream = NULL;
}
