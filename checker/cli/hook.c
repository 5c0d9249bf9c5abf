/* See hook.h. */
#include "hook.h"

#include "base/file.h"
#include "base/paths.h"
#include "git.h"
#include "output.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK "Written by `so2check hook install`"
#define HOOK_LIMIT ((size_t)1 << 20)

/* Where git looks for hooks, seen from here. NULL: this is no repository, or there is no git. */
static const char *hooks_folder(struct arena *arena)
{
	return git_ask(arena, (const char *const[]){ "rev-parse", "--git-path", "hooks", NULL }, NULL, false);
}

/* For the shell, between quotes. */
static void put_quoted(FILE *out, const char *text)
{
	fputc('\'', out);
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", out);
		else
			fputc(*text, out);
	}
	fputc('\'', out);
}

static void write_script(FILE *out, const char *script, const char *program)
{
	fputs("#!/bin/sh\n# " MARK ": checks what is about to be committed.\nscript=", out);
	put_quoted(out, script);
	fputs("\nprogram=", out);
	put_quoted(out, program);
	fputs("\n[ -r \"$script\" ] || {\n"
	      "\techo \"so2check: $script is gone: this commit is not checked\" >&2\n"
	      "\texit 0\n"
	      "}\n"
	      "SO2CHECK=${SO2CHECK:-$program} exec sh \"$script\"\n",
	      out);
}

/* May the file be written? Not over somebody's own hook. */
static bool is_ours(struct arena *arena, struct log *log, const char *path, const char *script)
{
	const struct span span = { .file = path };
	const char *error;
	struct stat status;
	char *text;

	if (lstat(path, &status))
		return true;
	if (S_ISREG(status.st_mode) && !file_read(arena, path, HOOK_LIMIT, &text, NULL, &error) && strstr(text, MARK))
		return true;
	log_add(log, LOG_ERROR, &span, "there is a hook already; let it call: sh %s", script);
	return false;
}

int hook_install(struct arena *arena, struct log *log)
{
	const char *folder = hooks_folder(arena), *script = install_hook_script(arena),
		   *program = install_program(arena);
	struct output output;

	if (!folder || !program) {
		log_add(log, LOG_ERROR, NULL, "%s",
			folder ? "the program's own path is not known" :
				 "this folder is in no git repository, or git is not installed");
		return -1;
	}
	const char *path = arena_printf(arena, "%s/pre-commit", folder);
	if (!is_ours(arena, log, path, script))
		return -1;
	if (mkdir(folder, 0777) && errno != EEXIST) {
		log_add(log, LOG_ERROR, &(struct span){ .file = folder }, "%s", strerror(errno));
		return -1;
	}
	if (output_open(&output, arena, log, path))
		return -1;
	write_script(output.stream, script, program);
	if (fchmod(fileno(output.stream), 0755)) {
		log_add(log, LOG_ERROR, &(struct span){ .file = path }, "%s", strerror(errno));
		output_abort(&output);
		return -1;
	}
	if (output_commit(&output, log))
		return -1;
	printf("%s: checks what is about to be committed; git commit --no-verify skips it\n", path);
	return 0;
}
