/* Parsing of the command line.
 *
 * getopt_long runs in its "return operands in order" mode, so that operands and
 * options may be mixed whatever POSIXLY_CORRECT says. What follows the first
 * `--` is taken off before: it belongs to clang. */
#include "options.h"

#include "option_rows.h"
#include "suggest.h"
#include "workers.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_JOBS 1024
#define ON(command) (1u << (command))
#define ON_ALL (~0u)
#define ON_CHECKS (ON(COMMAND_CHECK) | ON(COMMAND_GATE))
#define ON_SOURCES (ON_CHECKS | ON(COMMAND_FIX) | ON(COMMAND_LSP))
/* Seconds, bytes. */
#define DEFAULT_TIME_LIMIT 120
#define DEFAULT_MEMORY_LIMIT ((uint64_t)4096 << 20)

#define ON_RUNS (ON_SOURCES | ON(COMMAND_GRADE))
#define ON_ANALYSIS (ON_RUNS | ON(COMMAND_TEST))
#define ON_LISTS (ON_CHECKS | ON(COMMAND_RULES) | ON(COMMAND_MERGE))

static const struct command_row command_rows[] = {
	{ "check", COMMAND_CHECK, 1, -1, "PATH...", "check files and folders (the default command)" },
	{ "gate", COMMAND_GATE, 0, -1, "[PATH...]",
	  "check, and judge by the thresholds of the policy (default: this folder)" },
	{ "grade", COMMAND_GRADE, 1, 1, "DIR",
	  "check submissions, a folder of DIR each: a report for each, and a table of all" },
	{ "merge", COMMAND_MERGE, 1, -1, "REPORT...", "put the reports of shards together: JSON or SARIF" },
	{ "rules", COMMAND_RULES, 0, 0, "", "list the rules" },
	{ "explain", COMMAND_EXPLAIN, 1, 1, "ID", "show a rule's page: why, bad, good, limits, sources" },
	{ "test", COMMAND_TEST, 1, 1, "DIR", "run the cases of a rule pack, or a folder of marked sources" },
	{ "fix", COMMAND_FIX, 1, -1, "PATH...", "put findings right, as a patch on standard output or in place" },
	{ "hook", COMMAND_HOOK, 1, 1, "install",
	  "put the git hook into this repository: it checks what a commit brings" },
	{ "lsp", COMMAND_LSP, 0, 0, "", "be a language server on standard input and output, for editors" },
	{ "cache", COMMAND_CACHE, 0, 0, "", "show what earlier runs left for later ones, and where" },
	{ "help", COMMAND_HELP, 0, 1, "[COMMAND]", "show the help of a command; `help man` writes the manual page" },
	{ "complete", COMMAND_COMPLETE, 0, 0, "", NULL },
};

#define COMMAND_ROW_COUNT (int)(sizeof(command_rows) / sizeof(command_rows[0]))

static const struct choice target_choices[] = {
	{ "linux", TARGET_LINUX }, { "windows", TARGET_WINDOWS }, { "auto", TARGET_AUTO }, { NULL, 0 }
};
static const struct choice format_choices[] = { { "text", REPORT_TEXT },     { "json", REPORT_JSON },
						{ "sarif", REPORT_SARIF },   { "github", REPORT_GITHUB },
						{ "gitlab", REPORT_GITLAB }, { "checkstyle", REPORT_CHECKSTYLE },
						{ "junit", REPORT_JUNIT },   { "short", REPORT_SHORT },
						{ "html", REPORT_HTML },     { NULL, 0 } };
static const struct choice sandbox_choices[] = {
	{ "auto", SANDBOX_AUTO }, { "require", SANDBOX_REQUIRE }, { "off", SANDBOX_OFF }, { NULL, 0 }
};
static const struct choice dump_choices[] = { { "ir", DUMP_IR },	   { "cfg", DUMP_CFG },
					      { "state", DUMP_STATE },	   { "summary", DUMP_SUMMARY },
					      { "context", DUMP_CONTEXT }, { "cost", DUMP_COST },
					      { "path", DUMP_PATH },	   { NULL, 0 } };

struct parser {
	struct options *options;
	struct arena *arena;
	struct log *log;
	int argc;
	char **argv;
	unsigned *used; /* by option row: given at least once */
};

