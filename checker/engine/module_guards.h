/* Locks held at the steps of a module: module_guards.c. */
#ifndef SO2_ENGINE_MODULE_GUARDS_H
#define SO2_ENGINE_MODULE_GUARDS_H

#include "module_int.h"

struct guards;

struct guards *guards_compute(struct module_view *view);
/* The locks held before the step, a bit each: perhaps, surely. false: it is never reached. */
bool guards_at(const struct guards *guards, const struct ir_function *function, const struct ir_insn *insn,
	       uint64_t *may, uint64_t *must);
/* The bit of the lock of a class. */
uint64_t guards_bit(struct guards *guards, const char *class);
/* The class of one of the locks; NULL: none has a name. */
const char *guards_class(const struct guards *guards, uint64_t locks);

#endif
