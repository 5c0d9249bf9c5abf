/* Markers in the comments of test cases (docs/rule-packs.md, section Cases).
 *
 *   expect: <rule> "substring"      a finding here whose message has the substring
 *   note: <rule> "substring"        a path step here of a finding of that rule
 *   ok: <rule>                      no finding of that rule here
 *   todo-expect: / todo-ok:         what is known to be wrong today
 *   trap: <rule> <name>             the code below shows this trap of the rule, or its wrong twin
 *   ignore: <rule>                  anywhere: what that rule finds in this file is not its business
 *   parse-errors-allowed            anywhere: the file need not compile
 *
 * The substring is optional but for note, which is an ordinary word otherwise, as is trap without a name;
 * inside it \" stands for a quote. */
#ifndef SO2_CLI_TEST_MARKERS_H
#define SO2_CLI_TEST_MARKERS_H

#include "base/arena.h"

#include <stdbool.h>

enum marker_kind {
	MARKER_EXPECT,
	MARKER_NOTE,
	MARKER_OK,
	MARKER_TODO_EXPECT,
	MARKER_TODO_OK,
	MARKER_TRAP,
	MARKER_IGNORE
};

struct marker {
	enum marker_kind kind;
	unsigned line;
	const char *rule; /* id as written */
	const char *text; /* substring, or NULL; of a trap: its name */
};

struct marker_list {
	struct marker *items;
	int count, capacity;
	bool allows_parse_errors;
};

/* The marker's keyword, with its colon. */
const char *marker_keyword(enum marker_kind kind);
/* Reads all markers of a C text. */
void markers_read(struct marker_list *list, struct arena *arena, const char *source);

#endif
