/* Sparse, with the unit's own flags as the kernel's `make C=2` gives them (CHECKFLAGS). It looks at the kernel's headers with
 * __CHECKER__ defined, which it defines itself. What is for our parser only is left out. */
#include "peers_int.h"

#include <ctype.h>
#include <string.h>
#include <sys/wait.h>

struct words {
	const char **items;
	int count, capacity;
};

static void push(struct peer_job *job, struct words *words, const char *word)
{
	ARENA_PUSH(job->arena, words->items, words->count, words->capacity, word);
}

static bool starts_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* The machine, in Sparse's words. */
static void push_machine(struct peer_job *job, struct words *words, const char *target)
{
	static const struct {
		const char *target, *arch, *size;
	} rows[] = {
		{ "x86_64", "x86", "-m64" },	{ "i386", "x86", "-m32" },	{ "aarch64", "arm64", "-m64" },
		{ "arm", "arm", "-m32" },	{ "riscv64", "riscv", "-m64" }, { "riscv32", "riscv", "-m32" },
		{ "powerpc64", "ppc", "-m64" }, { "s390x", "s390", "-m64" },	{ "mips64", "mips", "-m64" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!starts_with(target, rows[i].target))
			continue;
		push(job, words, arena_printf(job->arena, "--arch=%s", rows[i].arch));
		push(job, words, rows[i].size);
		if (strcmp(rows[i].target, "x86_64") == 0)
			push(job, words, "-D__x86_64__");
		return;
	}
}

/* Options with a value of its own, and how Sparse calls them; NULL: it does not get them. */
static bool find_pair(const char *word, const char **name)
{
	static const char *const pairs[][2] = { { "-I", "-I" },
						{ "-isystem", "-isystem" },
						{ "-iquote", "-I" },
						{ "-idirafter", "-idirafter" },
						{ "-include", "-include" },
						{ "-D", "-D" },
						{ "-U", "-U" },
						{ "-resource-dir", NULL },
						{ "-target", NULL },
						{ "-x", NULL },
						{ "-Xclang", NULL },
						{ "-imacros", "-imacros" } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (strcmp(word, pairs[i][0]) == 0) {
			*name = pairs[i][1];
			return true;
		}
	return false;
}

static bool is_ours(const struct peer_job *job, const char *path)
{
	const char *own = job->peers->options.own_headers;

	/* libclang's own headers use what only clang has */
	return (own && starts_with(path, own)) || strstr(path, "/lib/clang/") != NULL;
}

static void push_pair(struct peer_job *job, struct words *words, const char *name, const char *value)
{
	if (!name || is_ours(job, value))
		return;
	push(job, words, name);
	push(job, words, value);
}

static bool is_wanted_alone(const char *word)
{
	return starts_with(word, "-D") || starts_with(word, "-U") || starts_with(word, "-I") ||
	       starts_with(word, "-std=") || strcmp(word, "-nostdinc") == 0 || strcmp(word, "-fshort-wchar") == 0 ||
	       strcmp(word, "-funsigned-char") == 0;
}

static void push_unit_args(struct peer_job *job, struct words *words)
{
	const struct peer_unit *unit = job->unit;

	for (int i = 0; i < unit->arg_count; i++) {
		const char *word = unit->args[i], *name;

		if (starts_with(word, "--target="))
			push_machine(job, words, word + strlen("--target="));
		else if (find_pair(word, &name) && i + 1 < unit->arg_count)
			push_pair(job, words, name, unit->args[++i]);
		else if (is_wanted_alone(word))
			push(job, words, word);
	}
}

static const char *const *make_command(struct peer_job *job)
{
	static const char *const always[] = { "-D__linux__",	  "-Dlinux",
					      "-D__STDC__",	  "-Dunix",
					      "-D__unix__",	  "-Wbitwise",
					      "-Wno-return-void", "-Wno-unknown-attribute",
					      "-mlittle-endian",  "-fmax-warnings=unlimited",
					      "-ftabstop=1" };
	struct words words = { 0 };

	push(job, &words, job->peers->sparse);
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		push(job, &words, always[i]);
	push_unit_args(job, &words);
	push(job, &words, job->unit->path);
	push(job, &words, NULL);
	return words.items;
}

/* ---- its messages ------------------------------------------------------------------------ */

/* Sparse calls some findings errors; these mean that it could not read the source. */
static bool is_unreadable(const char *message)
{
	static const char *const beginnings[] = { "Expected ",
						  "expected ",
						  "got ",
						  "unable to ",
						  "undefined identifier",
						  "too many errors",
						  "not a function",
						  "typename in expression",
						  "Trying to use reserved",
						  "cannot size expression" };

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (starts_with(message, beginnings[i]))
			return true;
	return false;
}

/* "... in 'f' ..." */
static const char *named_function(struct arena *arena, const char *message)
{
	const char *name = strstr(message, " in '");

	if (!starts_with(message, "context imbalance") || !name)
		return NULL;
	name += strlen(" in '");
	return arena_strndup(arena, name, strcspn(name, "'"));
}

/* Lines with more of the message before: "   expected int *p". */
static const char *take_more(struct peer_job *job, const char **text, const char *message, unsigned line)
{
	bool is_first = true;

	for (;;) {
		const char *ahead = *text, *next = peer_next_line(job->arena, &ahead);
		unsigned next_line, column;
		const char *more = next ? peer_split_line(job, next, &next_line, &column) : NULL;

		if (!more || next_line != line || !isspace((unsigned char)*more))
			return message;
		while (isspace((unsigned char)*more))
			more++;
		message = arena_printf(job->arena, "%s%s%s", message, is_first ? ": " : ", ", more);
		is_first = false;
		*text = ahead;
	}
}

static const char *without_label(const char *message)
{
	if (starts_with(message, "warning: "))
		return message + strlen("warning: ");
	return starts_with(message, "error: ") ? message + strlen("error: ") : NULL;
}

static void read_output(struct peer_job *job, const char *text, const char **problem)
{
	const char *line;

	while ((line = peer_next_line(job->arena, &text))) {
		struct peer_report report = { .tool = RP_PEER_SPARSE };
		const char *said = peer_split_line(job, line, &report.line, &report.column);
		const char *message = said ? without_label(said) : NULL;

		if (!message && strstr(line, ": error: ") && !*problem)
			*problem = line; /* of a header, perhaps */
		if (!message)
			continue;
		if (is_unreadable(message)) {
			*problem = *problem ? *problem : message;
			continue;
		}
		report.message = take_more(job, &text, message, report.line);
		report.function = named_function(job->arena, message);
		peer_take(job, &report);
	}
}

void sparse_check(struct peer_job *job)
{
	struct process_result result = process_run(job->arena, make_command(job), job->unit->directory,
						   job->peers->options.time_limit);
	const char *problem = NULL;

	if (!peer_has_run(job, "sparse", &result))
		return;
	const char *output = text_get(&result.output);
	if (result.output.length > strlen(output)) {
		peer_fail(job, "sparse", "it printed what is no text");
		return;
	}
	read_output(job, output, &problem);
	if (problem)
		peer_note(job, "sparse", arena_printf(job->arena, "it could not read a part: %s", problem));
	else if (WEXITSTATUS(result.status) > 1)
		peer_fail(job, "sparse", arena_printf(job->arena, "exit status %d", WEXITSTATUS(result.status)));
}
