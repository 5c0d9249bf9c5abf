/* Files. Landlock has grown: each version of it handles more, and what a kernel does not know is left out.
 *
 * There is no library for it, and none in the C library: three system calls. */
#include "sandbox_int.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Newer than the headers may be. */
#define ACCESS_TRUNCATE (UINT64_C(1) << 14)
#define ACCESS_IOCTL_DEVICE (UINT64_C(1) << 15)
#define ACCESS_TCP (UINT64_C(3)) /* bind, connect */
#define SCOPE_ALL (UINT64_C(3))	 /* abstract sockets, signals */

/* Of version 6; the kernel is told how much of it is meant. */
struct ruleset {
	uint64_t files, network, scopes;
};

#define READ_FILE (uint64_t) LANDLOCK_ACCESS_FS_READ_FILE
#define READ_ALL (READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE_ALL                                                                                                  \
	(READ_ALL | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | \
	 ACCESS_TRUNCATE)

int landlock_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	return version > 0 ? (int)version : 0;
}

/* Everything that the version can forbid. */
static struct ruleset everything(int version, size_t *size)
{
	struct ruleset ruleset = { .files = (UINT64_C(1) << 13) - 1 };

	*size = offsetof(struct ruleset, network);
	if (version >= 2)
		ruleset.files |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		ruleset.files |= ACCESS_TRUNCATE;
	if (version >= 4) {
		ruleset.network = ACCESS_TCP;
		*size = offsetof(struct ruleset, scopes);
	}
	if (version >= 5)
		ruleset.files |= ACCESS_IOCTL_DEVICE;
	if (version >= 6) {
		ruleset.scopes = SCOPE_ALL;
		*size = sizeof(ruleset);
	}
	return ruleset;
}

/* What is not there cannot be read either. */
static bool allow(int ruleset, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = { .parent_fd = open(path, O_PATH | O_CLOEXEC) };
	struct stat status;

	if (rule.parent_fd < 0)
		return true;
	if (fstat(rule.parent_fd, &status) == 0 && !S_ISDIR(status.st_mode)) /* a file can do less */
		access &= READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE;
	rule.allowed_access = access;
	long result = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
	return result == 0;
}

/* The parser is loaded in the worker; where its libraries lie is the loader's affair. */
static bool allow_system(int ruleset, uint64_t known)
{
	static const char *const places[] = { "/lib",		"/lib64",	    "/usr/lib",		  "/usr/lib64",
					      "/usr/local/lib", "/etc/ld.so.cache", "/etc/ld.so.preload",
#ifdef HAS_SANITIZER
					      "/proc/self",
#else
					      "/proc/self/statm", /* this process's; not its environment */
#endif
					      "/dev/urandom" };
	bool is_done = allow(ruleset, "/dev/null", (READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE) & known);

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		is_done = is_done && allow(ruleset, places[i], READ_ALL);
	return is_done;
}

static bool allow_all(int ruleset, const struct sandbox *sandbox, uint64_t known)
{
	bool is_done = allow_system(ruleset, known);

	for (int i = 0; i < sandbox->readable_count; i++)
		is_done = is_done && allow(ruleset, sandbox->readable[i], READ_ALL);
	if (sandbox->writable)
		is_done = is_done && allow(ruleset, sandbox->writable, WRITE_ALL & known);
	return is_done;
}

const char *landlock_enter(const struct sandbox *sandbox)
{
	size_t size;
	struct ruleset all = everything(landlock_version(), &size);
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
	const char *problem = NULL;

	if (ruleset < 0)
		return "Landlock's rules cannot be made";
	if (!allow_all(ruleset, sandbox, all.files))
		problem = "Landlock does not take a rule";
	else if (syscall(SYS_landlock_restrict_self, ruleset, 0))
		problem = "Landlock's rules cannot be put into force";
	close(ruleset);
	return problem;
}
