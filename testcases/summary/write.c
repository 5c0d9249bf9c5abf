/* Programs as C source: as they are, and as one function with all calls inlined. Each operation has a line of
 * its own, and the listing remembers whose line it is. */
#include "program.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct writer {
	struct listing *listing;
	const struct program *program;
	int number;
	const char *prefix; /* in front of names of the twin's own */
	bool is_inlining;
	int scopes; /* made so far */
	int tabs;
};

/* A function's variables: under their own names, or numbered where it is inlined. */
struct scope {
	const struct function *function;
	char suffix[8];
	char out[24]; /* what *out is */
	int depth;    /* inlined: the counter's value */
	int label;    /* inlined: where returns go; 0: they return */
};

/* ---- lines ---------------------------------------------------------------------- */

__attribute__((format(printf, 3, 4))) static void line(struct writer *w, const struct node *node, const char *format,
						       ...)
{
	struct listing *listing = w->listing;
	va_list args;
	int i;

	for (i = 0; i < w->tabs; i++)
		fputc('\t', listing->file);
	va_start(args, format);
	vfprintf(listing->file, format, args);
	va_end(args);
	fputc('\n', listing->file);
	if (++listing->line >= listing->capacity) {
		listing->capacity = 2 * listing->capacity + 1024;
		listing->origins = realloc(listing->origins, (size_t)listing->capacity * sizeof(*listing->origins));
		if (!listing->origins)
			abort();
	}
	listing->origins[listing->line] = (struct line_origin){ .program = (short)w->number,
								.node = (short)(node ? node->id : -1),
								.is_twin = w->is_inlining };
}

/* ---- names and conditions ---------------------------------------------------------- */

struct text {
	char chars[64];
};

__attribute__((format(printf, 1, 2))) static struct text text(const char *format, ...)
{
	struct text result;
	va_list args;

	va_start(args, format);
	vsnprintf(result.chars, sizeof(result.chars), format, args);
	va_end(args);
	return result;
}

static struct text field(const struct writer *w, const char *name)
{
	return text("d->%s%s%d", w->prefix, name, w->number);
}

static struct text lock_text(const struct writer *w, enum lock lock)
{
	static const char *const names[] = { "a", "b", "m" };

	return field(w, names[lock]);
}

static struct text place_text(const struct writer *w, const struct scope *scope, enum place place)
{
	switch (place) {
	case PLACE_P:
		return text("p%s", scope->suffix);
	case PLACE_R:
		return text("r%s", scope->suffix);
	case PLACE_ARG:
		return text("q%s", scope->suffix);
	case PLACE_OUT:
		return text("%s", scope->out);
	default:
		return field(w, "buf");
	}
}

static struct text condition_text(const struct writer *w, const struct scope *scope, const struct node *node)
{
	const char *suffix = scope->suffix;

	switch (node->condition) {
	case IF_FLAG:
		return text("flag%s", suffix);
	case IF_NOT_FLAG:
		return text("!flag%s", suffix);
	case IF_FLAG_ABOVE_1:
		return text("flag%s > 1", suffix);
	case IF_X_ABOVE:
		return text("%s > %d", field(w, "x").chars, node->value);
	case IF_NULL:
		return text("!%s", place_text(w, scope, node->place).chars);
	case IF_SET:
		return text("%s", place_text(w, scope, node->place).chars);
	case IF_RET:
		return text("ret%s", suffix);
	case IF_NOT_RET:
		return text("!ret%s", suffix);
	default:
		return text("depth <= 0");
	}
}

static struct text value_text(const struct scope *scope, int value)
{
	if (scope->function->result == RESULT_POINTER)
		return text("NULL");
	switch (value) {
	case -5:
		return text("-EIO");
	case -12:
		return text("-ENOMEM");
	case -16:
		return text("-EBUSY");
	default:
		return text("%d", value);
	}
}

/* ---- statements ------------------------------------------------------------------------ */

static void write_block(struct writer *w, const struct scope *scope, const struct node *node);

