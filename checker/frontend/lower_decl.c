/* Declarations: the unit's functions and variables, what annotations and
 * initialisers say of them, and the walk over the translation unit.
 *
 * Kernel headers declare tens of thousands of things; of those only the file is
 * asked. A header's function or variable becomes known when a body names it. */
#include "lower_int.h"

#include <string.h>

static const char constant_prefix[] = "so2check_constant_";

/* ---- variables --------------------------------------------------------------------- */

static bool is_at_file_scope(CXCursor declaration)
{
	CXCursor parent = clang.getCursorSemanticParent(declaration);

	return parent.kind == CXCursor_TranslationUnit || clang.Cursor_getStorageClass(declaration) == CX_SC_Extern;
}

static struct span name_span(struct lower *l, CXCursor declaration, const char *name)
{
	CXFile file = NULL;
	unsigned offset = 0;

	clang.getFileLocation(clang.getCursorLocation(declaration), &file, NULL, NULL, &offset);
	return source_span(l, source_of(l, file),
			   (struct text_range){ offset, offset + (unsigned)strlen(name ? name : "") });
}

static enum ir_var_kind var_kind(struct lower *l, CXCursor declaration)
{
	if (declaration.kind == CXCursor_ParmDecl)
		return IR_VAR_PARAM;
	if (!l->body || is_at_file_scope(declaration))
		return IR_VAR_GLOBAL;
	return clang.Cursor_getStorageClass(declaration) == CX_SC_Static ? IR_VAR_STATIC_LOCAL : IR_VAR_LOCAL;
}

static struct ir_var *var_create(struct lower *l, CXCursor declaration, enum ir_var_kind kind)
{
	const char *name = cursor_name(l, declaration);
	struct ir_function *function = kind == IR_VAR_GLOBAL ? NULL : l->body->function;
	const struct ir_type *type = cursor_type(l, declaration);
	struct ir_var *var;

	if (kind == IR_VAR_PARAM)
		type = type_adjusted(l, type);
	var = ir_var_create(l->unit, function, kind, name, type);
	var->param = -1;
	var->span = name_span(l, declaration, name);
	var->is_static = clang.getCursorLinkage(declaration) == CXLinkage_Internal ||
			 (kind == IR_VAR_GLOBAL && clang.getCursorLinkage(declaration) != CXLinkage_External);
	var->is_thread_or_percpu = clang.getCursorTLSKind(declaration) != CXTLS_None;
	return var;
}

struct ir_var *var_of(struct lower *l, CXCursor declaration)
{
	struct ir_var *var = keymap_get(l->vars, decl_key(declaration));
	CXCursor canonical;

	if (var)
		return var;
	canonical = clang.getCanonicalCursor(declaration);
	var = keymap_get(l->vars, decl_key(canonical));
	if (!var) {
		enum ir_var_kind kind = var_kind(l, declaration);

		/* A parameter outside its function (in a typeof of its own prototype)
		 * or without one: some variable with a name. */
		if (!l->body)
			kind = IR_VAR_GLOBAL;
		else if (kind == IR_VAR_PARAM)
			kind = IR_VAR_LOCAL;
		var = var_create(l, declaration, kind);
		keymap_put(l->vars, decl_key(canonical), var);
	}
	keymap_put(l->vars, decl_key(declaration), var);
	return var;
}

/* ---- functions ----------------------------------------------------------------------- */

/* A growing list that lives in a function or parameter. */
struct annotation_list {
	struct ir_annotation **items;
	int *count;
};

static void add_annotation(struct lower *l, struct annotation_list list, const struct ir_annotation *annotation)
{
	int count = *list.count;
	struct ir_annotation *grown;

	for (int i = 0; i < count; i++)
		if ((*list.items)[i].name == annotation->name && (*list.items)[i].argument == annotation->argument)
			return;
	grown = arena_grow(l->arena, *list.items, sizeof(*grown) * (size_t)count, sizeof(*grown) * (size_t)(count + 1));
	grown[count] = *annotation;
	*list.items = grown;
	*list.count = count + 1;
}

/* Where the attribute stands, and what its author wrote: the macro's use. */
static void place_annotation(struct lower *l, struct ir_annotation *annotation, CXCursor attribute)
{
	struct origin origin = cursor_origin(l, attribute);
	const struct invocation *use = origin.within ? origin.within : origin.opening;

	if (!origin.source)
		return;
	annotation->span = origin_span(l, &origin);
	if (use)
		annotation->written = invocation_text(l, use);
}

