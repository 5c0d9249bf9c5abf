/* "did you mean": the candidate nearest to a mistyped word. */
#ifndef SO2_CLI_SUGGEST_H
#define SO2_CLI_SUGGEST_H

/* NULL when none is near enough to be meant. */
const char *suggest_nearest(const char *word, const char *const *candidates, int count);
/* Single-character edits between two words; long words are compared by their first 63 bytes. */
int suggest_distance(const char *left, const char *right);

#endif