static void write_return(struct writer *w, const struct scope *scope, const struct node *node)
{
	struct text value = text("ret%s", scope->suffix);

	if (node->returned == RETURN_VOID)
		return; /* the closing brace */
	if (node->returned == RETURN_PLACE)
		value = place_text(w, scope, node->place);
	if (node->returned == RETURN_VALUE)
		value = value_text(scope, node->value);
	if (!scope->label) {
		line(w, node, "return %s;", value.chars);
		return;
	}
	line(w, node, "result%s = %s;", scope->suffix, value.chars);
	line(w, node, "goto done%d;", scope->label);
}

static struct text flag_text(const struct scope *scope, const struct node *node)
{
	return node->flag == FLAG_SAME ? text("flag%s", scope->suffix) : text("%d", node->flag == FLAG_ONE);
}

static struct text assignment(const struct writer *w, const struct scope *scope, const struct node *node)
{
	const struct function *callee = &w->program->functions[node->callee];

	if (node->is_ignored || callee->result == RESULT_VOID)
		return text("%s", "");
	if (callee->result == RESULT_INT)
		return text("ret%s = ", scope->suffix);
	return text("%s = ", place_text(w, scope, node->place).chars);
}

static void write_call(struct writer *w, const struct scope *scope, const struct node *node)
{
	const struct function *callee = &w->program->functions[node->callee];
	struct text extra = text("%s", ""), name = text("p%d_f%d", w->number, node->callee);

	if (callee->takes_arg || callee->takes_out)
		extra = text(", %s%s", callee->takes_out ? "&" : "", place_text(w, scope, node->from).chars);
	if (callee->takes_depth)
		extra = node->depth < 0 ? text(", depth - 1") : text(", %d", node->depth);
	if (node->is_indirect)
		name = text("d->hook");
	line(w, node, "%s%s(d, %s%s);", assignment(w, scope, node).chars, name.chars, flag_text(scope, node).chars,
	     extra.chars);
}

static bool uses_place(const struct node *node, enum place place)
{
	for (; node; node = node->next)
		if (node->place == place || node->from == place || uses_place(node->body, place) ||
		    uses_place(node->other, place))
			return true;
	return false;
}

static bool uses_ret(const struct program *program, const struct node *node)
{
	for (; node; node = node->next) {
		bool assigns = node->kind == NODE_CALL && !node->is_ignored &&
			       program->functions[node->callee].result == RESULT_INT;

		if (assigns || node->kind == NODE_LOCK_INTR || uses_ret(program, node->body) ||
		    uses_ret(program, node->other))
			return true;
	}
	return false;
}

static void write_locals(struct writer *w, const struct scope *scope)
{
	const struct node *body = scope->function->body;

	if (uses_place(body, PLACE_P))
		line(w, NULL, "struct buf *p%s = NULL;", scope->suffix);
	if (uses_place(body, PLACE_R))
		line(w, NULL, "struct buf *r%s = NULL;", scope->suffix);
	if (uses_ret(w->program, body))
		line(w, NULL, "int ret%s = 0;", scope->suffix);
}

static void write_inlined_body(struct writer *w, struct scope *scope)
{
	const struct node *body = scope->function->body;

	write_locals(w, scope);
	/* The constant counter decides the first test: how deep the recursion goes. */
	if (scope->function->takes_depth && scope->depth > 0)
		body = body->next;
	else if (scope->function->takes_depth)
		body = body->body;
	write_block(w, scope, body);
	line(w, NULL, "done%d:;", scope->label);
}