/* "acquires:lock" */
static void read_annotation(struct lower *l, struct annotation_list list, CXCursor attribute)
{
	CXString string = clang.getCursorSpelling(attribute);
	const char *text = clang.getCString(string);
	const char *colon = text ? strchr(text, ':') : NULL;
	struct ir_annotation annotation = { 0 };

	if (colon) {
		annotation.name = intern_n(l->pool, text, (size_t)(colon - text));
		annotation.argument = intern(l->pool, colon + 1);
	} else if (text && text[0]) {
		annotation.name = intern(l->pool, text);
	}
	clang.disposeString(string);
	if (!annotation.name)
		return;
	place_annotation(l, &annotation, attribute);
	add_annotation(l, list, &annotation);
}

static void read_must_check(struct lower *l, struct annotation_list list, CXCursor attribute)
{
	struct ir_annotation annotation = { .name = intern(l->pool, "must_check") };

	place_annotation(l, &annotation, attribute);
	add_annotation(l, list, &annotation);
}

static void read_annotations(struct lower *l, struct annotation_list list, CXCursor declaration)
{
	struct kids kids = cursor_kids(l, declaration);

	for (int i = 0; i < kids.count; i++)
		if (kids.at[i].kind == CXCursor_AnnotateAttr)
			read_annotation(l, list, kids.at[i]);
}

static struct ir_declared_param *declared_param(struct lower *l, struct ir_function *function, const char *name,
						int index)
{
	struct ir_declared_param param = { .name = name, .index = index };

	for (int i = 0; i < function->declared_count; i++)
		if (function->declared[i].name == name && function->declared[i].index == index)
			return &function->declared[i];
	ARENA_PUSH(l->arena, function->declared, function->declared_count, function->declared_capacity, param);
	return &function->declared[function->declared_count - 1];
}

/* The names a declaration gives its parameters, and what it says of them. */
static void read_declared_params(struct lower *l, struct ir_function *function, CXCursor declaration)
{
	int count = clang.Cursor_getNumArguments(declaration);

	for (int i = 0; i < count; i++) {
		CXCursor cursor = clang.Cursor_getArgument(declaration, (unsigned)i);
		const char *name = cursor_name(l, cursor);
		struct ir_declared_param *param = declared_param(l, function, name && name[0] ? name : NULL, i);

		param->type = cursor_type(l, cursor);
		read_annotations(l, (struct annotation_list){ &param->annotations, &param->annotation_count }, cursor);
	}
}

static void read_attributes(struct lower *l, struct ir_function *function, CXCursor declaration)
{
	struct annotation_list list = { &function->annotations, &function->annotation_count };
	struct kids kids = cursor_kids(l, declaration);

	for (int i = 0; i < kids.count; i++) {
		CXCursor kid = kids.at[i];

		if (kid.kind == CXCursor_AnnotateAttr) {
			read_annotation(l, list, kid);
		} else if (kid.kind == CXCursor_WarnUnusedResultAttr) {
			read_must_check(l, list, kid);
		} else if (kid.kind == CXCursor_UnexposedAttr) {
			struct spelled spelled = cursor_spelled(l, kid);
			const char *section;

			function->is_noreturn |= text_starts(&spelled, "_Noreturn") ||
						 text_starts(&spelled, "noreturn");
			section = section_of_attribute(l, &spelled);
			if (section)
				function->code_section = section;
		}
	}
}

/* The GNU attribute is part of the function's type and visible only in its spelling. */
static bool is_noreturn_type(CXCursor declaration)
{
	CXString string = clang.getTypeSpelling(clang.getCursorType(declaration));
	const char *text = clang.getCString(string);
	bool found = text && strstr(text, "__attribute__((noreturn))");

	clang.disposeString(string);
	return found;
}

static bool is_compiler_name(const char *name)
{
	return strncmp(name, "__builtin_", 10) == 0 || strncmp(name, "__sync_", 7) == 0;
}

/* clang makes a declaration for a call of an unknown name; it has no specifiers,
 * so it starts where its name does, or (newer versions) has no extent at all. */
