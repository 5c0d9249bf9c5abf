/* The shape of pack files, as tables: which keys a mapping may and must have
 * and what each value looks like. What names mean is link*.c's business. The
 * tables follow docs/rule-packs.md section by section. */
#include "rulepack_int.h"

#include <stdlib.h>
#include <string.h>

enum scalar_kind {
	SCALAR_NONE,
	SCALAR_SYMBOL,	/* C identifier */
	SCALAR_NAME,	/* C identifier that may also have dashes */
	SCALAR_ID,	/* lower-case words joined by dashes */
	SCALAR_PARAM,	/* C identifier or ... */
	SCALAR_OBJECT,	/* C identifier or *identifier */
	SCALAR_LINE,	/* any text on one line */
	SCALAR_NUMBER,	/* positive */
	SCALAR_INTEGER, /* any whole number */
	SCALAR_VALUE,	/* C identifier or any whole number */
	SCALAR_BOOL,
	SCALAR_CWE,
	SCALAR_PATTERN, /* C identifier that may also have stars */
	SCALAR_TEXT,	/* shown to users; no placeholders */
	SCALAR_MESSAGE, /* shown to users; placeholders */
	SCALAR_WORD,	/* one of shape->words */
};

struct field;

/* What a value may be. A scalar, a list and a mapping may all be allowed. */
struct shape {
	enum scalar_kind scalar;     /* NONE: no scalar allowed */
	const struct word *words;    /* for SCALAR_WORD */
	const struct shape *element; /* list; NULL: no list allowed */
	int most;		     /* list: maximal length; 0: any */
	bool may_be_empty;	     /* list */
	const struct field *fields;  /* mapping, ends with a NULL key; NULL: no mapping allowed */
	const struct shape *values;  /* mapping with keys of the author's; NULL: none such */
};

struct field {
	const char *key;
	bool is_required;
	const struct shape *shape;
};

#define END_OF_FIELDS             \
	{                         \
		NULL, false, NULL \
	}

static const struct shape symbol = { .scalar = SCALAR_SYMBOL };
static const struct shape name = { .scalar = SCALAR_NAME };
static const struct shape line = { .scalar = SCALAR_LINE };
static const struct shape number = { .scalar = SCALAR_NUMBER };
static const struct shape boolean = { .scalar = SCALAR_BOOL };
static const struct shape text = { .scalar = SCALAR_TEXT };
static const struct shape message = { .scalar = SCALAR_MESSAGE };
static const struct shape rule_id = { .scalar = SCALAR_ID };
static const struct shape cwe = { .scalar = SCALAR_CWE };
static const struct shape names = { .element = &name };
static const struct shape symbols = { .element = &symbol };
static const struct shape rule_ids = { .element = &rule_id };
static const struct shape cwes = { .element = &cwe };

/* ---- pack.yaml -------------------------------------------------------------- */

static const struct field pack_fields[] = {
	{ "name", true, &name },
	{ "version", true, &number },
	{ "tests", false, &line },
	END_OF_FIELDS,
};
static const struct shape pack = { .fields = pack_fields };

/* ---- apis ------------------------------------------------------------------- */

static const struct shape api_kind = { .scalar = SCALAR_WORD, .words = rp_words_api_kind };
static const struct shape access = { .scalar = SCALAR_WORD, .words = rp_words_access };
static const struct shape space = { .scalar = SCALAR_WORD, .words = rp_words_space };
static const struct shape when = { .scalar = SCALAR_WORD, .words = rp_words_when };
static const struct shape convention = { .scalar = SCALAR_WORD, .words = rp_words_convention };
static const struct shape predicate_word = { .scalar = SCALAR_WORD, .words = rp_words_predicate };