static void write_inlined(struct writer *w, const struct scope *caller, const struct node *node)
{
	const struct function *callee = &w->program->functions[node->callee];
	struct scope scope = { .function = callee, .label = ++w->scopes };
	struct text assigned = assignment(w, caller, node);

	snprintf(scope.suffix, sizeof(scope.suffix), "_%d", w->scopes);
	scope.depth = node->depth < 0 ? caller->depth - 1 : node->depth;
	if (callee->takes_out)
		snprintf(scope.out, sizeof(scope.out), "%.23s", place_text(w, caller, node->from).chars);
	line(w, node, "{");
	w->tabs++;
	line(w, NULL, "int flag%s = %s;", scope.suffix, flag_text(caller, node).chars);
	if (callee->takes_arg)
		line(w, node, "struct buf *q%s = %s;", scope.suffix, place_text(w, caller, node->from).chars);
	if (callee->result == RESULT_POINTER)
		line(w, NULL, "struct buf *result%s = NULL;", scope.suffix);
	if (callee->result == RESULT_INT)
		line(w, NULL, "int result%s = 0;", scope.suffix);
	write_inlined_body(w, &scope);
	if (assigned.chars[0])
		line(w, node, "%sresult%s;", assigned.chars, scope.suffix);
	w->tabs--;
	line(w, NULL, "}");
}

static void write_if(struct writer *w, const struct scope *scope, const struct node *node)
{
	if (node->kind == NODE_TRYLOCK)
		line(w, node, "if (!%s(&%s)) {", node->lock == LOCK_M ? "mutex_trylock" : "spin_trylock",
		     lock_text(w, node->lock).chars);
	else
		line(w, node, "if (%s) {", condition_text(w, scope, node).chars);
	w->tabs++;
	write_block(w, scope, node->body);
	w->tabs--;
	if (node->other) {
		line(w, NULL, "} else {");
		w->tabs++;
		write_block(w, scope, node->other);
		w->tabs--;
	}
	line(w, NULL, "}");
}

static void write_simple(struct writer *w, const struct scope *scope, const struct node *node)
{
	struct text place = place_text(w, scope, node->place), lock = lock_text(w, node->lock);

	switch (node->kind) {
	case NODE_LOCK:
		line(w, node, "%s(&%s);", node->lock == LOCK_M ? "mutex_lock" : "spin_lock", lock.chars);
		break;
	case NODE_UNLOCK:
		line(w, node, "%s(&%s);", node->lock == LOCK_M ? "mutex_unlock" : "spin_unlock", lock.chars);
		break;
	case NODE_LOCK_INTR:
		line(w, node, "ret%s = mutex_lock_interruptible(&%s);", scope->suffix, lock.chars);
		break;
	case NODE_ALLOC:
		line(w, node, "%s = kmalloc(sizeof(struct buf), %s);", place.chars,
		     node->may_sleep ? "GFP_KERNEL" : "GFP_ATOMIC");
		break;
	case NODE_FREE:
		line(w, node, "kfree(%s);", place.chars);
		break;
	case NODE_CLEAR:
		line(w, node, "%s = NULL;", place.chars);
		break;
	case NODE_COPY:
		line(w, node, "%s = %s;", place.chars, place_text(w, scope, node->from).chars);
		break;
	case NODE_USE:
		line(w, node, "%s->len = 1;", place.chars);
		break;
	case NODE_SLEEP:
		line(w, node, "msleep(1);");
		break;
	default:
		line(w, node, "%s = %d;", field(w, "x").chars, node->value);
		break;
	}
}

static void write_block(struct writer *w, const struct scope *scope, const struct node *node)
{
	for (; node; node = node->next) {
		if (node->kind == NODE_RETURN)
			write_return(w, scope, node);
		else if (node->kind == NODE_CALL && w->is_inlining)
			write_inlined(w, scope, node);
		else if (node->kind == NODE_CALL)
			write_call(w, scope, node);
		else if (node->kind == NODE_IF || node->kind == NODE_TRYLOCK)
			write_if(w, scope, node);
		else
			write_simple(w, scope, node);
	}
}

/* ---- functions ---------------------------------------------------------------------------- */

static const struct node *last_of(const struct node *node)
{
	while (node->next)
		node = node->next;
	return node;
}

static void write_head(struct writer *w, int index, const char *end)
{
	static const char *const results[] = { "void ", "int ", "struct buf *" };
	const struct function *function = &w->program->functions[index];

	line(w, NULL, "static %sp%d_f%d(struct dev%d *d, int flag%s%s%s)%s", results[function->result], w->number,
	     index, w->number, function->takes_arg ? ", struct buf *q" : "",
	     function->takes_out ? ", struct buf **out" : "", function->takes_depth ? ", int depth" : "", end);
}