static bool is_implicit_declaration(CXCursor declaration, const char *name)
{
	CXSourceLocation start = clang.getRangeStart(clang.getCursorExtent(declaration));
	bool is_bare = clang.equalLocations(start, clang.getNullLocation()) ||
		       clang.equalLocations(start, clang.getCursorLocation(declaration));

	return clang.getCursorType(declaration).kind == CXType_FunctionNoProto && !is_compiler_name(name) && is_bare;
}

static void set_role(struct lower *l, struct ir_function *function, const char *role)
{
	struct ir_type *copy;

	if (!role || function->type->typedef_name)
		return;
	copy = ARENA_NEW(l->arena, struct ir_type);
	*copy = *function->type;
	copy->typedef_name = role;
	function->type = copy;
}

/* The role typedef of `DRIVER_DISPATCH DispatchRead;` must survive the definition
 * that spells its parameters out. */
static void set_function_type(struct lower *l, struct ir_function *function, const struct ir_type *type)
{
	const char *role = function->type ? function->type->typedef_name : NULL;

	function->type = type;
	set_role(l, function, role);
}

/* `_Function_class_(DRIVER_DISPATCH)`: the role of a function declared without the typedef. */
static void adopt_annotated_role(struct lower *l, struct ir_function *function)
{
	const char *name = intern(l->pool, "function_class");

	for (int i = 0; i < function->annotation_count; i++)
		if (function->annotations[i].name == name)
			set_role(l, function, function->annotations[i].argument);
}

/* Its name was written by a macro: a MODULE_INFO() record, an __inittest(). */
static bool is_name_in_macro(CXCursor cursor)
{
	CXSourceLocation location = clang.getCursorLocation(cursor);
	CXFile written = NULL, spelled = NULL;
	unsigned written_offset, spelled_offset;

	clang.getFileLocation(location, &written, NULL, NULL, &written_offset);
	clang.getSpellingLocation(location, &spelled, NULL, NULL, &spelled_offset);
	return written != spelled || written_offset != spelled_offset;
}

/* A builtin is nobody's, nor is what a macro declares inside a function
 * (__compiletime_assert_12): no file of the driver will define it. */
static bool is_users(struct lower *l, const struct ir_function *function, CXCursor declaration)
{
	const struct source *source = cursor_source(l, declaration);

	return source && source->is_user && !function->is_implicit && !is_compiler_name(function->name) &&
	       (clang.isCursorDefinition(declaration) || !is_name_in_macro(declaration));
}

static void describe_function(struct lower *l, struct ir_function *function, CXCursor declaration)
{
	set_function_type(l, function, cursor_type(l, declaration));
	/* Which may stand in a header that is not the user's. */
	set_role(l, function, cursor_type(l, clang.getCanonicalCursor(declaration))->typedef_name);
	function->span = name_span(l, declaration, function->name);
	function->is_static = clang.getCursorLinkage(declaration) == CXLinkage_Internal;
	function->is_inline |= clang.Cursor_isFunctionInlined(declaration) != 0;
	function->is_variadic = clang.Cursor_isVariadic(declaration) != 0;
	function->is_noreturn |= is_noreturn_type(declaration);
	function->is_implicit = is_implicit_declaration(declaration, function->name);
	function->in_user_file |= is_users(l, function, declaration);
	read_attributes(l, function, declaration);
	read_declared_params(l, function, declaration);
	adopt_annotated_role(l, function);
}

/* Another declaration of a function that was met before: what it annotates counts, too. */
static void add_declaration(struct lower *l, struct ir_function *function, CXCursor declaration)
{
	read_attributes(l, function, declaration);
	read_declared_params(l, function, declaration);
	adopt_annotated_role(l, function);
}

/* memcpy is memcpy also where the headers map it to the compiler's. */
static const char *function_name(struct lower *l, CXCursor declaration)
{
	static const char *const libraries[] = { "__builtin_mem", "__builtin_str" };
	const char *name = cursor_name(l, declaration);

	for (size_t i = 0; i < sizeof(libraries) / sizeof(*libraries); i++)
		if (strncmp(name, libraries[i], strlen(libraries[i])) == 0)
			return intern(l->pool, name + strlen("__builtin_"));
	return name;
}

struct ir_function *function_of(struct lower *l, CXCursor declaration)
{
	struct ir_function *function = keymap_get(l->functions, decl_key(declaration));
	const char *name;

	if (function)
		return function;
	name = function_name(l, declaration);
	function = keymap_get(l->names, KEYMAP_KEY(name));
	if (!function) {
		function = ir_function_create(l->unit, name);
		keymap_put(l->names, KEYMAP_KEY(name), function);
		describe_function(l, function, declaration);
	} else {
		add_declaration(l, function, declaration);
	}
	keymap_put(l->functions, decl_key(declaration), function);
	return function;
}