static const struct shape pattern = { .scalar = SCALAR_PATTERN };
static const struct shape patterns = { .element = &pattern };
static const struct shape address_word = { .scalar = SCALAR_WORD, .words = rp_words_address };
static const struct shape time_word = { .scalar = SCALAR_WORD, .words = rp_words_time };
static const struct shape integer = { .scalar = SCALAR_INTEGER };
static const struct shape compared = { .scalar = SCALAR_VALUE };
static const struct shape pointee_word = { .scalar = SCALAR_WORD, .words = rp_words_pointee };
static const struct shape user_space = { .scalar = SCALAR_WORD, .words = rp_words_user_space };
static const struct shape storage = { .scalar = SCALAR_WORD, .words = rp_words_storage };
static const struct shape storages = { .element = &storage };
static const struct shape room = { .scalar = SCALAR_WORD, .words = rp_words_room };
static const struct shape prefix = { .scalar = SCALAR_LINE };
static const struct shape prefixes = { .element = &prefix };
static const struct field condition_fields[] = {
	{ "of", true, &symbol },
	{ "equals", false, &compared },
	{ "not-equals", false, &compared },
	{ "below", false, &compared },
	{ "has-bits", false, &compared },
	{ "lacks-bits", false, &compared },
	{ "sizeof-pointer", false, &symbol },
	{ "macro", false, &patterns },
	{ "literal", false, &boolean },
	{ "address-of", false, &address_word },
	{ "storage", false, &storages },
	{ "room", false, &room },
	{ "above", false, &compared },
	{ "below-param", false, &symbol },
	{ "starts-with", false, &prefixes },
	{ "starts-with-none", false, &prefixes },
	{ "uninitialised", false, &boolean },
	{ "plain-number", false, &boolean },
	{ "field", false, &symbol },
	{ "found-in", false, &symbol },
	{ "null", false, &boolean },
	{ "space", false, &user_space },
	{ "resource", false, &name },
	{ "states", false, &names },
	{ "modes", false, &names },
	{ "via", false, &name },
	{ "unwritten", false, &symbol },
	{ "result-of", false, &name },
	{ "holds", false, &symbol },
	{ "copied-from", false, &name },
	{ "not-macro", false, &patterns },
	{ "type-size", false, &number },
	{ "lacks-field", false, &symbol },
	{ "value-of", false, &symbols },
	{ "inner-field", false, &symbol },
	{ "pointee", false, &pointee_word },
	{ "computed-by", false, &symbol },
	{ "on", false, &symbol },
	END_OF_FIELDS,
};
static const struct shape condition = { .fields = condition_fields };
static const struct shape conditions = { .element = &condition, .fields = condition_fields };
static const struct shape raises = { .scalar = SCALAR_BOOL, .element = &condition, .fields = condition_fields };

static const struct shape irql = { .scalar = SCALAR_WORD, .words = rp_words_irql };
static const struct field irql_range_fields[] = { { "min", false, &irql }, { "max", false, &irql }, END_OF_FIELDS };
static const struct shape irql_range = { .fields = irql_range_fields };
static const struct field irql_limit_fields[] = {
	{ "min", false, &irql },
	{ "max", false, &irql },
	{ "if", false, &conditions },
	END_OF_FIELDS,
};
static const struct shape irql_limit = { .fields = irql_limit_fields };
static const struct shape irql_limits = { .element = &irql_limit, .fields = irql_limit_fields };

static const struct field given_role_fields[] = { { "role", true, &name },
						  { "if", false, &conditions },
						  END_OF_FIELDS };
static const struct shape given_role = { .fields = given_role_fields };
static const struct shape given_roles = { .scalar = SCALAR_NAME, .element = &given_role };
static const struct shape param_name = { .scalar = SCALAR_PARAM };
static const struct shape from_user = { .scalar = SCALAR_WORD, .words = rp_words_from_user };
static const struct shape factors = { .scalar = SCALAR_SYMBOL, .element = &symbol, .most = RP_MAX_TUPLE };
static const struct field param_fields[] = {
	{ "name", true, &param_name },	  { "access", false, &access },
	{ "space", false, &space },	  { "frees-record", false, &boolean },
	{ "keeps", false, &boolean },	  { "nullable", false, &boolean },
	{ "output", false, &boolean },	  { "length", false, &symbol },
	{ "role", false, &given_roles },  { "serves", false, &symbol },
	{ "record", false, &symbol },	  { "from-user", false, &boolean },
	{ "string", false, &boolean },	  { "time", false, &time_word },
	{ "time-field", false, &symbol }, END_OF_FIELDS,
};
static const struct shape param = { .scalar = SCALAR_PARAM, .fields = param_fields };
static const struct shape params = { .element = &param, .may_be_empty = true };

