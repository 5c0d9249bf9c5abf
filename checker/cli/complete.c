/* See complete.h. */
#include "complete.h"

#include "option_rows.h"

#include <string.h>

struct completion {
	FILE *out;
	struct run *run;
	const char *word;		   /* being typed */
	const char *prefix;		   /* of candidates: what stands before the part that is completed */
	const struct option_row *option;   /* whose value is next; NULL: none */
	const struct command_row *command; /* NULL: none so far */
	int operands;
	bool is_past_options; /* behind `--` */
};

/* ---- candidates --------------------------------------------------------------------------- */

static void offer(struct completion *completion, const char *candidate, const char *what)
{
	if (strncmp(candidate, completion->word, strlen(completion->word)) != 0)
		return;
	fprintf(completion->out, "%s%s%s%s\n", completion->prefix, candidate, what ? "\t" : "", what ? what : "");
}

static void offer_rules(struct completion *completion)
{
	struct run *run = completion->run;

	if (run_load_rules(run, NULL))
		return;
	for (int i = 0; i < run->rules->rule_count; i++)
		offer(completion, run->rules->rules[i]->id, run->rules->rules[i]->title);
}

static void offer_commands(struct completion *completion)
{
	int count;
	const struct command_row *rows = command_table(&count);

	for (int i = 0; i < count; i++)
		if (rows[i].help)
			offer(completion, rows[i].name, rows[i].help);
}

static void offer_options(struct completion *completion)
{
	enum command command = completion->command ? completion->command->command : COMMAND_CHECK;
	int count;
	const struct option_row *rows = option_table(&count);

	for (int i = 0; i < count; i++) {
		if (!rows[i].help || !option_belongs(&rows[i], command))
			continue;
		const char *name = arena_printf(completion->run->arena, "--%s", rows[i].name);
		offer(completion, name, rows[i].help);
		if (rows[i].value && rows[i].value[0] == '[') /* `[=error]` */
			offer(completion,
			      arena_printf(completion->run->arena, "%s%.*s", name, (int)strlen(rows[i].value) - 2,
					   rows[i].value + 1),
			      rows[i].help);
	}
}

/* Several ids by commas: the last one is completed. */
static void skip_list(struct completion *completion)
{
	const char *comma = strrchr(completion->word, ',');

	if (!comma)
		return;
	completion->prefix = arena_printf(completion->run->arena, "%s%.*s", completion->prefix,
					  (int)(comma + 1 - completion->word), completion->word);
	completion->word = comma + 1;
}

/* By the name that the help gives a value or an operand. */
static void offer_value(struct completion *completion, const char *value)
{
	const struct choice *choices = option_choices(value);

	for (; choices && choices->name; choices++)
		offer(completion, choices->name, NULL);
	if (strcmp(value, "IDS") == 0)
		skip_list(completion);
	if (strcmp(value, "IDS") == 0 || strcmp(value, "ID") == 0)
		offer_rules(completion);
	else if (strcmp(value, "install") == 0)
		offer(completion, value, NULL);
	else if (strcmp(value, "[COMMAND]") == 0)
		offer_commands(completion);
	else if (strcmp(value, "DIR") == 0)
		fputs(":folders\n", completion->out);
	else if (strstr(value, "FILE") || strstr(value, "PATH") || strstr(value, "REPORT"))
		fputs(":files\n", completion->out);
}

/* ---- the words before it ----------------------------------------------------------------------- */

static const struct option_row *find_option(const char *word, size_t length)
{
	int count;
	const struct option_row *rows = option_table(&count);

	for (int i = 0; i < count; i++) {
		bool is_long = length > 2 && strlen(rows[i].name) == length - 2 &&
			       strncmp(word + 2, rows[i].name, length - 2) == 0;
		if (word[1] == '-' ? is_long : length == 2 && word[1] == rows[i].letter)
			return &rows[i];
	}
	return NULL;
}

static bool needs_value(const struct option_row *row)
{
	return row && row->value && row->value[0] != '[';
}

/* bash makes three words of `--format=json`. */
static void pass_word(struct completion *completion, const char *word, const char *before)
{
	if (strcmp(word, "=") == 0 && before && before[0] == '-') {
		completion->option = find_option(before, strlen(before));
		return;
	}
	if (completion->option) {
		completion->option = NULL;
	} else if (strcmp(word, "--") == 0) {
		completion->is_past_options = true;
	} else if (word[0] == '-') {
		const struct option_row *row = find_option(word, strlen(word));
		completion->option = needs_value(row) ? row : NULL;
	} else if (completion->operands == 0 && !completion->command && command_find(word)) {
		completion->command = command_find(word);
	} else {
		completion->operands++;
	}
}

/* `--format=js`: the part behind the sign. */
static bool take_joined_value(struct completion *completion)
{
	const char *sign = strchr(completion->word, '=');
	const struct option_row *row = sign && completion->word[0] == '-' ?
					       find_option(completion->word, (size_t)(sign - completion->word)) :
					       NULL;

	if (!needs_value(row))
		return false;
	completion->prefix = arena_strndup(completion->run->arena, completion->word,
					   (size_t)(sign + 1 - completion->word));
	completion->word = sign + 1;
	completion->option = row;
	return true;
}

static void offer_operands(struct completion *completion)
{
	const struct command_row *command = completion->command;

	if (!command && completion->operands == 0)
		offer_commands(completion);
	if (!command)
		offer_value(completion, "PATH...");
	else if (command->most_operands < 0 || completion->operands < command->most_operands)
		offer_value(completion, command->operands);
}

void complete_print(FILE *out, struct run *run, const char *const *words, int count)
{
	struct completion completion = {
		.out = out, .run = run, .word = count > 0 ? words[count - 1] : "", .prefix = ""
	};

	for (int i = 0; i < count - 1; i++)
		pass_word(&completion, words[i], i > 0 ? words[i - 1] : NULL);
	if (strcmp(completion.word, "=") == 0 && count > 1) {
		pass_word(&completion, "=", words[count - 2]);
		completion.word = "";
	}
	if (completion.is_past_options)
		offer_value(&completion, "FILE");
	else if (completion.option || take_joined_value(&completion))
		offer_value(&completion, completion.option->value);
	else if (completion.word[0] == '-')
		offer_options(&completion);
	else
		offer_operands(&completion);
}