struct name_search {
	const char *name;
	CXCursor found;
};

static enum CXChildVisitResult find_function(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct name_search *search = data;
	CXString string;
	const char *text;
	bool is_match;

	(void)parent;
	if (cursor.kind != CXCursor_FunctionDecl)
		return CXChildVisit_Continue;
	string = clang.getCursorSpelling(cursor);
	text = clang.getCString(string);
	is_match = text && strcmp(text, search->name) == 0;
	clang.disposeString(string);
	if (!is_match)
		return CXChildVisit_Continue;
	search->found = cursor;
	return CXChildVisit_Break;
}

/* By name alone, for cleanup(f): libclang does not resolve the attribute's argument. */
struct ir_function *function_named(struct lower *l, const char *name)
{
	struct ir_function *function = keymap_get(l->names, KEYMAP_KEY(name));
	struct name_search search = { name, clang.getNullCursor() };

	if (function)
		return function;
	clang.visitChildren(clang.getTranslationUnitCursor(l->tu), find_function, &search);
	if (!cursor_is_null(search.found))
		return function_of(l, search.found);
	l->lacks_name = true;
	function = ir_function_create(l->unit, name);
	function->type = l->type_unknown;
	keymap_put(l->names, KEYMAP_KEY(name), function);
	return function;
}

void binding_add(struct lower *l, const char *record, const char *field, struct ir_function *function,
		 const char *object, CXCursor cursor)
{
	struct ir_binding binding = { record, field, function, object, { 0 } };
	struct origin origin = cursor_origin(l, cursor);

	function->address_taken = true;
	if (!field && !object)
		return;
	binding.span = origin_span(l, &origin);
	ARENA_PUSH(l->arena, l->unit->bindings, l->unit->binding_count, l->unit->binding_capacity, binding);
}

/* ---- local declarations ------------------------------------------------------------------ */

static bool has_unexposed_attribute(struct lower *l, CXCursor declaration)
{
	struct kids kids = cursor_kids(l, declaration);

	for (int i = 0; i < kids.count; i++)
		if (kids.at[i].kind == CXCursor_UnexposedAttr)
			return true;
	return false;
}

/* libclang does not expose the attribute; clang prints it, macros expanded. */
static const char *cleanup_name(struct lower *l, CXCursor declaration)
{
	static const char word[] = "cleanup(";
	CXPrintingPolicy policy;
	const char *text, *found, *name = NULL;
	CXString string;

	if (!has_unexposed_attribute(l, declaration))
		return NULL;
	policy = clang.getCursorPrintingPolicy(declaration);
	clang.PrintingPolicy_setProperty(policy, CXPrintingPolicy_SuppressInitializers, 1);
	string = clang.getCursorPrettyPrinted(declaration, policy);
	clang.PrintingPolicy_dispose(policy);
	text = clang.getCString(string);
	found = text ? strstr(text, word) : NULL;
	if (found) {
		found += sizeof(word) - 1;
		name = intern_n(l->pool, found, strcspn(found, ")"));
	}
	clang.disposeString(string);
	return name;
}

/* A scope for each such variable: between two of them only the first has a
 * cleanup to run. */
static void open_cleanup_scope(struct lower *l, struct ir_var *var, CXCursor declaration)
{
	struct ir_scope *scope = ir_scope_create(l->arena, l->body->function, IR_SCOPE_BLOCK, l->body->scope);
	struct ir_insn *insn = emit(l, IR_SCOPE_ENTER, declaration);

	insn->opened = scope;
	ARENA_PUSH(l->arena, scope->cleanups, scope->cleanup_count, scope->cleanup_capacity, var);
	l->body->scope = scope;
	l->body->cleanup_depth++;
	var->address_taken = true;
}

/* `typeof(p) q = p;` hides the address space that p's type carries. */
static void adopt_space(struct lower *l, struct ir_var *var, CXType type, CXCursor init)
{
	const struct ir_type *value;

	if (cursor_is_null(init) || type.kind != CXType_Unexposed || var->type->kind != IR_TYPE_POINTER)
		return;
	value = cursor_type(l, cursor_strip(l, init));
	if (value->kind == IR_TYPE_POINTER && value->space != IR_SPACE_KERNEL && var->type->space == IR_SPACE_KERNEL)
		var->type = value;
}