static int find_choice(int *value, struct parser *parser, const struct option_row *row, const char *word,
		       const struct choice *choices)
{
	const char *names = "";

	for (const struct choice *choice = choices; choice->name; choice++) {
		if (!strcmp(choice->name, word)) {
			*value = choice->value;
			return 0;
		}
		names = arena_printf(parser->arena, "%s%s%s", names, *names ? ", " : "", choice->name);
	}
	log_add(parser->log, LOG_ERROR, NULL, "option --%s: `%s` is none of %s", row->name, word, names);
	return -1;
}

static int apply_database(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	parser->options->database = value;
	return 0;
}

static int apply_target(struct parser *parser, const struct option_row *row, const char *value)
{
	int target = TARGET_AUTO;
	int status = find_choice(&target, parser, row, value, target_choices);

	parser->options->target = (enum frontend_target)target;
	return status;
}

static int apply_kernel(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	parser->options->kernel = value;
	return 0;
}

static int apply_ddk(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	parser->options->ddk = value;
	return 0;
}

void text_list_add(struct arena *arena, struct text_list *list, const char *text)
{
	ARENA_PUSH(arena, list->items, list->count, list->capacity, text);
}

static int apply_rules(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	text_list_add(parser->arena, &parser->options->rule_dirs, value);
	return 0;
}

/* An option given without any id would silently mean something else than was meant. */
static int add_ids(struct parser *parser, const struct option_row *row, const char *value, struct text_list *list)
{
	int before = list->count;

	while (*value) {
		value += strspn(value, ", \t");
		size_t length = strcspn(value, ", \t");
		if (length > 0)
			text_list_add(parser->arena, list, arena_strndup(parser->arena, value, length));
		value += length;
	}
	if (list->count > before)
		return 0;
	log_add(parser->log, LOG_ERROR, NULL, "option --%s needs at least one rule id", row->name);
	return -1;
}

static int apply_only(struct parser *parser, const struct option_row *row, const char *value)
{
	return add_ids(parser, row, value, &parser->options->only);
}

static int apply_disable(struct parser *parser, const struct option_row *row, const char *value)
{
	return add_ids(parser, row, value, &parser->options->disable);
}

static int apply_format(struct parser *parser, const struct option_row *row, const char *value)
{
	int format = REPORT_TEXT;
	int status = find_choice(&format, parser, row, value, format_choices);

	parser->options->format = (enum report_format)format;
	parser->options->has_format = true;
	return status;
}

static int apply_output(struct parser *parser, const struct option_row *row, const char *value)
{
	if (!*value) {
		log_add(parser->log, LOG_ERROR, NULL, "option --%s: the file name is empty", row->name);
		return -1;
	}
	parser->options->output = value;
	return 0;
}

/* FORMAT=FILE */
static int apply_report(struct parser *parser, const struct option_row *row, const char *value)
{
	size_t length = strcspn(value, "=");
	int format = REPORT_TEXT;

	if (!value[length] || !value[length + 1]) {
		log_add(parser->log, LOG_ERROR, NULL, "option --%s: it is FORMAT=FILE, not `%s`", row->name, value);
		return -1;
	}
	if (find_choice(&format, parser, row, arena_strndup(parser->arena, value, length), format_choices))
		return -1;
	struct report_copy copy = { .format = (enum report_format)format, .file = value + length + 1 };
	ARENA_PUSH(parser->arena, parser->options->copies, parser->options->copy_count, parser->options->copy_capacity,
		   copy);
	return 0;
}

static int apply_policy(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	parser->options->policy_file = value;
	return 0;
}

static int apply_reference(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	parser->options->reference = value;
	return 0;
}

static int apply_no_policy(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->no_policy = true;
	return 0;
}

static int apply_baseline(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	parser->options->baseline = value;
	return 0;
}

static int apply_since(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	parser->options->since = value;
	return 0;
}

static int apply_kbuild(struct parser *parser, const struct option_row *row, const char *value)
{
	if (value && strcmp(value, "error") != 0) {
		log_add(parser->log, LOG_ERROR, NULL, "option --%s: `%s` is not `error`", row->name, value);
		return -1;
	}
	parser->options->is_kbuild = true;
	parser->options->kbuild_fails = value != NULL;
	return 0;
}

