/* Shuts a process in: what it may open is a list of places, what it may ask of the kernel a list of system calls.
 *
 * Landlock decides about files (read below some folders, write below one), a seccomp filter about system calls: no
 * program is started, nobody is spoken to, signalled or traced. Neither can be undone, and both hold for all threads
 * and children. What a file is called, and that it exists, stays visible: Landlock does not hide it. */
#ifndef SO2_SANDBOX_SANDBOX_H
#define SO2_SANDBOX_SANDBOX_H

struct sandbox {
	const char *const *readable; /* files, and folders with all that is in them; those that are not there are
				      * passed by */
	int readable_count;
	const char *writable; /* a folder whose files may also be made, changed and removed; NULL: none */
};

/* What this kernel lacks for it, as part of a sentence; NULL: nothing. */
const char *sandbox_missing(void);

/* For a process that has one thread. NULL, or what could not be done. */
const char *sandbox_enter(const struct sandbox *sandbox);

/* Closes all descriptors but the standard ones and the given one, which gets a new number; input comes from nowhere and
 * output goes there, error messages stay. The new number; -1: it could not be done. */
int sandbox_close_descriptors(int kept);

#endif
