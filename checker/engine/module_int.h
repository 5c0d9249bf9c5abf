/* Checks of a whole module, after all its functions were analysed: what the
 * driver never releases, in which contexts and orders it takes its locks, what
 * it waits for, starts and stops. They read the IR, the roles and the
 * summaries, never a path's state, and are silent when in doubt.
 *
 * Everything made here lives on the engine's scratch arena. */
#ifndef SO2_ENGINE_MODULE_INT_H
#define SO2_ENGINE_MODULE_INT_H

#include "engine_int.h"
#include "summary/callgraph.h"
#include "summary/summary.h"

/* A call of an API that the facts know, in a function of the module. */
struct api_site {
	const struct ir_unit *unit;
	const struct ir_function *function;
	const struct ir_insn *insn;
	const struct rp_api *api;
	const struct rp_shape *shape;
};

/* A function that the kernel calls, and one way in which it came by its role. */
struct role_entry {
	const struct ir_function *function;
	const struct role_binding *binding;
};

struct object_index;

struct module_view {
	struct engine *engine;
	struct arena *arena;
	const struct ir_module *module;
	const struct unit_effects *effects;
	const struct callgraph *callgraph;
	const struct summaries *summaries;
	struct report *report;
	struct api_site *sites; /* by file and place, whatever the order of the units */
	size_t site_count, site_capacity;
	struct role_entry *entries; /* in the same order */
	size_t entry_count, entry_capacity;
	struct keymap *site_by_insn;
	struct keymap *unit_by_function;
	struct keymap *reach_by_function;   /* what each function was found to reach (module_path.c) */
	struct object_index *objects;	    /* made when first asked for (module_objects.c) */
	struct keymap *uninit_said;	    /* classes never initialised that were spoken of (module_uninit.c) */
	struct keymap *unwaited_said;	    /* stops that do not wait and were spoken of (module_unwaited.c) */
	const struct rp_rule *no_exit_said; /* the last rule that spoke of a missing exit function */
};

/* ---- module_check.c ---------------------------------------------------------- */

/* Checks of the kind, of enabled rules of the module's system, each visited once. */
typedef void (*module_check_visit)(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);
/* The site of a call step; NULL: no API of the facts. */
const struct api_site *module_site(const struct module_view *view, const struct ir_insn *insn);
/* Do the check's `role` and `roles` suit the function? */
bool module_role_matches(const struct module_view *view, const struct rp_check *check,
			 const struct ir_function *function);
/* Do its `tags` and `not-tags` select the API? */
bool module_api_selected(const struct rp_check *check, const struct rp_api *api);
bool module_has_role(const struct rp_check *check, const struct rp_role *role);
/* Are both classes of objects known, and the same? */
bool same_class(const char *left, const char *right);
bool module_has_resource(const struct rp_check *check, const struct rp_resource *resource);
uint64_t span_key(struct span span);

/* ---- module_emit.c ------------------------------------------------------------- */

#define MODULE_MAX_STEPS 48

/* A finding while it is put together. Texts that are NULL read "it". */
struct module_finding {
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct span span;
	const struct ir_function *function;
	const struct rp_resource *resource;
	const struct rp_role *role;
	const struct ir_function *entry; /* the function with the role */
	const char *object, *api, *holder, *mode, *origin;
	const char *version, *replacement;
	struct span origin_span; /* for {where} */
	bool is_likely;
	struct finding_step steps[MODULE_MAX_STEPS];
	int step_count;
};

/* Adds a step; one without a place or text is left out. */
void finding_step(struct module_finding *finding, struct span span, enum step_kind kind, const char *text);
/* The steps of a summary's chain. */
void finding_chain(struct module_finding *finding, const struct chain *chain);
/* How the function of the role comes to be called: its registration, then its
 * entry. The first entry of a finding is its {entry} and {role}. */
void finding_entry(struct module_view *view, struct module_finding *finding, const struct role_entry *entry);
/* As finding_step with a text that is expanded with the resource's noun, the object and so on. */
void finding_event(struct module_view *view, struct module_finding *finding, struct span span,
		   const struct rp_resource *resource, int event, const char *object, const struct rp_api *api);
/* Completes the steps with the finding itself and gives it to the report. */
void finding_report(struct module_view *view, struct module_finding *finding);

/* ---- module_expr.c --------------------------------------------------------------- */