static void lower_local(struct lower *l, CXCursor declaration)
{
	CXCursor init = clang.Cursor_getVarDeclInitializer(declaration);
	struct ir_var *var = var_of(l, declaration);
	CXType type = clang.getCursorType(declaration);
	const char *cleanup;

	if (var->kind == IR_VAR_STATIC_LOCAL && !cursor_is_null(init)) {
		var->is_initialised = true;
		lower_set_fields(l, init, type, var);
		lower_static_initialiser(l, init, type, var->name);
	}
	if (var->kind != IR_VAR_LOCAL)
		return;
	adopt_space(l, var, type, init);
	type_fill_fields(l, type, LOWER_FIELD_DEPTH);
	cleanup = cleanup_name(l, declaration);
	if (cleanup) {
		var->cleanup = function_named(l, cleanup);
		open_cleanup_scope(l, var, declaration);
	}
	emit(l, IR_DECLARE, declaration)->var = var;
	if (!cursor_is_null(init))
		lower_initialiser(l, init, type, place_of_var(l, var, declaration));
}

void lower_decl_stmt(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);

	for (int i = 0; i < kids.count; i++)
		if (kids.at[i].kind == CXCursor_VarDecl)
			lower_local(l, kids.at[i]);
}

/* ---- file scope ----------------------------------------------------------------------------- */

static void add_pending_binding(struct lower *l, const struct invocation *use, struct text_range arg)
{
	struct pending_binding pending = { 0 };
	unsigned end;

	if (!text_identifier(use->source->text, use->source->size, arg.begin, &end) || end != arg.end)
		return;
	pending.binding.field = use->name;
	pending.binding.span = source_span(l, use->source, arg);
	pending.function_name = intern_n(l->pool, use->source->text + arg.begin, end - arg.begin);
	ARENA_PUSH(l->scratch, l->bindings, l->binding_count, l->binding_capacity, pending);
}

/* module_init(f), EXPORT_SYMBOL(f): the functions among the arguments, once all are known. */
static void macro_bindings(struct lower *l, CXCursor cursor)
{
	struct origin origin = cursor_origin(l, cursor);
	struct invocation *use = origin.opening;

	if (!use || !use->has_arguments || use->is_emitted)
		return;
	use->is_emitted = true;
	invocation_args(l, use);
	for (int i = 0; i < use->arg_count; i++)
		add_pending_binding(l, use, use->args[i]);
}

/* `{ return function; }`, made by a registering macro inside another one
 * (module_init inside module_driver): the function, or a null cursor. */
static CXCursor returned_function(struct lower *l, CXCursor definition)
{
	struct kids kids = cursor_kids(l, definition);
	CXCursor none = clang.getNullCursor(), value;

	if (kids.count == 0 || kids.at[kids.count - 1].kind != CXCursor_CompoundStmt)
		return none;
	kids = cursor_kids(l, kids.at[kids.count - 1]);
	if (kids.count != 1 || kids.at[0].kind != CXCursor_ReturnStmt)
		return none;
	kids = cursor_kids(l, kids.at[0]);
	if (kids.count != 1)
		return none;
	value = cursor_strip(l, kids.at[0]);
	if (value.kind != CXCursor_DeclRefExpr)
		return none;
	value = clang.getCursorReferenced(value);
	return value.kind == CXCursor_FunctionDecl ? value : none;
}

static bool is_bound_by_argument(struct lower *l, const char *function_name, const char *macro)
{
	for (int i = 0; i < l->binding_count; i++)
		if (l->bindings[i].function_name == function_name && l->bindings[i].binding.field == macro)
			return true;
	return false;
}

static void inner_macro_binding(struct lower *l, CXCursor definition, CXCursor function_cursor)
{
	struct ir_function *function = function_of(l, function_cursor);
	struct spelled spelled = cursor_spelled(l, definition);
	const char *macro = spelled.text ? defining_macro(l, &spelled) : NULL;

	if (macro && !is_bound_by_argument(l, function->name, macro))
		binding_add(l, NULL, macro, function, NULL, definition);
}

