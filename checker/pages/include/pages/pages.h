/* The pages of the built-in rules, rendered by the build and kept in the program: `explain` needs
 * neither the pack nor its cases. */
#ifndef SO2_PAGES_PAGES_H
#define SO2_PAGES_PAGES_H

/* The page of the rule that an id or an alias names; NULL: there is none. */
const char *pages_find(const char *id_or_alias);

#endif