static int apply_stats(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->has_stats = true;
	return 0;
}

static int apply_lint(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->lint = true;
	return 0;
}

static int apply_coverage(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->coverage = true;
	return 0;
}

static int apply_missing(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->only_missing = true;
	return 0;
}

static int apply_no_cache(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->no_cache = true;
	return 0;
}

/* --with sparse,coccinelle */
static int apply_with(struct parser *parser, const struct option_row *row, const char *value)
{
	static const struct choice choices[] = { { "sparse", ENGINE_SPARSE },
						 { "coccinelle", ENGINE_COCCINELLE },
						 { NULL, 0 } };

	while (*value) {
		size_t length = strcspn(value, ",");
		int engine = 0;

		if (find_choice(&engine, parser, row, arena_strndup(parser->arena, value, length), choices))
			return -1;
		parser->options->with |= (unsigned)engine;
		value += length + (value[length] == ',');
	}
	return 0;
}

static int apply_apply(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->apply = true;
	return 0;
}

static int apply_dry_run(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->dry_run = true;
	return 0;
}

static int apply_no_allow(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->no_allow = true;
	return 0;
}

/* A whole positive number up to a limit; -1: it is none, logged. */
static int read_number(long *number, struct parser *parser, const struct option_row *row, const char *value, long least,
		       long most)
{
	char *end;

	errno = 0;
	*number = strtol(value, &end, 10);
	if (!errno && end != value && !*end && *number >= least && *number <= most)
		return 0;
	log_add(parser->log, LOG_ERROR, NULL, "option --%s: `%s` is no number from %ld to %ld", row->name, value, least,
		most);
	return -1;
}

static int apply_jobs(struct parser *parser, const struct option_row *row, const char *value)
{
	long number;

	if (read_number(&number, parser, row, value, 0, MOST_JOBS))
		return -1;
	parser->options->jobs = (int)number;
	return 0;
}

/* Digits up to the end character; -1: anything else. */
static long read_digits(const char *text, char end, const char **rest)
{
	size_t length = strspn(text, "0123456789");

	*rest = text + length + (end != '\0');
	return length > 0 && length <= 6 && text[length] == end ? strtol(text, NULL, 10) : -1;
}

static int apply_shard(struct parser *parser, const struct option_row *row, const char *value)
{
	const char *rest;
	long number = read_digits(value, '/', &rest);
	long count = number < 0 ? -1 : read_digits(rest, '\0', &rest);

	if (number < 1 || number > count || count > REPORT_SHARD_LIMIT) {
		log_add(parser->log, LOG_ERROR, NULL,
			"option --%s: `%s` is no I/N with I from 1 to N and N at most %d (2/5: the second of five)",
			row->name, value, REPORT_SHARD_LIMIT);
		return -1;
	}
	parser->options->shard = (struct shard_choice){ (int)number, (int)count };
	return 0;
}

static int apply_time_limit(struct parser *parser, const struct option_row *row, const char *value)
{
	long number;

	if (read_number(&number, parser, row, value, 1, 24L * 60 * 60))
		return -1;
	parser->options->time_limit = (double)number;
	return 0;
}

static int apply_memory_limit(struct parser *parser, const struct option_row *row, const char *value)
{
	long number;

	if (read_number(&number, parser, row, value, 1, 1L << 20))
		return -1;
	parser->options->memory_limit = (uint64_t)number << 20;
	return 0;
}

static int apply_sandbox(struct parser *parser, const struct option_row *row, const char *value)
{
	int mode = SANDBOX_AUTO;
	int status = find_choice(&mode, parser, row, value, sandbox_choices);

	parser->options->sandbox = (enum sandbox_mode)mode;
	return status;
}

static int apply_no_sandbox(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->sandbox = SANDBOX_OFF;
	return 0;
}

static int apply_trust(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	text_list_add(parser->arena, &parser->options->trusted, value);
	return 0;
}

static int apply_clear(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	parser->options->clear = true;
	return 0;
}

/* One run prints one thing. */
static int set_dump(struct parser *parser, enum dump_kind dump)
{
	bool was_explained = parser->options->dump == DUMP_EXPLAIN, is_given = parser->options->dump != DUMP_NONE;

	if (is_given && was_explained != (dump == DUMP_EXPLAIN)) {
		log_add(parser->log, LOG_ERROR, NULL, "options --dump and --explain-context exclude each other");
		return -1;
	}
	parser->options->dump = dump;
	return 0;
}

