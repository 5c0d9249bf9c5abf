/* Reads whole regular files; see file.h for the contract. */
#include "base/file.h"

#include "base/ending.h"
#include "base/unsaved.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *explain_kind(mode_t mode)
{
	if (S_ISDIR(mode))
		return "is a directory";
	return S_ISREG(mode) ? NULL : "is not a regular file";
}

static const char *explain_limit(struct arena *arena, size_t limit)
{
	return arena_printf(arena, "is larger than the limit of %zu bytes", limit);
}

/* Fills the buffer until it is full or the file ends; -1 with errno on error. */
static ssize_t read_fully(int descriptor, char *buffer, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t count = read(descriptor, buffer + done, size - done);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		if (count == 0)
			break;
		done += (size_t)count;
	}
	return (ssize_t)done;
}

/* Reads to the end of the file, which may have grown since fstat and which some
 * file systems (/proc) report as empty. NULL on failure, with *error set. */
static char *read_to_end(struct arena *arena, int descriptor, size_t expected, size_t limit, size_t *length,
			 const char **error)
{
	size_t capacity = expected < 4096 ? 4096 : expected + 1;
	char *text = arena_alloc(arena, capacity);
	size_t used = 0;

	for (;;) {
		ssize_t count = read_fully(descriptor, text + used, capacity - used);

		if (count < 0) {
			*error = arena_printf(arena, "cannot be read: %s", strerror(errno));
			return NULL;
		}
		used += (size_t)count;
		if (used > limit) {
			*error = explain_limit(arena, limit);
			return NULL;
		}
		if (used < capacity)
			break;
		text = arena_grow(arena, text, used, capacity * 2);
		capacity *= 2;
	}
	text[used] = '\0';
	*length = used;
	return text;
}

static const char *check_status(struct arena *arena, int descriptor, size_t limit, struct stat *status)
{
	const char *problem;

	if (fstat(descriptor, status) != 0)
		return arena_printf(arena, "cannot be examined: %s", strerror(errno));
	problem = explain_kind(status->st_mode);
	if (!problem && (status->st_size < 0 || (uintmax_t)status->st_size > limit))
		problem = explain_limit(arena, limit);
	return problem;
}

static int read_unsaved(struct arena *arena, const struct unsaved_file *file, size_t limit, char **text, size_t *length,
			const char **error)
{
	if (length)
		*length = 0;
	if (file->length > limit) {
		*error = explain_limit(arena, limit);
		return -1;
	}
	*text = arena_grow(arena, file->text, file->length + 1, file->length + 1);
	if (length)
		*length = file->length;
	return 0;
}

int file_read(struct arena *arena, const char *path, size_t limit, char **text, size_t *length, const char **error)
{
	const struct unsaved_file *unsaved = unsaved_file_find(path);
	struct stat status;
	size_t used = 0;

	*text = NULL;
	*error = NULL;
	if (unsaved)
		return read_unsaved(arena, unsaved, limit, text, length, error);
	/* O_NONBLOCK: opening a named pipe must not wait for a writer. */
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (descriptor < 0) {
		*error = arena_printf(arena, "cannot be opened: %s", strerror(errno));
		return -1;
	}
	*error = check_status(arena, descriptor, limit, &status);
	if (!*error)
		*text = read_to_end(arena, descriptor, (size_t)status.st_size, limit, &used, error);
	close(descriptor);
	if (length)
		*length = used;
	return *text ? 0 : -1;
}

bool file_write_whole(int descriptor, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t count = write(descriptor, bytes, length);

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return false;
		bytes += count;
		length -= (size_t)count;
	}
	return true;
}

/* mkstemp makes files for their owner only; these are ordinary ones. */
static void set_mode(int descriptor, const char *target)
{
	struct stat old;
	mode_t mask = umask(0);

	umask(mask);
	if (lstat(target, &old) || !S_ISREG(old.st_mode)) {
		fchmod(descriptor, 0666 & ~mask);
		return;
	}
	/* only root can give files away, and a group is one's own or not */
	if (fchown(descriptor, old.st_uid, old.st_gid) && fchown(descriptor, (uid_t)-1, old.st_gid))
		old.st_mode &= ~(mode_t)(S_ISUID | S_ISGID);
	fchmod(descriptor, old.st_mode & 07777);
}

int file_replace_begin(struct file_replacement *file, struct arena *arena, const char *target)
{
	sigset_t before;
	int reason;

	*file = (struct file_replacement){ .target = target, .temporary = arena_printf(arena, "%s.XXXXXX", target) };
	ending_hold(&before);
	file->descriptor = mkstemp(file->temporary);
	reason = errno;
	if (file->descriptor >= 0)
		ending_note_file(file->temporary);
	ending_release(&before);
	errno = reason;
	if (file->descriptor < 0)
		return -1;
	fcntl(file->descriptor, F_SETFD, FD_CLOEXEC);
	set_mode(file->descriptor, target);
	return 0;
}

int file_replace_end(struct file_replacement *file, bool is_wanted)
{
	int status = is_wanted ? rename(file->temporary, file->target) : 0, reason = errno;

	if (status || !is_wanted)
		unlink(file->temporary);
	ending_forget_file(file->temporary);
	errno = reason;
	return status;
}

bool file_read_whole(int descriptor, void *bytes, size_t length)
{
	return read_fully(descriptor, bytes, length) == (ssize_t)length;
}

const char *file_stamp(struct arena *arena, const char *path, time_t *changed)
{
	struct stat status;

	if (stat(path, &status) || !S_ISREG(status.st_mode))
		return NULL;
	if (changed)
		*changed = status.st_ctim.tv_sec;
	return arena_printf(arena, "%llx.%llx.%lx.%llx.%lx.%llx", (unsigned long long)status.st_size,
			    (unsigned long long)status.st_mtim.tv_sec, (unsigned long)status.st_mtim.tv_nsec,
			    (unsigned long long)status.st_ctim.tv_sec, (unsigned long)status.st_ctim.tv_nsec,
			    (unsigned long long)status.st_ino);
}

void file_state_get(const char *path, struct file_state *state)
{
	struct stat status;

	memset(state, 0, sizeof(*state));
	if (stat(path, &status))
		return;
	state->mode = status.st_mode;
	state->device = status.st_dev;
	state->inode = status.st_ino;
	state->size = (uint64_t)status.st_size;
	state->modified[0] = status.st_mtim.tv_sec;
	state->modified[1] = status.st_mtim.tv_nsec;
	state->changed[0] = status.st_ctim.tv_sec;
	state->changed[1] = status.st_ctim.tv_nsec;
}
