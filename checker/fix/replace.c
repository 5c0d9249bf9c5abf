/* One name for another. */
#include "fix_int.h"

#include <string.h>

#define MAX_ARGUMENTS 16

/* `A | NAME` becomes `A`, `NAME | A` becomes `A`, and NAME alone 0. */
static void leave_out(struct fixer *fixer, struct text_range word)
{
	size_t before = fix_code_before(fixer, word.begin);
	unsigned behind = text_skip_space(fixer->text, fixer->length, word.end);
	bool is_after_bar = before != FIX_NOWHERE && before > 0 && fixer->text[before] == '|' &&
			    fixer->text[before - 1] != '|';

	if (is_after_bar) {
		size_t begin = before;

		while (begin > 0 && (fixer->text[begin - 1] == ' ' || fixer->text[begin - 1] == '\t'))
			begin--;
		fix_add(fixer, begin, word.end, "");
	} else if (behind + 1 < fixer->length && fixer->text[behind] == '|' && fixer->text[behind + 1] != '|' &&
		   fixer->text[behind + 1] != '=') {
		fix_add(fixer, word.begin, text_skip_space(fixer->text, fixer->length, behind + 1), "");
	} else {
		fix_add(fixer, word.begin, word.end, "0");
	}
}

/* With the comma that parts it from its neighbour. */
static const char *leave_out_argument(struct fixer *fixer, struct text_range word, int number)
{
	unsigned open = text_skip_space(fixer->text, fixer->length, word.end), close;
	struct text_range args[MAX_ARGUMENTS];
	int count = 0;

	if (open >= fixer->length || fixer->text[open] != '(' ||
	    text_split(fixer->text, fixer->length, open, ',', args, MAX_ARGUMENTS, &count, &close) != 0 ||
	    number > count || count > MAX_ARGUMENTS)
		return "its place in the text is not understood";
	if (number < count)
		fix_add(fixer, args[number - 1].begin, args[number].begin, "");
	else
		fix_add(fixer, number > 1 ? args[number - 2].end : args[0].begin, args[number - 1].end, "");
	return NULL;
}

const char *fix_replace(struct fixer *fixer)
{
	struct text_range range, word;

	if (!fix_range(fixer, &fixer->request->finding->span, &range))
		return "its place in the text is not understood";
	size_t offset = range.begin;
	const struct rp_fix_name *name = fix_next_name(fixer, &offset, range.end, &word);
	if (!name) { /* a finding about an argument is there, and the call's name before it */
		offset = fix_line_start(fixer, range.begin);
		name = fix_next_name(fixer, &offset, range.end, &word);
	}
	if (!name)
		return "nothing takes the place of this name with the same meaning";
	if (name->to)
		fix_add(fixer, word.begin, word.end, name->to);
	else if (!name->left_out)
		leave_out(fixer, word);
	return name->left_out ? leave_out_argument(fixer, word, name->left_out) : NULL;
}
