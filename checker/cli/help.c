/* See help.h. Examples come first: most who ask want a line to copy. */
#include "help.h"

#include <string.h>

#define WIDTH 110 /* columns of --help */

struct example {
	enum command command;
	bool is_first; /* also in the help of so2check itself */
	const char *line, *what;
};

static const struct example examples[] = {
	{ COMMAND_CHECK, true, "so2check pump.c", "a file: with the headers of the newest installed kernel" },
	{ COMMAND_CHECK, true, "so2check pump/", "a folder: its Kbuild or Makefile says what belongs together" },
	{ COMMAND_CHECK, true, "so2check -p linux/build drivers/char", "flags from linux/build/compile_commands.json" },
	{ COMMAND_CHECK, false, "so2check --kernel /usr/src/linux-headers-6.1.0-50-amd64 pump.c", "for that kernel" },
	{ COMMAND_CHECK, false, "so2check driver/driver.vcxproj", "a Windows driver, as its project builds it" },
	{ COMMAND_CHECK, true, "so2check --since origin/main pump/", "only what the branch has brought" },
	{ COMMAND_CHECK, false, "so2check --only lin-mem-leak,lin-double-free pump/", "these rules and no others" },
	{ COMMAND_CHECK, true, "so2check --format sarif -o report.sarif pump/", "for a service that shows reports" },
	{ COMMAND_CHECK, false, "make C=2 CHECK=\"so2check --kbuild\"", "each file as the kernel's build compiles it" },
	{ COMMAND_CHECK, false, "so2check --explain-context pump_poll pump/", "who calls it, in which contexts" },
	{ COMMAND_GATE, true, "so2check gate", "for CI: this folder, judged by the thresholds of .so2check.yaml" },
	{ COMMAND_GRADE, true, "so2check grade class/ --policy lab3.yaml", "each folder of class/ is a submission" },
	{ COMMAND_MERGE, false, "so2check --shard 1/2 --format json -o 1.json .",
	  "on one machine, 2/2 on another; then" },
	{ COMMAND_MERGE, false, "so2check merge --format text 1.json 2.json", "the report of both" },
	{ COMMAND_RULES, false, "so2check rules", "all rules; one that is `preview` is off unless --only names it" },
	{ COMMAND_RULES, false, "so2check rules --coverage --missing", "what the documents demand and nothing checks" },
	{ COMMAND_EXPLAIN, true, "so2check explain lin-lock-held-on-exit",
	  "why a finding matters, and how it is mended" },
	{ COMMAND_TEST, false, "so2check test my-pack", "the cases of a pack of your own" },
	{ COMMAND_FIX, true, "so2check fix pump/ > pump.patch",
	  "what can safely be put right, as a patch; or --apply" },
	{ COMMAND_HOOK, true, "so2check hook install", "from now on each commit of this repository is checked" },
	{ COMMAND_LSP, false, "so2check lsp", "what an editor is to start: docs/editors.md has its setup" },
	{ COMMAND_CACHE, false, "so2check cache --clear", "begin anew" },
	{ COMMAND_HELP, false, "so2check help rules", "what `rules` does, and its options" },
	{ COMMAND_HELP, false, "so2check help man | man -l -", "the manual page, where it is not installed" },
};

#define EXAMPLE_COUNT (sizeof(examples) / sizeof(examples[0]))

static const struct {
	int status;
	const char *what;
} statuses[] = {
	{ 0, "clean" },
	{ 1, "findings; with `gate` more than its thresholds allow, with `grade` submissions that did not pass" },
	{ 2, "wrong usage, or a broken rule pack or policy" },
	{ 3, "something could not be analysed; the report says what, findings are printed all the same" },
};

#define STATUS_COUNT (sizeof(statuses) / sizeof(statuses[0]))

static bool is_shown(const struct example *example, const struct command_row *command)
{
	return command ? example->command == command->command : example->is_first;
}

static bool is_option_shown(const struct option_row *row, const struct command_row *command)
{
	return row->help && (!command || option_belongs(row, command->command));
}