static const struct field bits_fields[] = { { "if-bits", true, &symbol }, { "of", true, &symbol }, END_OF_FIELDS };
static const struct field result_fields[] = {
	{ "convention", true, &convention },
	{ "must-check", false, &boolean },
	{ "positive-if-zero", false, &symbol },
	{ "never-fails", false, &conditions },
	{ "fails-only-if", false, &conditions },
	{ "time", false, &time_word },
	END_OF_FIELDS,
};
static const struct shape result = { .scalar = SCALAR_WORD, .words = rp_words_convention, .fields = result_fields };

static const struct field predicate_fields[] = { { "is", true, &predicate_word },
						 { "of", true, &symbol },
						 END_OF_FIELDS };
static const struct field old_form_fields[] = { { "params", true, &number }, { "until", true, &line }, END_OF_FIELDS };
static const struct shape old_form = { .fields = old_form_fields };

static const struct shape predicate = { .fields = predicate_fields };

static const struct shape mask = { .scalar = SCALAR_WORD, .words = rp_words_mask };
static const struct shape object = { .scalar = SCALAR_OBJECT, .element = &symbol, .most = RP_MAX_TUPLE };
static const struct field effect_fields[] = {
	{ "resource", true, &name },	{ "event", true, &name },	 { "object", false, &object },
	{ "when", false, &when },	{ "mode", false, &name },	 { "accepts", false, &names },
	{ "saves", false, &symbol },	{ "restores", false, &symbol },	 { "if", false, &conditions },
	{ "level", false, &symbol },	{ "remembers", false, &symbol }, { "remembers-field", false, &symbol },
	{ "compares", false, &symbol }, { "via", false, &name },	 { "masks", false, &mask },
	{ "if-used", false, &boolean }, { "result-is", false, &symbol }, END_OF_FIELDS,
};
static const struct shape effect = { .fields = effect_fields };
static const struct shape effects = { .element = &effect, .may_be_empty = true };

static const struct shape implementation_params = { .element = &symbol, .may_be_empty = true };
static const struct field implementation_fields[] = {
	{ "name", true, &symbol },
	{ "params", true, &implementation_params },
	{ "result", false, &symbol },
	END_OF_FIELDS,
};
static const struct shape implementation = { .fields = implementation_fields };
static const struct shape implementations = { .element = &implementation };

static const struct shape sleeps = { .scalar = SCALAR_WORD, .words = rp_words_sleep, .fields = bits_fields };

static const struct shape need = { .scalar = SCALAR_WORD, .words = rp_words_need };
static const struct field needs_fields[] = { { "context", true, &need }, { "if", true, &conditions }, END_OF_FIELDS };
static const struct shape needs = { .element = &need, .fields = needs_fields };
static const struct field stores_fields[] = {
	{ "in", true, &symbol },
	{ "field", true, &symbol },
	{ "if", false, &conditions },
	END_OF_FIELDS,
};
static const struct shape stores = { .fields = stores_fields };
static const struct shape told_context = { .scalar = SCALAR_WORD, .words = rp_words_tells };
static const struct field queue_fields[] = { { "object", true, &symbol }, { "on", false, &symbol }, END_OF_FIELDS };
static const struct shape queue = { .fields = queue_fields };

static const struct shape zeroed = { .scalar = SCALAR_BOOL, .fields = bits_fields };

static const struct field api_fields[] = {
	{ "name", true, &symbol },
	{ "kind", false, &api_kind },
	{ "params", false, &params },
	{ "result", false, &result },
	{ "predicate", false, &predicate },
	{ "effects", false, &effects },
	{ "implemented-by", false, &implementations },
	{ "sleeps", false, &sleeps },
	{ "irql", false, &irql_limits },
	{ "raises", false, &raises },
	{ "gives-irql", false, &boolean },
	{ "zeroed", false, &zeroed },
	{ "from-user", false, &from_user },
	{ "bytes", false, &factors },
	{ "divisor", false, &symbol },
	{ "gives-string", false, &boolean },
	{ "tells-size", false, &symbol },
	{ "pure", false, &boolean },
	{ "clobbers", false, &symbol },
	{ "inside", false, &symbol },
	{ "tells-abnormal-exit", false, &boolean },
	{ "needs", false, &needs },
	{ "stores", false, &stores },
	{ "tells-context", false, &told_context },
	{ "asserts-irql", false, &irql_range },
	{ "waits-for", false, &symbol },
	{ "queues", false, &queue },
	{ "starts", false, &name },
	{ "starts-if", false, &conditions },
	{ "stops", false, &name },
	{ "initialises", false, &symbol },
	{ "ends", false, &symbol },
	{ "signals", false, &symbol },
	{ "noreturn", false, &boolean },
	{ "tags", false, &names },
	{ "since", false, &line },
	{ "removed", false, &line },
	{ "replacement", false, &line },
	{ "was", false, &old_form },
	{ "deprecated", false, &line },
	{ "note", false, &text },
	END_OF_FIELDS,
};
static const struct shape api = { .fields = api_fields };