static void top_function(struct lower *l, CXCursor cursor)
{
	struct queued_body queued = { .cursor = cursor };
	bool is_from_macro = is_name_in_macro(cursor);
	CXCursor returned;

	if (clang.isCursorDefinition(cursor) && is_from_macro) {
		returned = returned_function(l, cursor);
		if (!cursor_is_null(returned)) {
			inner_macro_binding(l, cursor, returned);
			return;
		}
	}
	queued.function = function_of(l, cursor);
	if (!clang.isCursorDefinition(cursor))
		return;
	describe_function(l, queued.function, cursor);
	ARENA_PUSH(l->scratch, l->queue, l->queue_count, l->queue_capacity, queued);
}

/* A variable that is only data of a macro's (the text of MODULE_LICENSE): what counts is that the macro is used. */
static void note_file_macro(struct lower *l, CXCursor cursor)
{
	const struct invocation *use = cursor_use(l, cursor);
	struct ir_unit *unit = l->unit;

	if (!use || !use->name)
		return;
	for (int i = 0; i < unit->file_macro_count; i++)
		if (unit->file_macros[i] == use->name)
			return;
	ARENA_PUSH(l->arena, unit->file_macros, unit->file_macro_count, unit->file_macro_capacity, use->name);
}

static void top_variable(struct lower *l, CXCursor cursor)
{
	CXCursor init = clang.Cursor_getVarDeclInitializer(cursor);
	struct ir_var *var = NULL;

	if (is_name_in_macro(cursor))
		note_file_macro(l, cursor);

	if (!is_name_in_macro(cursor)) {
		var = var_of(l, cursor);
		if (clang.isCursorDefinition(cursor))
			var->span = name_span(l, cursor, var->name);
		/* `int x;` is one too when nothing else is */
		var->is_defined |= clang.isCursorDefinition(cursor) ||
				   clang.Cursor_getStorageClass(cursor) != CX_SC_Extern;
		var->is_initialised |= !cursor_is_null(init);
	}
	if (!cursor_is_null(init)) {
		const char *name = cursor_name(l, cursor);

		if (var)
			lower_set_fields(l, init, clang.getCursorType(cursor), var);
		lower_static_initialiser(l, init, clang.getCursorType(cursor), name);
	}
}

/* The trailer that unit.c appends to the main file. */
static void top_enum(struct lower *l, CXCursor cursor)
{
	struct kids kids;

	if (cursor_source(l, cursor) != l->main)
		return;
	kids = cursor_kids(l, cursor);
	for (int i = 0; i < kids.count; i++) {
		struct ir_constant constant;
		const char *name;

		if (kids.at[i].kind != CXCursor_EnumConstantDecl)
			continue;
		name = cursor_name(l, kids.at[i]);
		if (strncmp(name, constant_prefix, sizeof(constant_prefix) - 1) != 0)
			continue;
		/* The unit lacks it: a wrong initialiser is dropped, and the number that takes its place means nothing. */
		if (cursor_kids(l, kids.at[i]).count == 0)
			continue;
		constant.name = intern(l->pool, name + sizeof(constant_prefix) - 1);
		constant.value = clang.getEnumConstantDeclValue(kids.at[i]);
		ARENA_PUSH(l->arena, l->unit->constants, l->unit->constant_count, l->unit->constant_capacity, constant);
	}
}

static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct lower *l = data;
	struct source *source = cursor_source(l, cursor);

	(void)parent;
	if (!source || !source->is_user)
		return CXChildVisit_Continue;
	ARENA_PUSH(l->scratch, l->tops, l->top_count, l->top_capacity, cursor);
	return CXChildVisit_Continue;
}

/* `int f(void) asm("g")`: what is called f here is g for the linker. */
static void judge_label(struct lower *l, CXCursor declaration)
{
	struct kids kids = cursor_kids(l, declaration);

	for (int i = 0; i < kids.count; i++)
		if (kids.at[i].kind == CXCursor_AsmLabelAttr && is_author_text(l, kids.at[i]))
			note_gap(l, declaration,
				 "the name that the linker is told is another one: calls do not go where they "
				 "seem to");
}

/* asm("...") outside of functions, for which libclang has no kind of its own. */
static bool is_file_asm(struct lower *l, CXCursor cursor)
{
	struct spelled spelled = cursor_spelled(l, cursor);

	return cursor.kind == CXCursor_UnexposedDecl &&
	       (text_starts(&spelled, "asm") || text_starts(&spelled, "__asm"));
}

