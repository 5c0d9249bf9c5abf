#include "output.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As many as the kernel follows. */
#define LINKS_MAX 40

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

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}

/* Where a link leads, also to a file that is not there yet, so that the link itself stays. */
static const char *follow_link(struct arena *arena, const char *path)
{
	char bytes[PATH_MAX];

	for (int links = 0; links < LINKS_MAX; links++) {
		ssize_t length = readlink(path, bytes, sizeof(bytes) - 1);
		if (length < 0)
			break;
		bytes[length] = '\0';
		path = *bytes == '/' ? arena_strdup(arena, bytes) :
				       arena_printf(arena, "%s/%s", folder_of(arena, path), bytes);
	}
	return path;
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

static FILE *open_file(struct output *output, struct arena *arena, const char *path)
{
	if (file_replace_begin(&output->file, arena, follow_link(arena, path)))
		return NULL;
	FILE *stream = fdopen(output->file.descriptor, "w");
	output->is_replacing = true;
	if (!stream) {
		close(output->file.descriptor);
		output_abort(output);
	}
	return stream;
}

int output_open(struct output *output, struct arena *arena, struct log *log, const char *path)
{
	*output = (struct output){ .stream = stdout, .shown = path ? path : "standard output" };
	if (!path)
		return 0;
	output->stream = is_special(path) ? fopen(path, "we") : open_file(output, arena, path);
	return output->stream ? 0 : log_failure(log, path, strerror(errno));
}

/* The stream is closed in any case. Closing tells of errors that writing hid (NFS, quota). */
static int finish_stream(struct output *output)
{
	bool has_failed = fflush(output->stream) != 0 || ferror(output->stream);
	int reason = errno;

	if (output->is_replacing && !has_failed && fsync(fileno(output->stream)) && errno != EINVAL) {
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
	int status = finish_stream(output), reason = errno;

	if (output->is_replacing && file_replace_end(&output->file, !status) && !status) {
		status = -1;
		reason = errno;
	}
	output->is_replacing = false;
	return status ? log_failure(log, output->shown, strerror(reason)) : 0;
}

void output_abort(struct output *output)
{
	if (output->stream && output->stream != stdout)
		fclose(output->stream);
	if (output->is_replacing)
		file_replace_end(&output->file, false);
	output->is_replacing = false;
	output->stream = NULL;
}