static int apply_explain_context(struct parser *parser, const struct option_row *row, const char *value)
{
	if (!*value) {
		log_add(parser->log, LOG_ERROR, NULL, "option --%s: the function's name is empty", row->name);
		return -1;
	}
	parser->options->explained = value;
	return set_dump(parser, DUMP_EXPLAIN);
}

static int apply_dump(struct parser *parser, const struct option_row *row, const char *value)
{
	int dump = DUMP_NONE;
	int status = find_choice(&dump, parser, row, value, dump_choices);

	return status ? status : set_dump(parser, (enum dump_kind)dump);
}

/* The first of --help and --version wins over everything else. */
static int apply_help(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	if (parser->options->command != COMMAND_VERSION)
		parser->options->command = COMMAND_HELP;
	return 0;
}

static int apply_version(struct parser *parser, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	if (parser->options->command != COMMAND_HELP)
		parser->options->command = COMMAND_VERSION;
	return 0;
}

static const struct option_row option_rows[] = {
	{ "database", 'p', "DIR|FILE", ON_SOURCES | ON(COMMAND_TEST), apply_database,
	  "compile_commands.json, or the folder it is in" },
	{ "target", 0, "OS", ON_ANALYSIS, apply_target, "linux, windows or auto (default: by what a file includes)" },
	{ "kernel", 0, "DIR", ON_ANALYSIS, apply_kernel, "Linux headers or tree (default: newest installed)" },
	{ "ddk", 0, "DIR", ON_ANALYSIS, apply_ddk, "Windows driver headers (default: installed mingw-w64)" },
	{ "rules", 0, "DIR", ON_ALL, apply_rules, "add a rule pack; may be repeated" },
	{ "only", 0, "IDS", ON_SOURCES, apply_only, "check these rules only (also preview ones), by commas" },
	{ "disable", 0, "IDS", ON_SOURCES, apply_disable, "leave these rules out, by commas" },
	{ "format", 0, "FORMAT", ON_LISTS, apply_format,
	  "text, short, html, json, sarif, github, gitlab, checkstyle or junit (default: text)" },
	{ "output", 'o', "FILE", ON_LISTS | ON(COMMAND_FIX) | ON(COMMAND_GRADE), apply_output,
	  "write there, all or nothing (default: standard output); of `grade` a folder (default: grades)" },
	{ "report", 0, "FORMAT=FILE", ON_CHECKS, apply_report, "write this report, too; may be repeated" },
	{ "policy", 0, "FILE", ON_RUNS, apply_policy,
	  "what counts here (default: .so2check.yaml beside the sources, or above them in the repository)" },
	{ "reference", 0, "DIR", ON(COMMAND_GRADE), apply_reference,
	  "the assignment as it was handed out: its build files must not have changed" },
	{ "no-policy", 0, NULL, ON_SOURCES, apply_no_policy, "look for no policy" },
	{ "shard", 0, "I/N", ON(COMMAND_CHECK), apply_shard,
	  "check the I-th of N parts of the drivers only; `merge` puts the reports together" },
	{ "lint", 0, NULL, ON(COMMAND_RULES), apply_lint,
	  "list what rules lack: cases, both sides of a trap, tested examples; exit status 1 if anything" },
	{ "coverage", 0, NULL, ON(COMMAND_RULES), apply_coverage,
	  "list what the documents name and demand, and what checks it" },
	{ "missing", 0, NULL, ON(COMMAND_RULES), apply_missing,
	  "with --coverage: only what nothing checks; exit status 1 if there is any" },
	{ "with", 0, "CHECKERS", ON_CHECKS, apply_with,
	  "let these look, too, if they are installed: sparse, coccinelle (by commas); Linux only" },
	{ "baseline", 0, "REPORT", ON_CHECKS, apply_baseline,
	  "what this earlier report has (JSON or SARIF) is known and does not count" },
	{ "since", 0, "REV", ON_CHECKS, apply_since,
	  "what this revision of the git repository has is known and does not count" },
	{ "kbuild", 0, "[=error]", ON(COMMAND_CHECK), apply_kbuild,
	  "for make C=2 CHECK=\"so2check --kbuild\": a compiler's arguments and one source follow; with =error "
	  "findings end the build" },
	{ "dry-run", 0, NULL, ON(COMMAND_FIX), apply_dry_run, "print a patch and leave the files alone (the default)" },
	{ "apply", 0, NULL, ON(COMMAND_FIX), apply_apply, "write the fixed files" },
	{ "no-allow", 0, NULL, ON_SOURCES, apply_no_allow,
	  "report also what comments in the sources allow: so2check: allow(RULE) reason" },
	{ "jobs", 'j', "N", ON_ANALYSIS, apply_jobs,
	  "processes that analyse (default: one for each processor); 0: none but this one" },
	{ "time-limit", 0, "SECONDS", ON_ANALYSIS, apply_time_limit,
	  "for a file; then it is not analysed (default: 120)" },
	{ "memory-limit", 0, "MB", ON_ANALYSIS, apply_memory_limit, "for a process (default: 4096)" },
	{ "sandbox", 0, "MODE", ON_ANALYSIS, apply_sandbox,
	  "how sources are read: auto (in a box if the system has one), require or off (default: auto)" },
	{ "no-sandbox", 0, NULL, ON_ANALYSIS, apply_no_sandbox, "the same as --sandbox off" },
	{ "trust", 0, "DIR", ON_ANALYSIS, apply_trust,
	  "files there may be read and shown, whoever names them; may be repeated" },
	{ "no-cache", 0, NULL, ON_ANALYSIS, apply_no_cache, "parse all headers anew; read and leave no cache" },
	{ "clear", 0, NULL, ON(COMMAND_CACHE), apply_clear, "empty the cache" },
	{ "stats", 0, NULL, ON_ANALYSIS | ON(COMMAND_CACHE), apply_stats,
	  "time, memory and budgets on standard error" },
	{ "explain-context", 0, "FUNCTION", ON(COMMAND_CHECK), apply_explain_context,
	  "print by which calls and in which contexts it is reached, instead of a report" },
	{ "dump", 0, "STAGE", ON(COMMAND_CHECK), apply_dump,
	  "print ir, cfg, state, summary, context, cost or path instead of a report" },
	{ "help", 'h', NULL, ON_ALL, apply_help, "show this help" },
	{ "version", 'V', NULL, ON_ALL, apply_version, "show the version, and that of libclang" },
};

