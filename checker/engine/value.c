/* Symbols and regions: hash-consed terms for the values and the memory of one
 * function. Terms deeper than MAX_DEPTH become opaque, which bounds their
 * number; an opaque term loses facts (towards silence), never invents them. */
#include "engine_int.h"

#define MAX_DEPTH 22

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash ^= value + 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2);
	return hash * 0xff51afd7ed558ccdu;
}

static uint64_t sym_hash(enum sym_kind kind, int op, int64_t value, const void *left, const void *right)
{
	uint64_t hash = mix((uint64_t)kind, (uint64_t)(unsigned)op);

	hash = mix(hash, (uint64_t)value);
	hash = mix(hash, KEYMAP_KEY(left));
	return mix(hash, KEYMAP_KEY(right));
}

static bool is_sym_part(enum sym_kind kind, bool right)
{
	switch (kind) {
	case SYM_UNARY:
	case SYM_PREDICATE:
	case SYM_PART:
	case SYM_APPLY:
	case SYM_USER:
	case SYM_INDEX:
		return !right;
	case SYM_BINARY:
	case SYM_TUPLE:
		return true;
	default:
		return false;
	}
}

static bool is_region_part(enum sym_kind kind, bool right)
{
	if (kind == SYM_HAVOC || kind == SYM_PART)
		return right;
	return !right && (kind == SYM_ADDRESS || kind == SYM_INITIAL || kind == SYM_MERGE);
}

static int part_depth(enum sym_kind kind, const void *part, bool right)
{
	if (!part)
		return 0;
	if (is_sym_part(kind, right))
		return ((const struct sym *)part)->depth;
	if (is_region_part(kind, right))
		return ((const struct region *)part)->depth;
	return 0;
}

static struct sym *sym_lookup(const struct analysis *a, uint64_t hash, enum sym_kind kind, int op, int64_t value,
			      const void *left, const void *right)
{
	struct sym *sym = keymap_get(a->sym_table, hash);

	for (; sym; sym = sym->next)
		if (sym->kind == kind && sym->op == op && sym->value == value && sym->a == left && sym->b == right)
			return sym;
	return NULL;
}

/* Arithmetic on what user space chooses, and parts of it, are user space's choice, too. */
static bool is_number_of_user(enum sym_kind kind, const void *left, const void *right)
{
	if (kind == SYM_BINARY)
		return ((const struct sym *)left)->is_from_user || ((const struct sym *)right)->is_from_user;
	return (kind == SYM_UNARY || kind == SYM_PART || kind == SYM_USER || kind == SYM_INDEX) &&
	       ((const struct sym *)left)->is_from_user;
}

static const struct sym *sym_intern(struct analysis *a, enum sym_kind kind, int op, int64_t value, const void *left,
				    const void *right, const struct ir_type *type)
{
	uint64_t hash = sym_hash(kind, op, value, left, right);
	struct sym *sym = sym_lookup(a, hash, kind, op, value, left, right);
	int left_depth = part_depth(kind, left, false), right_depth = part_depth(kind, right, true);

	if (sym)
		return sym;
	if (kind != SYM_OPAQUE && (left_depth >= MAX_DEPTH || right_depth >= MAX_DEPTH))
		return sym_intern(a, SYM_OPAQUE, 0, 0, a->insn, NULL, type);
	sym = ARENA_NEW(a->arena, struct sym);
	sym->kind = kind;
	sym->op = op;
	sym->value = value;
	sym->a = left;
	sym->b = right;
	sym->type = type;
	sym->is_from_user = is_number_of_user(kind, left, right);
	sym->id = a->next_sym++;
	sym->depth = 1 + (left_depth > right_depth ? left_depth : right_depth);
	sym->next = keymap_get(a->sym_table, hash);
	keymap_put(a->sym_table, hash, sym);
	return sym;
}

const struct sym *sym_int(struct analysis *a, int64_t value)
{
	return sym_intern(a, SYM_INT, 0, value, NULL, NULL, NULL);
}

const struct sym *sym_make(struct analysis *a, enum sym_kind kind, int op, const void *left, const void *right,
			   const struct ir_type *type)
{
	return sym_intern(a, kind, op, 0, left, right, type);
}

const struct sym *sym_find(const struct analysis *a, enum sym_kind kind, int op, const void *left, const void *right)
{
	return sym_lookup(a, sym_hash(kind, op, 0, left, right), kind, op, 0, left, right);
}

const struct sym *sym_address(struct analysis *a, const struct region *region, const struct ir_type *type)
{
	/* &*p is p, and the first element is the array. */
	while (region->kind == REGION_ELEMENT && region->index->kind == SYM_INT && region->index->value == 0)
		region = region->base;
	if (region->kind == REGION_POINTEE)
		return region->pointer;
	return sym_make(a, SYM_ADDRESS, 0, region, NULL, type);
}