/* `-p, --database DIR|FILE` */
static void format_option(char *text, size_t size, const struct option_row *row, const char *no_letter)
{
	char letter[8];

	snprintf(letter, sizeof(letter), "-%c, ", row->letter);
	const char *value = row->value ? row->value : "";
	snprintf(text, size, "%s--%s%s%s", row->letter ? letter : no_letter, row->name,
		 *value && *value != '[' ? " " : "", value);
}

/* ---- text ------------------------------------------------------------------------------- */

/* In lines that begin at the column where the first one does. */
static void print_wrapped(FILE *out, const char *text, int column)
{
	int at = column;

	while (*text) {
		int length = (int)strcspn(text, " ");

		if (at > column && at + 1 + length > WIDTH)
			at = fprintf(out, "\n%*s", column, "") - 1;
		else if (at > column)
			at += fprintf(out, " ");
		at += fprintf(out, "%.*s", length, text);
		text += length + strspn(text + length, " ");
	}
	fputc('\n', out);
}

/* The left part in its column, or on a line of its own when it is too long. */
static void print_row(FILE *out, const char *left, const char *right, int column)
{
	int at = fprintf(out, "  %s", left);

	fprintf(out, at + 2 > column ? "\n%*s" : "%*s", at + 2 > column ? column : column - at, "");
	print_wrapped(out, right, column);
}

static void print_examples(FILE *out, const struct command_row *command)
{
	fputs("examples:\n", out);
	for (size_t i = 0; i < EXAMPLE_COUNT; i++)
		if (is_shown(&examples[i], command))
			print_row(out, examples[i].line, examples[i].what, 48);
}

static void print_commands(FILE *out)
{
	int count;
	const struct command_row *rows = command_table(&count);
	char left[64];

	fputs("\ncommands (so2check help COMMAND says more):\n", out);
	for (int i = 0; i < count; i++) {
		snprintf(left, sizeof(left), "%s %s", rows[i].name, rows[i].operands);
		if (rows[i].help)
			print_row(out, left, rows[i].help, 22);
	}
}

static void print_options(FILE *out, const struct command_row *command)
{
	int count;
	const struct option_row *rows = option_table(&count);
	char left[64];

	fputs("\noptions:\n", out);
	for (int i = 0; i < count; i++) {
		format_option(left, sizeof(left), &rows[i], "    ");
		if (is_option_shown(&rows[i], command))
			print_row(out, left, rows[i].help, 30);
	}
}

static void print_usage(FILE *out, const struct command_row *command)
{
	bool takes_clang_args = command->command == COMMAND_CHECK || command->command == COMMAND_GATE ||
				command->command == COMMAND_TEST;

	fprintf(out, "so2check %s: %s\n\nusage: so2check %s [OPTION...]%s%s%s\n\n", command->name, command->help,
		command->command == COMMAND_CHECK ? "[check]" : command->name, *command->operands ? " " : "",
		command->operands, takes_clang_args ? " [-- CLANG_ARGS...]" : "");
}

void help_print(FILE *out, const struct command_row *command)
{
	if (command) {
		print_usage(out, command);
		print_examples(out, command);
		print_options(out, command);
		return;
	}
	fputs("so2check: checks kernel driver sources in C, for Linux and Windows, for misuse of the kernel API\n\n"
	      "usage: so2check [COMMAND] [OPTION...] [OPERAND...] [-- CLANG_ARGS...]\n\n",
	      out);
	print_examples(out, NULL);
	print_commands(out);
	print_options(out, NULL);
	fputs("\nA PATH called like a command can be given as ./check. NO_COLOR turns colour off.\nexit status:\n",
	      out);
	for (size_t i = 0; i < STATUS_COUNT; i++)
		fprintf(out, "  %d  %s\n", statuses[i].status, statuses[i].what);
}

/* ---- manual page ---------------------------------------------------------------------------- */

/* Hyphens that can be copied, and no line that begins like a request. */
static void print_roff(FILE *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", out);
	for (; *text; text++) {
		switch (*text) {
		case '-':
			fputs("\\-", out);
			break;
		case '\\':
			fputs("\\e", out);
			break;
		case '`': /* quotes of the messages; an accent in man(7) */
		case '\'':
			fputs("\\(aq", out);
			break;
		default:
			fputc(*text, out);
		}
	}
}