#define OPTION_ROW_COUNT (int)(sizeof(option_rows) / sizeof(option_rows[0]))
#define LONG_BASE 256 /* getopt's value of row i is LONG_BASE + i */
#define OPERAND 1     /* what getopt gives for an operand in this mode */

/* ---- getopt's view of the table ---------------------------------------------------- */

/* A value that may be left out is written `[=VALUE]` in the help. */
static int shape_of_value(const struct option_row *row)
{
	if (!row->value)
		return no_argument;
	return row->value[0] == '[' ? optional_argument : required_argument;
}

static const struct option *make_long_options(struct arena *arena)
{
	struct option *list = ARENA_ARRAY(arena, struct option, OPTION_ROW_COUNT + 1);

	for (int i = 0; i < OPTION_ROW_COUNT; i++) {
		list[i].name = option_rows[i].name;
		list[i].has_arg = shape_of_value(&option_rows[i]);
		list[i].val = LONG_BASE + i;
	}
	return list;
}

static const char *make_short_options(struct arena *arena)
{
	const char *text = "-:";

	for (int i = 0; i < OPTION_ROW_COUNT; i++) {
		if (option_rows[i].letter)
			text = arena_printf(arena, "%s%c%s", text, option_rows[i].letter,
					    option_rows[i].value ? ":" : "");
	}
	return text;
}

static int find_row(int code)
{
	if (code >= LONG_BASE)
		return code - LONG_BASE;
	for (int i = 0; i < OPTION_ROW_COUNT; i++) {
		if (option_rows[i].letter == code)
			return i;
	}
	return -1;
}

/* ---- errors ------------------------------------------------------------------------ */

static int count_prefix(const char *word, size_t length)
{
	int count = 0;

	for (int i = 0; i < OPTION_ROW_COUNT; i++)
		count += !strncmp(option_rows[i].name, word, length);
	return count;
}