static bool fold_ints(int op, int64_t left, int64_t right, int64_t *result)
{
	uint64_t l = (uint64_t)left, r = (uint64_t)right;

	switch (op) {
	case IR_BINARY_ADD:
		*result = (int64_t)(l + r);
		return true;
	case IR_BINARY_SUB:
		*result = (int64_t)(l - r);
		return true;
	case IR_BINARY_MUL:
		*result = (int64_t)(l * r);
		return true;
	case IR_BINARY_DIV:
		*result = right && !(left == INT64_MIN && right == -1) ? left / right : 0;
		return right && !(left == INT64_MIN && right == -1);
	case IR_BINARY_REM:
		*result = right && right != -1 ? left % right : 0;
		return right != 0;
	case IR_BINARY_SHL:
		*result = right >= 0 && right < 64 ? (int64_t)(l << r) : 0;
		return right >= 0 && right < 64;
	case IR_BINARY_SHR:
		*result = right >= 0 && right < 64 ? left >> right : 0;
		return right >= 0 && right < 64;
	case IR_BINARY_AND:
		*result = left & right;
		return true;
	case IR_BINARY_OR:
		*result = left | right;
		return true;
	case IR_BINARY_XOR:
		*result = left ^ right;
		return true;
	case IR_BINARY_EQ:
		*result = left == right;
		return true;
	case IR_BINARY_NE:
		*result = left != right;
		return true;
	case IR_BINARY_LT:
		*result = left < right;
		return true;
	case IR_BINARY_LE:
		*result = left <= right;
		return true;
	case IR_BINARY_GT:
		*result = left > right;
		return true;
	case IR_BINARY_GE:
		*result = left >= right;
		return true;
	default:
		return false;
	}
}

static int mirrored(int op)
{
	switch (op) {
	case IR_BINARY_LT:
		return IR_BINARY_GT;
	case IR_BINARY_LE:
		return IR_BINARY_GE;
	case IR_BINARY_GT:
		return IR_BINARY_LT;
	case IR_BINARY_GE:
		return IR_BINARY_LE;
	default:
		return op;
	}
}

static bool is_commutative(int op)
{
	return op == IR_BINARY_ADD || op == IR_BINARY_MUL || op == IR_BINARY_AND || op == IR_BINARY_OR ||
	       op == IR_BINARY_XOR || op == IR_BINARY_EQ || op == IR_BINARY_NE;
}

static bool is_comparison(int op)
{
	return op >= IR_BINARY_EQ && op <= IR_BINARY_GE;
}

/* (x + c1) + c2 and (x - c1) + c2 fold, so that p + 1 - 1 is p again. */
static const struct sym *fold_offset(struct analysis *a, int op, const struct sym *left, int64_t right,
				     const struct ir_type *type)
{
	int64_t offset = op == IR_BINARY_SUB ? (int64_t)(0 - (uint64_t)right) : right;

	if (left->kind == SYM_BINARY && left->op == IR_BINARY_ADD) {
		const struct sym *inner = left->b;

		if (inner->kind == SYM_INT) {
			offset = (int64_t)((uint64_t)offset + (uint64_t)inner->value);
			left = left->a;
		}
	}
	if (offset == 0)
		return left;
	return sym_make(a, SYM_BINARY, IR_BINARY_ADD, left, sym_int(a, offset), type);
}

/* Bits of a value that its last operation set or cleared: (x | 6) & 2 is 2, (x & ~6) & 2 is 0. NULL: not so. */
static const struct sym *masked_bits(struct analysis *a, const struct sym *value, int64_t mask)
{
	const struct sym *with = value->b;

	if (with->kind != SYM_INT)
		return NULL;
	if (value->op == IR_BINARY_OR && (with->value & mask) == mask)
		return sym_int(a, mask);
	if (value->op == IR_BINARY_AND && (with->value & mask) == 0)
		return sym_int(a, 0);
	return NULL;
}

