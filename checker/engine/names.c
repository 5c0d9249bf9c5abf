/* What the names of functions tell: conventions of the kernel's authors, asked only where no body or fact says more. */
#include "engine_int.h"

#include <ctype.h>
#include <string.h>

/* send_data() does not begin a word with "end"; foo_end() and FooEnd() do. */
static bool begins_word(const char *name, const char *word)
{
	const char *at;

	for (at = name; (at = strcasestr(at, word)) != NULL; at++)
		if (at == name || !isalpha((unsigned char)at[-1]) ||
		    (isupper((unsigned char)at[0]) && islower((unsigned char)at[-1])))
			return true;
	return false;
}

const char *name_speaks_of_lock(const char *name)
{
	const char *at;

	for (at = name; at && (at = strcasestr(at, "lock")) != NULL; at++)
		if (at == name || !strchr("cCbB", at[-1]))
			return at;
	return NULL;
}

bool name_speaks_of_letting_go(const char *name)
{
	static const char *const words[] = { "release", "leave", "exit",  "complete", "cancel", "free",
					     "delete",	"close", "clean", "undo",     "lower",	"put",
					     "drop",	"done",	 "end",	  "finish" };
	const char *lock = name_speaks_of_lock(name);
	size_t i;

	if (lock && strcasecmp(lock, "locked") != 0)
		return true;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (begins_word(name, words[i]))
			return true;
	return false;
}
