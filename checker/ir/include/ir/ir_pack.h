/* A unit as bytes, for a cache: what lowering made, before anything was linked or analysed. */
#ifndef SO2_IR_IR_PACK_H
#define SO2_IR_IR_PACK_H

#include "base/intern.h"
#include "base/text.h"
#include "ir/ir.h"

/* false: something in the unit hangs on nothing that it lists; bytes are of no use then. */
bool ir_unit_pack(const struct ir_unit *unit, struct intern_pool *pool, struct text *bytes);
/* The same unit on an arena, its names in the pool. NULL: the bytes are not those of a unit. */
struct ir_unit *ir_unit_unpack(struct arena *arena, struct intern_pool *pool, const char *bytes, size_t length);

#endif
