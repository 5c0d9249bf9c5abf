#include "progress.h"

#include "base/child.h"
#include "base/ending.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define QUIET_SECONDS 2.0
#define REDRAW_SECONDS 0.1
#define DEFAULT_WIDTH 80

static double read_clock(clockid_t clock)
{
	struct timespec now = { 0 };

	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double clock_cpu(void)
{
	return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

double clock_cpu_of_children(void)
{
	struct rusage usage = { 0 };

	getrusage(RUSAGE_CHILDREN, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

void progress_start(struct progress *progress)
{
	const char *terminal = getenv("TERM");
	bool is_dumb = !terminal || !strcmp(terminal, "dumb"); /* cannot rewrite a line */

	*progress = (struct progress){ .is_shown = isatty(STDERR_FILENO) && !is_dumb };
	progress->start = clock_wall();
}

static int terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || size.ws_col < 20)
		return DEFAULT_WIDTH;
	return size.ws_col;
}

/* `3.4/s 1m20s left` */
static void format_rate(char *text, size_t size, int done, int left, double seconds)
{
	double rate = done / seconds, rest = left / rate;
	unsigned whole = rest < 1e6 ? (unsigned)(rest + 0.5) : 999999;

	if (whole >= 60)
		snprintf(text, size, "%.1f/s %um%02us left", rate, whole / 60, whole % 60);
	else
		snprintf(text, size, "%.1f/s %us left", rate, whole);
}

/* File names may hold anything; the terminal gets printable ASCII. */
static void print_tail(const char *file, int room)
{
	int length = (int)strlen(file);

	if (length > room)
		file += length - room;
	for (; *file; file++)
		fputc(*file >= ' ' && *file <= '~' ? *file : '?', stderr);
}

void progress_show(struct progress *progress, int done, int total, const char *file)
{
	double now = progress->is_shown ? clock_wall() : 0;

	if (!progress->is_shown || now - progress->start < QUIET_SECONDS || now - progress->last < REDRAW_SECONDS)
		return;
	char head[48], left[48] = "";
	snprintf(head, sizeof(head), "[%d/%d] ", done + 1, total);
	if (done > 0)
		format_rate(left, sizeof(left), done, total - done, now - progress->start);
	ending_note_line(true);
	fprintf(stderr, "\r\033[K%s", head);
	print_tail(file, terminal_width() - (int)strlen(head) - (int)strlen(left) - 3);
	fprintf(stderr, "  %s", left);
	fflush(stderr);
	progress->has_line = true;
	progress->last = now;
}

void progress_clear(struct progress *progress)
{
	if (progress->has_line)
		fputs("\r\033[K", stderr);
	progress->has_line = false;
	ending_note_line(false);
}
