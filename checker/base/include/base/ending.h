/* What a process must not leave behind when SIGINT, SIGTERM or SIGHUP ends it: children, files that are half written, a line of
 * progress. It ends by that signal all the same, so that whoever started it sees which. A signal that was ignored when the
 * program started (nohup) stays ignored.
 *
 * What is noted belongs to the process that noted it: its forks have nothing to undo. Where there is no room for more, a
 * note is dropped; the rest works as without. */
#ifndef SO2_BASE_ENDING_H
#define SO2_BASE_ENDING_H

#include <signal.h>
#include <sys/types.h>

/* To be called once, before the rest. */
void ending_install(void);
/* In a fork: the signals do again what they do by default; what was ignored stays so. */
void ending_default(void);

/* Signals wait from one to the other, so that nothing is made without being noted. */
void ending_hold(sigset_t *before);
void ending_release(const sigset_t *before);

/* A file to be removed. The path is copied. */
void ending_note_file(const char *path);
void ending_forget_file(const char *path);

/* A child to be sent the signal, and waited for, not for ever. */
void ending_note_child(pid_t child, int signal);
void ending_forget_child(pid_t child);

/* A folder in which this process and its children make files named PREFIX<pid>-..., and which has folders in which they do, too; and
 * folders named OWN<pid>-... of this process, files within only. The path is copied, the prefixes have to stay. */
void ending_note_folder(const char *path, const char *prefix, const char *own);

/* Is there a line of progress on standard error? */
void ending_note_line(int has_line);

#endif
