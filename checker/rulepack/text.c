/* Texts that users read: one line, lower case, no full stop, and only
 * placeholders that the engine fills in. */
#include "rulepack_int.h"

#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static const char *const placeholders[] = {
	"object", "api",   "holder", "noun",  "mode",	 "function",	"origin", "where",
	"irql",	  "limit", "role",   "entry", "version", "replacement", NULL,
};

/* Words that may begin a text with one capital letter. */
static const char *const proper_names[] = { "Linux", "Windows", NULL };

static bool is_listed(const char *const *words, const char *text, size_t length)
{
	for (; *words; words++)
		if (strlen(*words) == length && memcmp(*words, text, length) == 0)
			return true;
	return false;
}

/* "Unlock first" is a sentence; "NULL", "KeWait..." and "GFP_KERNEL" are names. */
static bool begins_like_sentence(const char *text)
{
	size_t length = strcspn(text, " ,;:()");
	bool is_capital = strspn(text, UPPER) == 1 && 1 + strspn(text + 1, LOWER) == length;
	return is_capital && !is_listed(proper_names, text, length);
}

static bool ends_with_stop(const char *text)
{
	size_t length = strlen(text);
	return length > 0 && text[length - 1] == '.' && !(length > 2 && strcmp(text + length - 3, "...") == 0);
}

static void check_placeholder(struct yaml *yaml, struct yaml_node *node, const char *name, bool may_have)
{
	size_t length = strspn(name, LOWER UPPER "_-0123456789");
	if (length == 0)
		return; /* a brace of its own, as in "= {0}" or "{}" */
	bool is_known = is_listed(placeholders, name, length);
	if (!may_have) {
		if (is_known && name[length] == '}')
			yaml_error_at_node(yaml, node, "placeholders such as {%.*s} work only in message and steps",
					   (int)length, name);
		return;
	}
	if (strspn(name, "0123456789") == length)
		return;
	if (name[length] != '}') {
		yaml_error_at_node(yaml, node, "the placeholder %s is not closed by '}'",
				   yaml_quote(yaml, arena_strndup(yaml->arena, name - 1, length + 1)));
		return;
	}
	if (is_known)
		return;
	struct yaml_suggestion near = { .text = arena_strndup(yaml->arena, name, length) };
	for (const char *const *known = placeholders; *known; known++)
		yaml_suggestion_offer(&near, *known);
	yaml_error_at_node(yaml, node, "unknown placeholder {%.*s}%s", (int)length, name,
			   yaml_suggestion_text(yaml, &near));
}

bool rp_text_check(struct yaml *yaml, struct yaml_node *node, bool has_placeholders)
{
	int before = yaml->errors;
	if (begins_like_sentence(node->text))
		yaml_error_at_node(yaml, node, "a text begins in lower case");
	if (ends_with_stop(node->text))
		yaml_error_at_node(yaml, node, "a text ends without a full stop");
	for (const char *brace = strchr(node->text, '{'); brace; brace = strchr(brace + 1, '{'))
		check_placeholder(yaml, node, brace + 1, has_placeholders);
	return yaml->errors == before;
}