static void write_function(struct writer *w, int index)
{
	const struct function *function = &w->program->functions[index];
	struct scope scope = { .function = function, .out = "*out" };

	write_head(w, index, "");
	line(w, NULL, "{");
	w->tabs++;
	write_locals(w, &scope);
	write_block(w, &scope, function->body);
	w->tabs--;
	line(w, function->result == RESULT_VOID ? last_of(function->body) : NULL, "}");
}

static void write_entry(struct writer *w)
{
	struct scope scope = { .function = &w->program->functions[0] };
	const char *prefix = w->prefix;
	int number = w->number;

	line(w, NULL, "static long %sp%d_ioctl(struct file *file, unsigned int cmd, unsigned long arg)", prefix,
	     number);
	line(w, NULL, "{");
	w->tabs++;
	line(w, NULL, "struct %sdev%d *d = file->private_data;", prefix, number);
	line(w, NULL, "int flag = cmd;");
	write_locals(w, &scope);
	write_block(w, &scope, scope.function->body);
	w->tabs--;
	line(w, NULL, "}");
}

static void write_record(struct writer *w)
{
	const char *prefix = w->prefix;
	int number = w->number;

	line(w, NULL, "struct %sdev%d {", prefix, number);
	w->tabs++;
	line(w, NULL, "spinlock_t %sa%d, %sb%d;", prefix, number, prefix, number);
	line(w, NULL, "struct mutex %sm%d;", prefix, number);
	line(w, NULL, "struct buf *%sbuf%d;", prefix, number);
	line(w, NULL, "int %sx%d;", prefix, number);
	if (w->program->hooked >= 0 && !w->is_inlining)
		line(w, NULL, "int (*hook)(struct dev%d *d, int flag);", number);
	w->tabs--;
	line(w, NULL, "};");
}

static void write_operations(struct writer *w)
{
	bool has_open = w->program->hooked >= 0 && !w->is_inlining;

	if (has_open) {
		line(w, NULL, "static int p%d_open(struct inode *inode, struct file *file)", w->number);
		line(w, NULL, "{");
		w->tabs++;
		line(w, NULL, "struct dev%d *d = file->private_data;", w->number);
		line(w, NULL, "d->hook = p%d_f%d;", w->number, w->program->hooked);
		line(w, NULL, "return 0;");
		w->tabs--;
		line(w, NULL, "}");
	}
	line(w, NULL, "const struct file_operations %sp%d_operations = {", w->prefix, w->number);
	w->tabs++;
	if (has_open)
		line(w, NULL, ".open = p%d_open,", w->number);
	line(w, NULL, ".unlocked_ioctl = %sp%d_ioctl,", w->prefix, w->number);
	w->tabs--;
	line(w, NULL, "};");
}

void write_program(struct listing *listing, const struct program *program, int number)
{
	struct writer w = { .listing = listing, .program = program, .number = number, .prefix = "" };
	int i;

	write_record(&w);
	for (i = 1; i < program->function_count; i++)
		if (program->functions[i].is_reached)
			write_head(&w, i, ";");
	for (i = program->function_count - 1; i > 0; i--)
		if (program->functions[i].is_reached)
			write_function(&w, i);
	write_entry(&w);
	write_operations(&w);
}

void write_twin(struct listing *listing, const struct program *program, int number)
{
	struct writer w = {
		.listing = listing, .program = program, .number = number, .prefix = "t", .is_inlining = true
	};

	write_record(&w);
	write_entry(&w);
	write_operations(&w);
}

void write_headers(struct listing *listing)
{
	static const char *const names[] = { "delay", "errno", "fs", "module", "mutex", "slab", "spinlock" };
	struct writer w = { .listing = listing, .number = -1 };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		line(&w, NULL, "#include <linux/%s.h>", names[i]);
	line(&w, NULL, "struct buf { int len; };");
}