const struct sym *sym_binary(struct analysis *a, int op, const struct sym *left, const struct sym *right,
			     const struct ir_type *type)
{
	int64_t folded;

	if (left->kind == SYM_INT && right->kind == SYM_INT && fold_ints(op, left->value, right->value, &folded))
		return sym_int(a, folded);
	/* Canonical order: constants right, else the older symbol left, so that
	 * a < b and b > a are one symbol and share their truth. */
	if ((left->kind == SYM_INT && right->kind != SYM_INT && (is_commutative(op) || is_comparison(op))) ||
	    (right->kind != SYM_INT && left->id > right->id && (is_commutative(op) || is_comparison(op)))) {
		const struct sym *swap = left;

		left = right;
		right = swap;
		op = mirrored(op);
	}
	/* (p + n) - n is p again, whatever n is. */
	if (op == IR_BINARY_SUB && left->kind == SYM_BINARY && left->op == IR_BINARY_ADD &&
	    (left->b == right || left->a == right) && right->kind != SYM_INT)
		return left->b == right ? left->a : left->b;
	if (right->kind == SYM_INT) {
		if (op == IR_BINARY_ADD || op == IR_BINARY_SUB)
			return fold_offset(a, op, left, right->value, type);
		if (right->value == 0 && (op == IR_BINARY_OR || op == IR_BINARY_SHL || op == IR_BINARY_SHR))
			return left;
	}
	if (op == IR_BINARY_AND && right->kind == SYM_INT && left->kind == SYM_BINARY) {
		const struct sym *bits = masked_bits(a, left, right->value);

		if (bits)
			return bits;
	}
	if (left == right && left->kind != SYM_OPAQUE && left->kind != SYM_STALE) {
		if (op == IR_BINARY_EQ || op == IR_BINARY_LE || op == IR_BINARY_GE)
			return sym_int(a, 1);
		if (op == IR_BINARY_NE || op == IR_BINARY_LT || op == IR_BINARY_GT || op == IR_BINARY_SUB)
			return sym_int(a, 0);
	}
	if (op == IR_BINARY_NE)
		return sym_not(a, sym_binary(a, IR_BINARY_EQ, left, right, type));
	if (op == IR_BINARY_GE && right->kind != SYM_INT)
		return sym_not(a, sym_binary(a, IR_BINARY_LT, left, right, type));
	if (op == IR_BINARY_LE && right->kind != SYM_INT)
		return sym_not(a, sym_binary(a, IR_BINARY_GT, left, right, type));
	return sym_make(a, SYM_BINARY, op, left, right, type);
}

const struct sym *sym_not(struct analysis *a, const struct sym *operand)
{
	if (operand->kind == SYM_INT)
		return sym_int(a, !operand->value);
	if (operand->kind == SYM_ADDRESS || operand->kind == SYM_FUNCTION || operand->kind == SYM_STRING)
		return sym_int(a, 0);
	if (operand->kind == SYM_UNARY && operand->op == IR_UNARY_NOT) {
		const struct sym *inner = operand->a;

		if (inner->kind == SYM_BINARY && is_comparison(inner->op))
			return inner;
	}
	return sym_make(a, SYM_UNARY, IR_UNARY_NOT, operand, NULL, NULL);
}

bool region_contains_sym(const struct region *region, const struct sym *part)
{
	for (; region; region = region->base) {
		if (region->kind == REGION_POINTEE)
			return sym_contains(region->pointer, part);
		if (region->kind == REGION_ELEMENT && sym_contains(region->index, part))
			return true;
	}
	return false;
}

static bool part_contains(enum sym_kind kind, const void *part, bool right, const struct sym *wanted)
{
	if (!part)
		return false;
	if (is_sym_part(kind, right))
		return sym_contains(part, wanted);
	if (is_region_part(kind, right) && kind != SYM_MERGE)
		return region_contains_sym(part, wanted);
	return false;
}

bool sym_contains(const struct sym *sym, const struct sym *part)
{
	if (sym == part)
		return true;
	if (sym->id < part->id) /* parts are always older than what is made of them */
		return false;
	return part_contains(sym->kind, sym->a, false, part) || part_contains(sym->kind, sym->b, true, part);
}

static uint64_t region_hash(const struct region *region)
{
	uint64_t hash = mix((uint64_t)region->kind, KEYMAP_KEY(region->var));

	hash = mix(hash, KEYMAP_KEY(region->pointer));
	hash = mix(hash, KEYMAP_KEY(region->base));
	hash = mix(hash, KEYMAP_KEY(region->field));
	return mix(hash, KEYMAP_KEY(region->index));
}

static struct region *region_find(const struct analysis *a, const struct region *wanted, uint64_t hash)
{
	struct region *region;

	for (region = keymap_get(a->region_table, hash); region; region = region->next)
		if (region->kind == wanted->kind && region->var == wanted->var && region->pointer == wanted->pointer &&
		    region->base == wanted->base && region->field == wanted->field && region->index == wanted->index)
			return region;
	return NULL;
}

static const struct region *region_intern(struct analysis *a, struct region wanted, int depth)
{
	uint64_t hash = region_hash(&wanted);
	struct region *region = region_find(a, &wanted, hash);

	if (region)
		return region;
	region = ARENA_NEW(a->arena, struct region);
	*region = wanted;
	region->id = a->next_region++;
	region->depth = depth;
	region->next = keymap_get(a->region_table, hash);
	keymap_put(a->region_table, hash, region);
	return region;
}