static void log_unknown_long(struct parser *parser, const char *given)
{
	const char *names[OPTION_ROW_COUNT];
	size_t length = strcspn(given + 2, "=");
	const char *word = arena_strndup(parser->arena, given + 2, length);

	for (int i = 0; i < OPTION_ROW_COUNT; i++)
		names[i] = option_rows[i].name;
	const char *nearest = suggest_nearest(word, names, OPTION_ROW_COUNT);
	if (count_prefix(word, length) > 1)
		log_add(parser->log, LOG_ERROR, NULL, "option --%s could be one of several", word);
	else if (nearest)
		log_add(parser->log, LOG_ERROR, NULL, "unknown option --%s; did you mean --%s?", word, nearest);
	else
		log_add(parser->log, LOG_ERROR, NULL, "unknown option --%s (see --help)", word);
}

/* optopt and optind tell what getopt stumbled over. */
static void log_bad_option(struct parser *parser)
{
	if (optopt >= LONG_BASE)
		log_add(parser->log, LOG_ERROR, NULL, "option --%s takes no value",
			option_rows[optopt - LONG_BASE].name);
	else if (optopt)
		log_add(parser->log, LOG_ERROR, NULL, "unknown option -%c (see --help)", optopt);
	else
		log_unknown_long(parser, parser->argv[optind - 1]);
}

static void log_missing_value(struct parser *parser)
{
	const struct option_row *row = &option_rows[find_row(optopt)];

	log_add(parser->log, LOG_ERROR, NULL, "option --%s needs a value: %s", row->name, row->value);
}

/* ---- parsing ----------------------------------------------------------------------- */

static int handle_code(struct parser *parser, int code)
{
	if (code == OPERAND) {
		text_list_add(parser->arena, &parser->options->operands, optarg);
		return 0;
	}
	if (code == '?' || code == ':') {
		if (code == ':')
			log_missing_value(parser);
		else
			log_bad_option(parser);
		return -1;
	}
	int index = find_row(code);
	parser->used[index]++;
	return option_rows[index].apply(parser, &option_rows[index], optarg);
}

static int read_arguments(struct parser *parser)
{
	const struct option *long_options = make_long_options(parser->arena);
	const char *short_options = make_short_options(parser->arena);

	optind = 0; /* glibc: start anew, also for the second call in one process */
	opterr = 0;
	for (;;) {
		optopt = 0;
		int code = getopt_long(parser->argc, parser->argv, short_options, long_options, NULL);
		if (code == -1)
			return 0;
		if (handle_code(parser, code))
			return -1;
	}
}

/* Takes `-- CLANG_ARGS...` off the end; gives how many arguments are left. */
static int split_clang_args(struct options *options, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--") != 0)
			continue;
		for (int k = i + 1; k < argc; k++)
			text_list_add(options->arena, &options->clang_args, argv[k]);
		return i;
	}
	return argc;
}

static bool is_kbuild_option(const char *word)
{
	return strcmp(word, "--kbuild") == 0 || strncmp(word, "--kbuild=", strlen("--kbuild=")) == 0;
}

/* How many words an option of so2check takes; 0: it is none. `--target` is a compiler's. */
static int own_option_words(const char *word)
{
	size_t length = strcspn(word, "=");

	for (int i = 0; i < OPTION_ROW_COUNT && strncmp(word, "--", 2) == 0; i++) {
		const struct option_row *row = &option_rows[i];

		if (strlen(row->name) != length - 2 || strncmp(row->name, word + 2, length - 2) != 0 ||
		    strcmp(row->name, "target") == 0)
			continue;
		return word[length] == '\0' && shape_of_value(row) == required_argument ? 2 : 1;
	}
	return 0;
}

/* A build appends the compiler's arguments to what the user wrote, so `--kbuild` ends our own, save those right behind
 * it. Gives how many arguments are left. */
static int split_kbuild(struct options *options, int argc, char **argv)
{
	int end = 1;

	while (end < argc && !is_kbuild_option(argv[end]) && strcmp(argv[end], "--") != 0)
		end++;
	if (end >= argc || !is_kbuild_option(argv[end]))
		return argc;
	for (int words = 1; words > 0; words = end < argc ? own_option_words(argv[end]) : 0)
		end += words;
	end = end < argc ? end : argc;
	const char *compiler = getenv("CC"); /* make exports it */
	text_list_add(options->arena, &options->compiler_args, compiler && *compiler ? compiler : "cc");
	for (int i = end; i < argc; i++)
		text_list_add(options->arena, &options->compiler_args, argv[i]);
	return end;
}