/* ---- resources -------------------------------------------------------------- */

static const struct shape identity = { .scalar = SCALAR_WORD, .words = rp_words_identity };
static const struct shape exit_policy = { .scalar = SCALAR_WORD, .words = rp_words_exit_policy };

static const struct field shown_fields[] = { { "field", true, &symbol }, { "bits", true, &symbol }, END_OF_FIELDS };
static const struct shape shown = { .fields = shown_fields };
static const struct field state_fields[] = {
	{ "shown-by", false, &shown }, { "name", true, &name },	 { "held", false, &boolean },
	{ "atomic", false, &boolean }, { "irql", false, &irql }, END_OF_FIELDS,
};
static const struct shape state = { .fields = state_fields };
static const struct shape states = { .element = &state };

static const struct shape from = { .scalar = SCALAR_NAME, .element = &name };
static const struct field transition_fields[] = {
	{ "from", true, &from }, { "event", true, &name }, { "to", true, &name }, { "violation", false, &name },
	END_OF_FIELDS,
};
static const struct shape transition = { .fields = transition_fields };
static const struct shape transitions = { .element = &transition };
static const struct shape steps = { .values = &message };

static const struct field resource_fields[] = {
	{ "name", true, &name },
	{ "noun", false, &text },
	{ "identity", true, &identity },
	{ "counted", false, &boolean },
	{ "memory", false, &boolean },
	{ "same-irql", false, &boolean },
	{ "events", true, &names },
	{ "states", true, &states },
	{ "transitions", true, &transitions },
	{ "on-exit", false, &exit_policy },
	{ "stacked", false, &boolean },
	{ "forgotten-by", false, &names },
	{ "steps", false, &steps },
	END_OF_FIELDS,
};
static const struct shape resource = { .fields = resource_fields };

/* ---- roles ------------------------------------------------------------------ */

static const struct field binding_fields[] = {
	{ "record", false, &symbol }, { "field", false, &symbol },    { "macro", false, &symbol },
	{ "type", false, &symbol },   { "function", false, &symbol }, END_OF_FIELDS,
};
static const struct shape binding = { .fields = binding_fields };
static const struct shape bindings = { .element = &binding };
static const struct shape role_space = { .scalar = SCALAR_WORD, .words = rp_words_role_space };
static const struct field role_param_fields[] = {
	{ "space", false, &role_space },
	{ "resource", false, &name },
	{ "state", false, &name },
	{ "from-user", false, &from_user },
	END_OF_FIELDS,
};
static const struct shape role_param = { .scalar = SCALAR_WORD,
					 .words = rp_words_role_space,
					 .fields = role_param_fields };
static const struct shape role_params = { .element = &role_param, .may_be_empty = true };

static const struct shape role_context = { .scalar = SCALAR_WORD, .words = rp_words_context };
static const struct field role_fields[] = {
	{ "name", true, &name },	{ "bound-by", false, &bindings },    { "params", false, &role_params },
	{ "init", false, &boolean },	{ "exit", false, &boolean },	     { "unwinds", false, &boolean },
	{ "irql", false, &irql_range }, { "context", false, &role_context }, { "user-context", false, &boolean },
	{ "family", false, &name },	{ "excludes", false, &names },	     END_OF_FIELDS,
};
static const struct shape role = { .fields = role_fields };

/* ---- fields of kernel records ------------------------------------------------ */

