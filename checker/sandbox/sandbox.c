/* See sandbox/sandbox.h. */
#include "sandbox_int.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *sandbox_missing(void)
{
	bool has_files = landlock_version() > 0, has_filter = syscall_filter_is_available();

	if (!has_files && !has_filter)
		return "neither Landlock nor a filter of system calls";
	if (!has_files)
		return "no Landlock";
	return has_filter ? NULL : "no filter of system calls";
}

const char *sandbox_enter(const struct sandbox *sandbox)
{
	const char *problem = NULL;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return "privileges cannot be given up";
	if (landlock_version() > 0)
		problem = landlock_enter(sandbox);
	if (!problem && syscall_filter_is_available())
		problem = syscall_filter_enter();
	return problem;
}

static int close_above(int last)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, (unsigned)last + 1, ~0U, 0) == 0)
		return 0;
#endif
	for (int i = last + 1, end = (int)sysconf(_SC_OPEN_MAX); i < end; i++)
		close(i);
	return 0;
}

int sandbox_close_descriptors(int kept)
{
	enum { PLACE = STDERR_FILENO + 1 };
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (nowhere < 0 || dup2(nowhere, STDIN_FILENO) < 0 || dup2(nowhere, STDOUT_FILENO) < 0)
		return -1;
	if (kept != PLACE && dup2(kept, PLACE) < 0)
		return -1;
	close_above(PLACE);
	return PLACE;
}