/* A first operand that is no file and reads like a command was meant to be one. */
static const char *mistyped_command(const char *operand)
{
	const char *names[COMMAND_ROW_COUNT];

	if (strpbrk(operand, "/.") || access(operand, F_OK) == 0)
		return NULL;
	for (int i = 0; i < COMMAND_ROW_COUNT; i++)
		names[i] = command_rows[i].name;
	return suggest_nearest(operand, names, COMMAND_ROW_COUNT);
}

static int choose_command(struct parser *parser)
{
	struct text_list *operands = &parser->options->operands;

	if (parser->options->command == COMMAND_HELP) { /* --help, which wins over what is wrong besides */
		parser->options->topic = operands->count > 0 && command_find(operands->items[0]) ? operands->items[0] :
												   NULL;
		operands->count = 0;
		return 0;
	}
	if (operands->count == 0 || parser->options->command != COMMAND_CHECK)
		return 0;
	for (int i = 0; i < COMMAND_ROW_COUNT; i++) {
		if (strcmp(command_rows[i].name, operands->items[0]) != 0)
			continue;
		parser->options->command = command_rows[i].command;
		operands->items++;
		operands->count--;
		operands->capacity = operands->count; /* the array now starts inside its block */
		if (command_rows[i].command == COMMAND_HELP && operands->count > 0)
			parser->options->topic = operands->items[0];
		return 0;
	}
	const char *nearest = mistyped_command(operands->items[0]);
	if (!nearest)
		return 0;
	log_add(parser->log, LOG_ERROR, NULL, "`%s` is neither a file nor a command; did you mean `%s`?",
		operands->items[0], nearest);
	return -1;
}

/* What would be said of all sources at once cannot be said of each. */
static const char *kbuild_problem(const struct options *options)
{
	const struct text_list *args = &options->compiler_args;

	if (options->operands.count > 0)
		return arena_printf(options->arena, "it checks what the build names, not `%s`",
				    options->operands.items[0]);
	if (args->count < 2 || args->items[args->count - 1][0] == '-')
		return "no source file follows; it is for make C=2 CHECK=\"so2check --kbuild\"";
	if (strncmp(args->items[1], "--", 2) == 0) /* the kernel's build begins with -D */
		return arena_printf(options->arena, "`%s` is no option of so2check (see --help)", args->items[1]);
	if (options->format != REPORT_SHORT && options->format != REPORT_TEXT)
		return "it writes short or text; other formats: so2check -p compile_commands.json PATH";
	if (options->output || options->shard.count > 0 || options->since || options->dump != DUMP_NONE)
		return "it goes with none of --output, --shard, --since, --dump and --explain-context";
	return NULL;
}

static int check_kbuild(const struct parser *parser)
{
	struct options *options = parser->options;

	if (!options->has_format)
		options->format = REPORT_SHORT;
	options->jobs = options->jobs > 1 ? 1 : options->jobs; /* make has its own */
	const char *problem = kbuild_problem(options);
	if (problem)
		log_add(parser->log, LOG_ERROR, NULL, "option --kbuild: %s", problem);
	return problem ? -1 : 0;
}

static int check_operands(const struct parser *parser, const struct command_row *row)
{
	int count = parser->options->operands.count;

	if (parser->options->is_kbuild)
		return check_kbuild(parser);
	if (count < row->least_operands) {
		log_add(parser->log, LOG_ERROR, NULL, "`%s` needs %s (see --help)", row->name, row->operands);
		return -1;
	}
	if (row->most_operands >= 0 && count > row->most_operands) {
		log_add(parser->log, LOG_ERROR, NULL, "`%s` does not take `%s`", row->name,
			parser->options->operands.items[row->most_operands]);
		return -1;
	}
	return 0;
}