static const struct field known_field_fields[] = {
	{ "record", true, &symbol },
	{ "field", true, &symbol },
	{ "space", false, &space },
	{ "from-user", false, &from_user },
	{ "roles", false, &names },
	{ "sized-by", false, &symbols },
	{ "removed", false, &line },
	{ "replacement", false, &line },
	{ "tags", false, &names },
	{ "owned", false, &boolean },
	END_OF_FIELDS,
};
static const struct shape known_field = { .fields = known_field_fields };

static const struct field known_constant_fields[] = {
	{ "name", true, &symbol },
	{ "removed", true, &line },
	{ "replacement", false, &line },
	{ "tags", false, &names },
	END_OF_FIELDS,
};
static const struct shape known_constant = { .fields = known_constant_fields };

static const struct field known_variable_fields[] = {
	{ "name", true, &symbol },
	{ "time", true, &time_word },
	END_OF_FIELDS,
};
static const struct shape known_variable = { .fields = known_variable_fields };

static const struct shape habit = { .scalar = SCALAR_WORD, .words = rp_words_habit };
static const struct shape naming_words = { .element = &symbol };
static const struct field naming_fields[] = {
	{ "name", true, &name },
	{ "habit", true, &habit },
	{ "words", true, &naming_words },
	{ "except", false, &naming_words },
	END_OF_FIELDS,
};
static const struct shape naming = { .fields = naming_fields };

/* ---- fact files ------------------------------------------------------------- */

static const struct shape apis = { .element = &api, .may_be_empty = true };
static const struct shape resources = { .element = &resource, .may_be_empty = true };
static const struct shape roles = { .element = &role, .may_be_empty = true };
static const struct shape known_fields = { .element = &known_field, .may_be_empty = true };
static const struct shape known_variables = { .element = &known_variable, .may_be_empty = true };
static const struct shape known_constants = { .element = &known_constant, .may_be_empty = true };
static const struct shape namings = { .element = &naming, .may_be_empty = true };
static const struct field facts_fields[] = {
	{ "apis", false, &apis },
	{ "resources", false, &resources },
	{ "roles", false, &roles },
	{ "fields", false, &known_fields },
	{ "variables", false, &known_variables },
	{ "constants", false, &known_constants },
	{ "namings", false, &namings },
	END_OF_FIELDS,
};
static const struct shape facts = { .fields = facts_fields };

/* ---- rules ------------------------------------------------------------------ */

static const struct shape severity = { .scalar = SCALAR_WORD, .words = rp_words_severity };
static const struct shape check_kind = { .scalar = SCALAR_WORD, .words = rp_words_check_kind };
static const struct shape conventions = { .element = &convention };
static const struct shape via_word = { .scalar = SCALAR_WORD, .words = rp_words_via };
static const struct shape via = { .element = &via_word };
static const struct shape role_filter = { .scalar = SCALAR_WORD, .words = rp_words_role_filter };

static const struct shape own_access = { .scalar = SCALAR_WORD, .words = rp_words_own_access };

static const struct shape interrupt = { .scalar = SCALAR_WORD, .words = rp_words_interrupt };
static const struct shape contract = { .scalar = SCALAR_WORD, .words = rp_words_contract };
static const struct shape contracts = { .element = &contract };