/* The expression without casts. */
const struct ir_expr *bare_expr(const struct ir_expr *expr);
/* The variable whose value the expression is, or NULL. */
struct ir_var *expr_variable(const struct ir_expr *expr);
/* Its value, when that is written in the source. */
bool module_constant(const struct ir_expr *expr, int64_t *value);
/* The only value the variable is ever given, or NULL. */
const struct ir_expr *only_value(const struct ir_function *function, const struct ir_var *var);
/* The argument for a parameter of the API, or NULL. */
const struct ir_expr *site_arg(const struct api_site *site, int param);
/* The parameter that the argument number `arg` of the call is for; -1: none of the facts. */
int site_param(const struct api_site *site, int arg);
/* The index of the parameter of that name, or -1. */
int param_named(const struct rp_api *api, const char *name);
/* The last field or the global that the object is called by, interned; NULL:
 * it has no name (a parameter, a local that is nowhere stored). */
const char *site_object_name(const struct module_view *view, const struct api_site *site,
			     const struct rp_effect *effect);
/* The same of an argument. */
/* Is the API one of the patterns'? */
bool module_is_among(const struct rp_call_pattern *patterns, int count, const struct rp_api *api);
const char *expr_object_name(const struct ir_function *function, const struct ir_expr *expr);
/* The variable of the module that a number is read from, if the number is stored nowhere else; or NULL. */
const char *module_number_name(const struct module_view *view, const struct ir_expr *expr);
/* The class of the object that an expression names, also through locals that
 * only hold it; NULL: not known. */
const char *expr_class(const struct module_view *view, const struct ir_function *function, const struct ir_expr *expr);
/* The object as the user writes it, or NULL. */
const char *site_object_text(const struct module_view *view, const struct api_site *site,
			     const struct rp_effect *effect);
/* The object that an argument is, or is the address of, as the user writes it;
 * NULL when that would show a temporary. */
const char *user_text(const struct module_view *view, const struct ir_expr *expr);
/* The same of the value itself: `&dev` stays that. */
const char *value_text(const struct module_view *view, const struct ir_expr *expr);

enum certainty { SURELY_NOT, PERHAPS, SURELY };
/* Do the conditions hold for the arguments as they are written? */
enum certainty site_conditions(const struct api_site *site, const struct rp_conditions *conditions);

/* Steps reachable from the step `from` (exclusive); visit says whether to go on
 * beyond one. forward: never back to an earlier step, so that loops are not gone round. */
typedef bool (*flow_visit)(void *context, const struct ir_insn *insn);
void flow_walk(struct arena *arena, const struct ir_function *function, int from, bool forward, flow_visit visit,
	       void *context);

/* ---- module_path.c ----------------------------------------------------------------- */

/* Calls on a way from one function of the module to another. */
struct call_path {
	const struct ir_insn **calls;	    /* first call first */
	const struct ir_function **callers; /* where each stands */
	int count;			    /* 0: they are the same function */
};

/* A shortest way; false: none leads there. */
bool find_path(struct module_view *view, const struct ir_function *from, const struct ir_function *to,
	       struct call_path *path);
/* Where the value of an expression of *function, the path's last, comes from: a
 * parameter that was only passed on is what the callers gave. */
const struct ir_expr *path_argument(const struct call_path *path, const struct ir_expr *expr,
				    const struct ir_function **function);
void finding_path(struct module_view *view, struct module_finding *finding, const struct call_path *path);

/* A call of an API, in a function or in the helper that a step of it calls. */
struct near_site {
	const struct api_site *site;
	const struct ir_insn *call; /* the function's own call of the helper that does it; NULL: the function itself */
	const struct ir_function *function; /* the function */
};

/* Visits the calls of APIs that a step makes: its own, or those of the one helper it calls. false: stopped. */
typedef bool (*near_visit)(void *context, const struct near_site *near);
bool visit_near_sites(const struct module_view *view, const struct ir_function *function, const struct ir_insn *insn,
		      near_visit visit, void *context);
/* The way into the helper; it points into *near. */
struct call_path near_site_path(struct near_site *near);
/* An argument as *function has it: the function's own expression when the helper only gets it passed. */
const struct ir_expr *near_site_arg(const struct near_site *near, int param, const struct ir_function **function);
/* Its class, or NULL. */
const char *near_site_class(const struct module_view *view, const struct near_site *near, int param);

/* ---- module_objects.c --------------------------------------------------------------- */