static int check_rules_options(const struct parser *parser, const struct command_row *row)
{
	if (row->command == COMMAND_RULES && parser->options->format != REPORT_TEXT &&
	    parser->options->format != REPORT_JSON) {
		log_add(parser->log, LOG_ERROR, NULL, "option --format: `rules` writes text or json");
		return -1;
	}
	if (parser->options->only_missing && !parser->options->coverage) {
		log_add(parser->log, LOG_ERROR, NULL, "option --missing goes with --coverage");
		return -1;
	}
	if (parser->options->coverage && parser->options->lint) {
		log_add(parser->log, LOG_ERROR, NULL, "options --coverage and --lint exclude each other");
		return -1;
	}
	if ((parser->options->coverage || parser->options->lint) && parser->options->format != REPORT_TEXT) {
		log_add(parser->log, LOG_ERROR, NULL, "option --format: `rules --coverage` and `--lint` write text");
		return -1;
	}
	return 0;
}

static int check_options(const struct parser *parser, const struct command_row *row)
{
	for (int i = 0; i < OPTION_ROW_COUNT; i++) {
		if (!parser->used[i] || (option_rows[i].commands & ON(row->command)))
			continue;
		log_add(parser->log, LOG_ERROR, NULL, "option --%s does not belong to `%s`", option_rows[i].name,
			row->name);
		return -1;
	}
	if (parser->options->shard.count > 0 && parser->options->dump != DUMP_NONE) {
		log_add(parser->log, LOG_ERROR, NULL, "option --shard goes with a report, not with --%s",
			parser->options->dump == DUMP_EXPLAIN ? "explain-context" : "dump");
		return -1;
	}
	if (row->command == COMMAND_GRADE && !parser->options->policy_file) {
		log_add(parser->log, LOG_ERROR, NULL,
			"`grade` needs --policy FILE: what submissions bring themselves is not obeyed");
		return -1;
	}
	if (parser->options->policy_file && parser->options->no_policy) {
		log_add(parser->log, LOG_ERROR, NULL, "options --policy and --no-policy exclude each other");
		return -1;
	}
	return check_rules_options(parser, row);
}

static int check_usage(const struct parser *parser)
{
	for (int i = 0; i < COMMAND_ROW_COUNT; i++) {
		if (command_rows[i].command != parser->options->command)
			continue;
		if (parser->options->command != COMMAND_HELP && check_options(parser, &command_rows[i]))
			return -1;
		return check_operands(parser, &command_rows[i]);
	}
	return 0; /* --version needs nothing */
}

int options_parse(struct options *options, struct arena *arena, struct log *log, int argc, char **argv)
{
	memset(options, 0, sizeof(*options));
	options->arena = arena;
	options->jobs = workers_available();
	options->time_limit = DEFAULT_TIME_LIMIT;
	options->memory_limit = DEFAULT_MEMORY_LIMIT;
	struct parser parser = {
		.options = options,
		.arena = arena,
		.log = log,
		.argc = split_clang_args(options, split_kbuild(options, argc, argv), argv),
		.argv = argv,
		.used = ARENA_ARRAY(arena, unsigned, OPTION_ROW_COUNT),
	};

	if (read_arguments(&parser) || choose_command(&parser))
		return -1;
	if (options->command == COMMAND_GATE && options->operands.count == 0)
		text_list_add(arena, &options->operands, ".");
	return check_usage(&parser);
}

/* ---- the tables, for others ---------------------------------------------------------------- */

const struct command_row *command_table(int *count)
{
	*count = COMMAND_ROW_COUNT;
	return command_rows;
}

const struct command_row *command_find(const char *name)
{
	for (int i = 0; i < COMMAND_ROW_COUNT; i++) {
		if (strcmp(command_rows[i].name, name) == 0)
			return &command_rows[i];
	}
	return NULL;
}

const struct option_row *option_table(int *count)
{
	*count = OPTION_ROW_COUNT;
	return option_rows;
}

bool option_belongs(const struct option_row *row, enum command command)
{
	return row->commands & ON(command);
}

const struct choice *option_choices(const char *value)
{
	static const struct {
		const char *value;
		const struct choice *choices;
	} rows[] = { { "OS", target_choices },
		     { "FORMAT", format_choices },
		     { "STAGE", dump_choices },
		     { "MODE", sandbox_choices } };

	for (size_t i = 0; value && i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].value, value) == 0)
			return rows[i].choices;
	}
	return NULL;
}