static void judge_top(struct lower *l, CXCursor cursor)
{
	if (cursor.kind == CXCursor_FunctionDecl || cursor.kind == CXCursor_VarDecl)
		judge_label(l, cursor);
	else if (is_file_asm(l, cursor) && is_author_text(l, cursor))
		note_gap(l, cursor, "assembly outside of functions was not analysed");
}

static void lower_top(struct lower *l, CXCursor cursor)
{
	judge_top(l, cursor);
	if (cursor.kind == CXCursor_FunctionDecl || cursor.kind == CXCursor_VarDecl)
		macro_bindings(l, cursor);
	if (cursor.kind == CXCursor_FunctionDecl)
		top_function(l, cursor);
	else if (cursor.kind == CXCursor_VarDecl)
		top_variable(l, cursor);
	else if (cursor.kind == CXCursor_EnumDecl)
		top_enum(l, cursor);
}

/* ---- bodies ------------------------------------------------------------------------------------ */

/* What any declaration of the function says of the parameter. */
static void adopt_param_annotations(struct lower *l, struct ir_var *var, const struct ir_function *function)
{
	struct annotation_list list = { &var->annotations, &var->annotation_count };

	for (int i = 0; i < function->declared_count; i++)
		for (int k = 0; k < function->declared[i].annotation_count; k++)
			if (function->declared[i].index == var->param)
				add_annotation(l, list, &function->declared[i].annotations[k]);
}

static void make_params(struct lower *l, CXCursor cursor, struct ir_function *function)
{
	struct body body = { .function = function };
	int count = clang.Cursor_getNumArguments(cursor);

	l->body = &body; /* parameters are the function's own variables */
	function->param_count = count > 0 ? count : 0;
	function->params = ARENA_ARRAY(l->arena, struct ir_var *, (size_t)function->param_count);
	for (int i = 0; i < function->param_count; i++) {
		CXCursor declaration = clang.Cursor_getArgument(cursor, (unsigned)i);
		struct ir_var *var = var_create(l, declaration, IR_VAR_PARAM);

		var->param = i;
		adopt_param_annotations(l, var, function);
		keymap_put(l->vars, decl_key(declaration), var);
		function->params[i] = var;
	}
	l->body = NULL;
}

static void lower_definition(struct lower *l, const struct queued_body *queued)
{
	struct ir_function *function = queued->function;
	struct origin origin = cursor_origin(l, queued->cursor);
	struct text_range brace = { origin.range.end ? origin.range.end - 1 : 0, origin.range.end };

	if (function->has_body) /* redefinition: an error clang has reported */
		return;
	function->has_body = true;
	function->end_span = source_span(l, origin.source, brace);
	make_params(l, queued->cursor, function);
	lower_body(l, queued->cursor, function);
	bind_assigned(l, function);
}

static void resolve_bindings(struct lower *l)
{
	for (int i = 0; i < l->binding_count; i++) {
		struct pending_binding *pending = &l->bindings[i];
		struct ir_function *function = keymap_get(l->names, KEYMAP_KEY(pending->function_name));

		if (!function)
			continue;
		function->address_taken = true;
		pending->binding.function = function;
		ARENA_PUSH(l->arena, l->unit->bindings, l->unit->binding_count, l->unit->binding_capacity,
			   pending->binding);
	}
}

/* ---- functions under names of the kernel's ------------------------------------------------------- */

/* What the kernel's own files export they may define: EXPORT_SYMBOL() declares a variable of this name. */
#define EXPORT_PREFIX "__kstrtab_"

static void note_exports(struct lower *l, struct keymap *exported)
{
	for (int i = 0; i < l->top_count; i++) {
		const char *name = l->tops[i].kind == CXCursor_VarDecl ? cursor_name(l, l->tops[i]) : "";
		if (strncmp(name, EXPORT_PREFIX, strlen(EXPORT_PREFIX)) == 0)
			keymap_put(exported, KEYMAP_KEY(intern(l->pool, name + strlen(EXPORT_PREFIX))), l);
	}
}

/* Calls of it are judged by what rules know of the kernel's. */
static void judge_names(struct lower *l, const struct frontend_names *names)
{
	struct keymap *exported = keymap_create(l->scratch);

	if (!names || !names->is_known || !l->cmd || !l->cmd->own_folder)
		return;
	note_exports(l, exported);
	for (int i = 0; i < l->queue_count; i++) {
		const struct ir_function *function = l->queue[i].function;
		if (names->is_known(names->context, function->name) &&
		    !keymap_get(exported, KEYMAP_KEY(function->name)))
			note_gap(l, l->queue[i].cursor,
				 arena_printf(
					 l->arena,
					 "`%s` is a function of the driver's own here and has the name of one of the "
					 "kernel's: rules take it for that",
					 function->name));
	}
}

