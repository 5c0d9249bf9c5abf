/* What the files that judge the returns of a function share. */
#ifndef SO2_ENGINE_EXIT_INT_H
#define SO2_ENGINE_EXIT_INT_H

#include "engine_int.h"

/* ---- exit.c --------------------------------------------------------------------- */

enum outcome { OUTCOME_UNKNOWN, OUTCOME_SUCCESS, OUTCOME_FAILURE };

/* What the caller gave, such as a number of things: no error code of ours. */
bool is_argument(const struct sym *sym);
/* Success or failure of a return by the kernel's conventions for its type. */
enum outcome exit_outcome(const struct analysis *a, const struct exit_record *record);
/* What the function is declared to return. */
bool exit_returns_pointer(const struct analysis *a);
bool exit_returns_truth(const struct analysis *a);
/* Annotations of sparse (acquires, must_hold) and of SAL (acquires_shared_lock,
 * requires_lock_held, irql_raises), by how their names begin. */
bool declares_lock_contract(const struct ir_function *function);
bool entry_is_held(const struct entry *entry);
bool is_global_object(const struct sym *key);
/* habit: why the function is believed to have to release it, when that does not follow from the path; NULL: it does. */
void exit_report_left(struct analysis *a, const struct exit_record *record, const struct entry *entry,
		      const char *habit);

/* ---- exit_releases.c ------------------------------------------------------------ */

/* Does a way lead from one block to the other? */
bool leads_to_block(const struct analysis *a, const struct cfg_block *from, const struct cfg_block *to);
/* Acquired once in every round. */
bool is_taken_in_loop(const struct analysis *a, const struct entry *entry);
/* May the function itself, or what it calls, release an object of that name? */
bool is_released_here(const struct analysis *a, const struct entry *entry);
/* May the call release an object of the kind? */
bool insn_releases(const struct analysis *a, const struct ir_insn *insn, const struct rp_resource *resource);
/* By what the object is called in it. */
bool insn_releases_object(struct analysis *a, const struct ir_insn *insn, const struct entry *entry);
/* Does any way lead from the acquisition to a release of the kind? A function that ends with the acquisition
 * gives back what it was entered with. */
bool is_released_later(struct analysis *a, const struct entry *entry);
/* The same for one of that very object, by name. */
bool is_same_released_later(struct analysis *a, const struct entry *entry);
/* Is any release of the kind not dead code? */
bool is_release_reached(struct analysis *a, const struct rp_resource *resource);
/* Does every caller release such a thing on one side of its test of the result? */
bool is_unwound_by_callers(const struct analysis *a, const struct entry *entry);

/* ---- exit_balance.c, exit_owned.c --------------------------------------------------- */

/* Is it what the function is for, to return with this held? */
bool exit_is_contract(const struct analysis *a, const struct exit_record *record, const struct entry *entry);
void exit_check_balanced(struct analysis *a, const struct exit_record *record, const struct entry *entry);
void exit_check_owned(struct analysis *a, const struct exit_record *record, const struct entry *entry);

#endif
