/* A process that does a part of the work: a fork of this one, spoken to through a socket. What it reads comes from others and may
 * take it over, so whatever it does or sends must cost its own part only: nobody waits for it longer than he wants to. */
#ifndef SO2_BASE_CHILD_H
#define SO2_BASE_CHILD_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Seconds that a child may take to clear up after it was sent home. */
#define CHILD_ENDING_SECONDS 20.0

/* Seconds since some moment that does not change. */
double clock_wall(void);

struct child {
	pid_t process;
	int socket; /* -1: there is none */
};

/* Calls work() in a new process, which ends when that returns. false: it cannot be started. */
bool child_start(struct child *child, void (*work)(void *context, int socket), void *context);

/* What it may take, and that it ends with the one that started it. memory: bytes of addresses. To be called in the child. */
void child_limit(uint64_t memory);

/* All bytes by that moment of clock_wall(). false: it has ended, or was too slow; then there is nothing more to be had from it. */
bool child_read_whole(const struct child *child, void *bytes, size_t length, double deadline);

/* Closes the socket, by which it knows that it is to end. */
void child_send_home(struct child *child);
/* The wait status of one that was sent home. One that has not ended in so many seconds is killed. */
int child_wait(pid_t process, double seconds);
/* Both. The wait status. */
int child_end(struct child *child);
/* At once. */
int child_kill(struct child *child);

/* Why it has ended in the middle of its work, for people. On the arena. memory: its limit, 0: not to be told. */
const char *child_describe_end(struct arena *arena, int status, uint64_t memory);

#endif