/* How a step names an object, by its address or (a macro's argument) as it is. */
enum mention_kind {
	MENTION_GIVEN,	    /* to the API `site` as its parameter `param` */
	MENTION_PART_GIVEN, /* so is something inside it */
	MENTION_WRITTEN,    /* it, or something inside it that is no number, is assigned */
	MENTION_LOST,	    /* its address goes where it is not followed */
};

struct object_mention {
	enum mention_kind kind;
	const struct ir_place *place; /* the object */
	const struct ir_function *function;
	const struct ir_insn *insn;
	const struct api_site *site; /* GIVEN, PART_GIVEN: NULL when nothing is known of the callee */
	int param;
	const struct ir_expr *argument; /* GIVEN, PART_GIVEN: as it is written */
};

struct object_mentions {
	struct object_mention *items;
	size_t count, capacity;
};

/* All mentions of objects of the class, in the order of the units; never NULL. */
const struct object_mentions *module_mentions(struct module_view *view, const char *class);
/* The object that an argument names, also through a local that only holds its address; NULL: none. */
const struct ir_place *expr_object(const struct ir_function *function, const struct ir_expr *expr);
/* Its class; NULL: not known. */
const char *object_place_class(const struct module_view *view, const struct ir_place *place);
/* Does the module itself make objects of the record's type, and is none of them
 * copied from another as a whole? Then all that happens to its fields is in the module. */
bool module_makes_record(struct module_view *view, const struct ir_type *record);
/* Is the record a member, at some depth, of the other? */
bool module_records_nest(struct module_view *view, const struct ir_type *inner, const struct ir_type *outer);
/* Does some static object's initialiser give the field a value? */
bool module_initialises_field(const struct module_view *view, const char *record, const char *field);

/* ---- module_uninit.c ------------------------------------------------------------------- */
void check_uninitialised(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_untested.c ----------------------------------------------------------------- */
void check_untested(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_wake.c --------------------------------------------------------------------- */
void check_never_woken(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);
void check_wait_condition(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);
void check_wake_order(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_ends.c --------------------------------------------------------------------- */
void check_early_end(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_shared.c ------------------------------------------------------------------- */
void check_unguarded(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_missing.c ------------------------------------------------------------------ */
void check_missing_macro(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_plain.c -------------------------------------------------------------------- */
void check_interrupt_data(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);
void check_mixed_atomic(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_release.c ---------------------------------------------------------------- */
bool event_leaves_held(const struct rp_resource *resource, int event);
bool event_enters_held(const struct rp_resource *resource, int event);
void check_unreleased(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);
void check_no_exit(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* A class as messages show it: without the file that tells static variables of one name apart. */
const char *class_text(const char *class);

/* ---- module_memory.c ------------------------------------------------------------------- */

/* The driver's own record that the call allocates one of; NULL: not known. */
const struct ir_type *allocated_record(const struct api_site *site);
/* May the release be of such a record? */
bool releases_record(struct module_view *view, const struct api_site *site, const struct rp_effect *effect,
		     const struct ir_type *record);
/* What the memory that the call allocates is used as; NULL: not known. */
const struct ir_type *allocated_target(const struct api_site *site);
/* May the release be of memory that is used so? */
bool releases_target(struct module_view *view, const struct api_site *site, const struct rp_effect *effect,
		     const struct ir_type *target);
/* The record of the kernel's that the API makes and gives by its type; NULL: none. */
const struct ir_type *kernel_record(const struct api_site *site);
/* May somebody outside the module end such a record? */
bool module_ends_kernel_record(struct module_view *view, const struct ir_type *record);
/* May somebody outside the module release such a record? */
bool module_gives_record_away(struct module_view *view, const struct ir_type *record);

/* ---- module_locks.c -------------------------------------------------------------------- */
void check_lock_context(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);
void check_lock_order(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_wait.c ------------------------------------------------------------------------ */
void check_wait_deadlock(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* Does the call wait for callbacks that serve objects of the class, or may it? */
bool site_waits_for(const struct module_view *view, const struct api_site *site, const char *class);

/* ---- module_unwaited.c ---------------------------------------------------------------------- */
void check_freed_unwaited(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);
void check_exit_unwaited(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_order.c ------------------------------------------------------------------------- */
void check_start_order(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);
void check_stop_order(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_pairs.c --------------------------------------------------------------------------- */
void check_argument_pair(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_removed.c ------------------------------------------------------------------------- */
void check_removed_api(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

/* ---- module_returns.c ------------------------------------------------------------------------- */
void check_role_return(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check);

#endif