static const struct field check_fields[] = {
	{ "kind", true, &check_kind },
	{ "resources", false, &names },
	{ "violations", false, &names },
	{ "conventions", false, &conventions },
	{ "tags", false, &names },
	{ "not-tags", false, &names },
	{ "via", false, &via },
	{ "role", false, &role_filter },
	{ "message", false, &message },
	{ "roles", false, &names },
	{ "modes", false, &names },
	{ "apis", false, &symbols },
	{ "params", false, &symbols },
	{ "through", false, &name },
	{ "sources", false, &names },
	{ "not-sources", false, &names },
	{ "multiple-of", false, &symbol },
	{ "if", false, &conditions },
	{ "unless", false, &conditions },
	{ "object", false, &symbol },
	{ "outside-try", false, &boolean },
	{ "unless-held", false, &names },
	{ "lock-kept", false, &boolean },
	{ "result-unused", false, &boolean },
	{ "unless-made-here", false, &boolean },
	{ "unless-retested", false, &boolean },
	{ "unless-asked", false, &names },
	{ "in-process", false, &boolean },
	{ "unless-reads", false, &symbols },
	{ "unless-bound", false, &symbols },
	{ "not-before", false, &names },
	{ "holding", false, &names },
	{ "unless-calls", false, &symbols },
	{ "record", false, &symbol },
	{ "fields", false, &symbols },
	{ "access", false, &own_access },
	{ "states", false, &names },
	{ "returns", false, &symbol },
	{ "returns-not", false, &symbol },
	{ "remembered", false, &boolean },
	{ "not-kept", false, &boolean },
	{ "not-handed", false, &boolean },
	{ "bits", false, &symbol },
	{ "context", false, &interrupt },
	{ "first", false, &symbols },
	{ "second", false, &symbols },
	{ "key", false, &symbol },
	{ "value", false, &symbol },
	{ "allowed", false, &symbols },
	{ "forbidden", false, &symbols },
	{ "needed", false, &symbol },
	{ "contracts", false, &contracts },
	{ "types", false, &symbols },
	{ "others", false, &symbols },
	{ "types-written-as", false, &symbols },
	{ "others-written-as", false, &symbols },
	{ "zero-is-success", false, &boolean },
	{ "expects", false, &time_word },
	{ "unless-callback-calls", false, &names },
	{ "changed", false, &boolean },
	{ "version", false, &symbol },
	{ "above", false, &integer },
	{ "equals", false, &integer },
	{ "above-param", false, &integer },
	{ "macro", false, &patterns },
	{ "param", false, &integer },
	{ "if-module-calls", false, &names },
	{ "unless-module-calls", false, &names },
	{ "unless-module-assigns", false, &symbols },
	{ "not-roles", false, &names },
	{ "only-roles", false, &names },
	END_OF_FIELDS,
};
static const struct shape check = { .fields = check_fields };
static const struct shape checks = { .element = &check };

static const struct field source_fields[] = { { "document", true, &line }, { "place", true, &line }, END_OF_FIELDS };
static const struct shape source = { .fields = source_fields };
static const struct shape sources = { .element = &source };

static const struct shape lines = { .element = &line };
static const struct field trap_fields[] = { { "name", true, &name }, { "what", true, &text }, END_OF_FIELDS };
static const struct shape trap = { .fields = trap_fields };
static const struct shape traps = { .element = &trap };

static const struct field rule_fields[] = {
	{ "id", true, &rule_id },	 { "title", true, &text },	 { "severity", true, &severity },
	{ "cwe", false, &cwes },	 { "checks", true, &checks },	 { "message", true, &message },
	{ "why", true, &text },		 { "help", true, &text },	 { "source", true, &sources },
	{ "aliases", false, &rule_ids }, { "preview", false, &boolean }, { "traps", false, &traps },
	{ "related", false, &lines },	 { "topic", false, &line },	 END_OF_FIELDS,
};
static const struct shape rule = { .fields = rule_fields };

/* ---- coverage ----------------------------------------------------------------- */

static const struct shape name_kind = { .scalar = SCALAR_WORD, .words = rp_words_name_kind };
static const struct field covered_name_fields[] = {
	{ "name", true, &line },     { "kind", true, &name_kind }, { "rules", false, &rule_ids },
	{ "because", false, &text }, { "seen-as", false, &text },  END_OF_FIELDS,
};
static const struct shape covered_name = { .fields = covered_name_fields };
static const struct shape covered_names = { .element = &covered_name };
static const struct field constraint_fields[] = {
	{ "what", true, &text },
	{ "rules", false, &rule_ids },
	{ "because", false, &text },
	END_OF_FIELDS,
};
static const struct shape constraint = { .fields = constraint_fields };
static const struct shape constraints = { .element = &constraint };
static const struct field cover_section_fields[] = {
	{ "place", true, &line },
	{ "names", false, &covered_names },
	{ "constraints", false, &constraints },
	END_OF_FIELDS,
};
static const struct shape cover_section = { .fields = cover_section_fields };
static const struct shape cover_sections = { .element = &cover_section };
static const struct field coverage_fields[] = {
	{ "document", true, &line },
	{ "sections", false, &cover_sections },
	{ "rules", false, &rule_ids },
	END_OF_FIELDS,
};
static const struct shape coverage = { .fields = coverage_fields };