const struct region *region_seen_field(const struct analysis *a, const struct region *base, const char *field)
{
	const struct region wanted = { .kind = REGION_FIELD, .base = base, .field = field };

	return region_find(a, &wanted, region_hash(&wanted));
}

const struct region *region_var(struct analysis *a, const struct ir_var *var)
{
	return region_intern(a, (struct region){ .kind = REGION_VAR, .var = var, .type = var->type }, 1);
}

const struct region *region_pointee(struct analysis *a, const struct sym *pointer)
{
	if (pointer->kind == SYM_ADDRESS)
		return pointer->a;
	return region_intern(a, (struct region){ .kind = REGION_POINTEE, .pointer = pointer }, pointer->depth + 1);
}

const struct region *region_field(struct analysis *a, const struct region *base, const char *field,
				  const struct ir_type *type)
{
	return region_intern(a, (struct region){ .kind = REGION_FIELD, .base = base, .field = field, .type = type },
			     base->depth + 1);
}

const struct region *region_element(struct analysis *a, const struct region *base, const struct sym *index,
				    const struct ir_type *type)
{
	int depth = base->depth > index->depth ? base->depth : index->depth;

	return region_intern(a, (struct region){ .kind = REGION_ELEMENT, .base = base, .index = index, .type = type },
			     depth + 1);
}

bool region_is_within(const struct region *region, const struct region *ancestor)
{
	for (; region; region = region->base)
		if (region == ancestor)
			return true;
	return false;
}

const struct region *region_root(const struct region *region)
{
	while (region->base)
		region = region->base;
	return region;
}

bool region_is_local(const struct region *region)
{
	const struct region *root = region_root(region);

	return root->kind == REGION_VAR && root->var->kind != IR_VAR_GLOBAL && root->var->kind != IR_VAR_STATIC_LOCAL;
}

const struct sym *sym_base_pointer(const struct sym *sym)
{
	while (sym->kind == SYM_BINARY && (sym->op == IR_BINARY_ADD || sym->op == IR_BINARY_SUB)) {
		const struct sym *right = sym->b, *left = sym->a;

		/* p + i: the pointer is the operand that has a pointer's type. */
		if (right->kind != SYM_INT && right->type && right->type->kind == IR_TYPE_POINTER &&
		    !(left->type && left->type->kind == IR_TYPE_POINTER))
			sym = right;
		else
			sym = left;
	}
	return sym;
}

const struct sym *sym_object_pointer(const struct sym *sym)
{
	const struct region *root;

	sym = sym_base_pointer(sym);
	if (sym->kind != SYM_ADDRESS)
		return sym;
	root = region_root(sym->a);
	return root->kind == REGION_POINTEE ? sym_base_pointer(root->pointer) : NULL;
}

const struct sym *sym_object_root(const struct sym *sym)
{
	const struct region *root = sym->kind == SYM_ADDRESS ? region_root(sym->a) : NULL;

	return root && root->kind == REGION_POINTEE ? root->pointer : NULL;
}

bool sym_is_conjured(const struct sym *sym)
{
	return sym->kind == SYM_CALL || sym->kind == SYM_OUTPUT || sym->kind == SYM_HAVOC || sym->kind == SYM_OPAQUE;
}

bool sym_is_vague(const struct sym *sym)
{
	const struct region *region;

	if (sym->kind == SYM_OPAQUE || sym->kind == SYM_STALE)
		return true;
	if (is_sym_part(sym->kind, false) && sym->a && sym_is_vague(sym->a))
		return true;
	if (is_sym_part(sym->kind, true) && sym->b && sym_is_vague(sym->b))
		return true;
	if (!is_region_part(sym->kind, false) || sym->kind == SYM_MERGE)
		return false;
	for (region = sym->a; region; region = region->base)
		if (region->kind == REGION_POINTEE)
			return sym_is_vague(region->pointer);
	return false;
}

static bool region_is_stable(const struct region *region)
{
	for (; region; region = region->base) {
		if (region->kind == REGION_POINTEE)
			return sym_is_stable(region->pointer);
		if (region->kind == REGION_ELEMENT && !sym_is_stable(region->index))
			return false;
	}
	return true;
}

bool sym_is_stable(const struct sym *sym)
{
	switch (sym->kind) {
	case SYM_INT:
		return true;
	case SYM_ADDRESS:
		return region_is_stable(sym->a);
	case SYM_INITIAL:
		return !sym->b && region_is_stable(sym->a);
	default:
		return false;
	}
}