static void print_paragraph(FILE *out, const char *font, const char *term, const char *text)
{
	fprintf(out, ".TP\n%s", font);
	print_roff(out, term);
	fputs("\\fR\n", out);
	print_roff(out, text);
	fputc('\n', out);
}

static void print_manual_examples(FILE *out)
{
	fputs(".SH EXAMPLES\n", out);
	for (size_t i = 0; i < EXAMPLE_COUNT; i++)
		print_paragraph(out, "\\fB", examples[i].line, examples[i].what);
}

static void print_manual_commands(FILE *out)
{
	int count;
	const struct command_row *rows = command_table(&count);
	char term[64];

	fputs(".SH COMMANDS\n", out);
	for (int i = 0; i < count; i++) {
		snprintf(term, sizeof(term), "%s %s", rows[i].name, rows[i].operands);
		if (rows[i].help)
			print_paragraph(out, "\\fB", term, rows[i].help);
	}
}

static void print_commands_of(FILE *out, const struct option_row *option)
{
	int count, shown = 0, listed = 0;
	const struct command_row *rows = command_table(&count);

	for (int i = 0; i < count; i++) {
		listed += rows[i].help != NULL;
		shown += rows[i].help && option_belongs(option, rows[i].command);
	}
	if (shown == listed)
		return;
	fputs("(with", out);
	for (int i = 0; i < count; i++)
		if (rows[i].help && option_belongs(option, rows[i].command))
			fprintf(out, " \\fB%s\\fR%s", rows[i].name, --shown > 0 ? "," : "");
	fputs(")\n", out);
}

static void print_manual_options(FILE *out)
{
	int count;
	const struct option_row *rows = option_table(&count);
	char term[64];

	fputs(".SH OPTIONS\n", out);
	for (int i = 0; i < count; i++) {
		if (!is_option_shown(&rows[i], NULL))
			continue;
		format_option(term, sizeof(term), &rows[i], "");
		print_paragraph(out, "\\fB", term, rows[i].help);
		print_commands_of(out, &rows[i]);
	}
	print_paragraph(out, "\\fB", "-- CLANG_ARGS...", "go to the parser as they are, for each file");
}

void help_print_manual(FILE *out)
{
	fputs(".\\\" made by `so2check help man`\n.TH SO2CHECK 1 \"\" \"so2check " SO2_VERSION "\" \"User Commands\"\n"
	      ".SH NAME\nso2check \\- checks kernel driver sources for misuse of the kernel API\n"
	      ".SH SYNOPSIS\n\\fBso2check\\fR [\\fICOMMAND\\fR] [\\fIOPTION\\fR...] [\\fIOPERAND\\fR...] "
	      "[\\fB\\-\\-\\fR \\fICLANG_ARGS\\fR...]\n"
	      ".SH DESCRIPTION\nReads C sources of Linux and Windows drivers and reports where they misuse the kernel "
	      "API:\nmemory leaked on an error path, a lock held at a return, a sleeping call under a spin lock.\n"
	      "Every finding shows the path that leads to it and says where its rule is written.\n"
	      "It needs no kernel build and no WDK: headers are found by themselves, and what could not be analysed "
	      "is said.\n",
	      out);
	print_manual_examples(out);
	print_manual_commands(out);
	print_manual_options(out);
	fputs(".SH EXIT STATUS\n", out);
	for (size_t i = 0; i < STATUS_COUNT; i++) {
		char status[4];

		snprintf(status, sizeof(status), "%d", statuses[i].status);
		print_paragraph(out, "\\fB", status, statuses[i].what);
	}
	fputs(".SH ENVIRONMENT\n", out);
	print_paragraph(out, "\\fB", "NO_COLOR", "no colour on a terminal");
	print_paragraph(out, "\\fB", "XDG_CACHE_HOME", "where the cache lies: in so2check below it");
	print_paragraph(out, "\\fB", "SO2CHECK", "the program that the git hook runs");
	fputs(".SH FILES\n.TP\n\\fIPREFIX/share/so2check/rules\\fR\nthe built\\-in rules\n"
	      ".TP\n\\fIPREFIX/share/doc/so2check\\fR\ntheir pages, and how to write more\n"
	      ".SH SEE ALSO\n.BR sparse (1),\n.BR spatch (1),\n.BR bear (1)\n",
	      out);
}