static const struct shape *const files[] = {
	[SCHEMA_PACK] = &pack,
	[SCHEMA_FACTS] = &facts,
	[SCHEMA_RULE] = &rule,
	[SCHEMA_COVERAGE] = &coverage,
};

/* ---- scalars ---------------------------------------------------------------- */

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define LETTERS LOWER "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
#define DIGITS "0123456789"

static bool is_made_of(const char *value, const char *first, const char *rest)
{
	return *value && strchr(first, *value) && value[strspn(value, rest)] == '\0';
}

static bool is_symbol(const char *value)
{
	return is_made_of(value, LETTERS, LETTERS DIGITS);
}

static bool is_name(const char *value)
{
	return is_made_of(value, LETTERS, LETTERS DIGITS "-");
}

static bool is_pattern(const char *value)
{
	return is_made_of(value, LETTERS "*", LETTERS DIGITS "*");
}

static bool is_id(const char *value)
{
	return is_made_of(value, LOWER, LOWER DIGITS "-");
}

static bool is_param(const char *value)
{
	return is_symbol(value) || strcmp(value, "...") == 0;
}

static bool is_object(const char *value)
{
	return is_symbol(*value == '*' ? value + 1 : value);
}

static bool is_line(const char *value)
{
	for (const char *c = value; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7F)
			return false;
	return *value && *value != ' ';
}

static bool is_number(const char *value)
{
	return is_made_of(value, "123456789", DIGITS);
}

static bool is_value(const char *value)
{
	int64_t parsed;
	return is_symbol(value) || rp_parse_integer(value, &parsed);
}

static bool is_integer(const char *value)
{
	int64_t parsed;
	return rp_parse_integer(value, &parsed);
}

static bool is_boolean(const char *value)
{
	return strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
}

static bool is_cwe(const char *value)
{
	return strncmp(value, "CWE-", 4) == 0 && is_number(value + 4);
}

/* The syntax of each kind of scalar and how messages call it. */
static const struct {
	const char *noun;
	bool (*accepts)(const char *value);
} scalars[] = {
	[SCALAR_SYMBOL] = { "a C identifier", is_symbol },
	[SCALAR_NAME] = { "a name (letters, digits, '_' and '-')", is_name },
	[SCALAR_ID] = { "an id (lower-case letters, digits and '-')", is_id },
	[SCALAR_PARAM] = { "a parameter's name or '...'", is_param },
	[SCALAR_OBJECT] = { "a parameter, \"*parameter\", result or global", is_object },
	[SCALAR_LINE] = { "a text on one line", is_line },
	[SCALAR_NUMBER] = { "a positive whole number", is_number },
	[SCALAR_INTEGER] = { "a whole number (decimal or 0x, at most 64 bits)", is_integer },
	[SCALAR_VALUE] = { "a constant's name or a whole number (decimal or 0x, at most 64 bits)", is_value },
	[SCALAR_BOOL] = { "true or false", is_boolean },
	[SCALAR_CWE] = { "a weakness id such as CWE-764", is_cwe },
	[SCALAR_PATTERN] = { "a C identifier, also with '*' for any letters", is_pattern },
	[SCALAR_TEXT] = { "a text on one line", is_line },
	[SCALAR_MESSAGE] = { "a text on one line", is_line },
	[SCALAR_WORD] = { "a word", is_line },
};

/* "'error', 'warning' or 'note'" */
static const char *list_words(struct loader *loader, const struct word *words)
{
	const char *list = "";
	for (const struct word *word = words; word->text; word++) {
		const char *glue = word == words ? "" : word[1].text ? ", " : " or ";
		list = arena_printf(loader->arena, "%s%s%s", list, glue, word->text);
	}
	return list;
}

/* What a value may be, in words. */
static const char *describe_shape(struct loader *loader, const struct shape *shape)
{
	const char *words = scalars[shape->scalar].noun ? scalars[shape->scalar].noun : "";
	if (shape->scalar == SCALAR_WORD)
		words = list_words(loader, shape->words);
	if (shape->element)
		words = arena_printf(loader->arena, "%s%sa list", words, *words ? ", or " : "");
	if (shape->fields || shape->values)
		words = arena_printf(loader->arena, "%s%sa mapping", words, *words ? ", or " : "");
	return words;
}