/* ---- the unit ------------------------------------------------------------------------------------ */

static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

static void note_errors(struct lower *l)
{
	unsigned count = clang.getNumDiagnostics(l->tu);

	for (unsigned i = 0; i < count; i++) {
		CXDiagnostic diagnostic = clang.getDiagnostic(l->tu, i);
		struct error_place error = { 0 };
		CXFile file = NULL;

		if (clang.getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
			clang.getFileLocation(clang.getDiagnosticLocation(diagnostic), &file, NULL, NULL,
					      &error.offset);
			error.source = source_of(l, file);
			error.text = take_string(l, clang.getDiagnosticSpelling(diagnostic));
			if (error.source && error.source->is_user)
				ARENA_PUSH(l->scratch, l->errors, l->error_count, l->error_capacity, error);
		}
		clang.disposeDiagnostic(diagnostic);
	}
}

static void open_main_file(struct lower *l, const char *shown_file)
{
	CXString spelling = clang.getTranslationUnitSpelling(l->tu);
	const char *path = clang.getCString(spelling);
	CXFile file = path ? clang.getFile(l->tu, path) : NULL;

	l->main_folder = arena_strdup(l->scratch, path ? path : "");
	l->main_folder_length = folder_length(l->main_folder);
	l->shown_folder = arena_strndup(l->scratch, shown_file, folder_length(shown_file));
	clang.disposeString(spelling);
	l->main = source_of(l, file);
	if (!l->main)
		return;
	l->main->is_user = true;
	l->main->shown = intern(l->pool, shown_file);
}

static void create_maps(struct lower *l, const struct frontend_names *names, const struct parsed_unit *parsed)
{
	l->events = keymap_create(l->scratch);
	l->sources = keymap_create(l->scratch);
	l->types = keymap_create(l->scratch);
	l->pointers = keymap_create(l->scratch);
	l->fields = keymap_create(l->scratch);
	l->has_pointers = keymap_create(l->scratch);
	l->vars = keymap_create(l->scratch);
	l->functions = keymap_create(l->scratch);
	l->names = keymap_create(l->scratch);
	for (int i = 0; names && i < names->macro_count; i++)
		keymap_put(l->events, KEYMAP_KEY(names->macros[i]), l->events);
	for (int i = 0; i < parsed->redefined_count; i++)
		keymap_put(l->events, KEYMAP_KEY(parsed->redefined[i]), NULL);
}

static const struct ir_type *basic_type(struct lower *l, enum ir_type_kind kind, const char *spelling, int64_t size)
{
	struct ir_type *type = (struct ir_type *)type_plain_int(l, spelling, size, false); /* made just now */

	type->kind = kind;
	return type;
}

int lower_unit(struct arena *arena, struct intern_pool *pool, const struct frontend_names *names,
	       const struct parsed_unit *parsed, struct ir_unit **unit)
{
	struct lower lower = { .arena = arena,
			       .pool = pool,
			       .tu = parsed->tu,
			       .block_path = parsed->block_path,
			       .block_text = parsed->block_text,
			       .cmd = parsed->cmd,
			       .roots = parsed->roots };
	struct lower *l = &lower;

	l->scratch = arena_create();
	l->unit = ir_unit_create(arena, intern(pool, parsed->shown_file));
	create_maps(l, names, parsed);
	l->type_unknown = basic_type(l, IR_TYPE_UNKNOWN, "?", -1);
	l->type_void = basic_type(l, IR_TYPE_VOID, "void", -1);
	l->type_int = basic_type(l, IR_TYPE_INT, "int", 4);
	open_main_file(l, parsed->shown_file);
	note_errors(l);
	clang.visitChildren(clang.getTranslationUnitCursor(l->tu), visit_top, l);
	for (int i = 0; i < l->top_count; i++)
		lower_top(l, l->tops[i]);
	for (int i = 0; i < l->queue_count; i++)
		lower_definition(l, &l->queue[i]);
	resolve_bindings(l);
	judge_names(l, names);
	read_code_sections(l);
	arena_destroy(l->scratch);
	*unit = l->unit;
	return l->lacks_name;
}