static void check_word(struct loader *loader, struct node *node, const struct shape *shape)
{
	if (rp_word_value(shape->words, node->text, -1) != -1)
		return;
	struct suggestion near = { .text = node->text };
	rp_suggestion_offer_words(&near, shape->words);
	rp_error_at_node(loader, node, "unknown word %s%s; expected %s", rp_quote(loader, node->text),
			 rp_suggestion_text(loader, &near), describe_shape(loader, shape));
}

static void check_scalar(struct loader *loader, struct node *node, const struct shape *shape)
{
	if (shape->scalar == SCALAR_WORD && *node->text) {
		check_word(loader, node, shape);
		return;
	}
	if (!scalars[shape->scalar].accepts(node->text)) {
		rp_error_at_node(loader, node, "expected %s, found %s", describe_shape(loader, shape),
				 *node->text ? rp_quote(loader, node->text) : "nothing");
		return;
	}
	if (shape->scalar == SCALAR_TEXT || shape->scalar == SCALAR_MESSAGE)
		rp_text_check(loader, node, shape->scalar == SCALAR_MESSAGE);
}

/* ---- lists and mappings ------------------------------------------------------ */

static void check_value(struct loader *loader, struct node *node, const struct shape *shape);

static void check_list(struct loader *loader, struct node *node, const struct shape *shape)
{
	if (node->count == 0 && !shape->may_be_empty)
		rp_error_at_node(loader, node, "the list is empty");
	if (shape->most > 0 && node->count > shape->most)
		rp_error_at_node(loader, node, "the list has %d items; at most %d are supported", node->count,
				 shape->most);
	for (int i = 0; i < node->count; i++)
		check_value(loader, node->items[i], shape->element);
}

static const struct field *find_field(const struct field *fields, const char *key)
{
	for (; fields->key; fields++)
		if (strcmp(fields->key, key) == 0)
			return fields;
	return NULL;
}

static void report_unknown_key(struct loader *loader, struct node *value, const struct field *fields)
{
	struct suggestion near = { .text = value->key };
	for (; fields->key; fields++)
		rp_suggestion_offer(&near, fields->key);
	rp_error_at_key(loader, value, "unknown key %s%s", rp_quote(loader, value->key),
			rp_suggestion_text(loader, &near));
}

static void check_map(struct loader *loader, struct node *node, const struct shape *shape)
{
	if (shape->values) {
		for (int i = 0; i < node->count; i++)
			check_value(loader, node->items[i], shape->values);
		return;
	}
	for (int i = 0; i < node->count; i++) {
		const struct field *field = find_field(shape->fields, node->items[i]->key);
		if (field)
			check_value(loader, node->items[i], field->shape);
		else
			report_unknown_key(loader, node->items[i], shape->fields);
	}
	for (const struct field *field = shape->fields; field->key; field++)
		if (field->is_required && !rp_node_get(node, field->key))
			rp_error_at_node(loader, node, "missing key '%s'", field->key);
}

static bool is_kind_allowed(const struct shape *shape, enum node_kind kind)
{
	switch (kind) {
	case NODE_SCALAR:
		return shape->scalar != SCALAR_NONE;
	case NODE_LIST:
		return shape->element != NULL;
	default:
		return shape->fields || shape->values;
	}
}

static void report_kind(struct loader *loader, struct node *node, const struct shape *shape)
{
	const char *found = node->kind == NODE_LIST ? "a list" : "a mapping";
	if (node->kind == NODE_SCALAR)
		found = *node->text ? rp_quote(loader, node->text) : "nothing";
	rp_error_at_node(loader, node, "expected %s, found %s", describe_shape(loader, shape), found);
}

static void check_value(struct loader *loader, struct node *node, const struct shape *shape)
{
	if (node->kind == NODE_SCALAR && node->is_broken)
		return; /* an alias or the like: read.c has said so */
	if (!is_kind_allowed(shape, node->kind))
		report_kind(loader, node, shape);
	else if (node->kind == NODE_SCALAR)
		check_scalar(loader, node, shape);
	else if (node->kind == NODE_LIST)
		check_list(loader, node, shape);
	else
		check_map(loader, node, shape);
}

bool rp_schema_check(struct loader *loader, struct node *root, enum schema_file file)
{
	int before = loader->errors;
	check_value(loader, root, files[file]);
	return loader->errors == before;
}
