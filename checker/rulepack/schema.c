/* The shape of pack files, as tables: which keys a mapping may and must have
 * and what each value looks like. What names mean is link*.c's business. The
 * tables follow docs/rule-packs.md section by section. */
#include "rulepack_int.h"
#include "yaml/shape.h"

#include <stdlib.h>
#include <string.h>

/* ---- scalars ---------------------------------------------------------------- */

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define LETTERS LOWER "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
#define DIGITS "0123456789"

static bool is_symbol(const char *value)
{
	return yaml_is_made_of(value, LETTERS, LETTERS DIGITS);
}

static bool is_name(const char *value)
{
	return yaml_is_made_of(value, LETTERS, LETTERS DIGITS "-");
}

static bool is_pattern(const char *value)
{
	return yaml_is_made_of(value, LETTERS "*", LETTERS DIGITS "*");
}

static bool is_id(const char *value)
{
	return yaml_is_made_of(value, LOWER, LOWER DIGITS "-");
}

static bool is_param(const char *value)
{
	return is_symbol(value) || strcmp(value, "...") == 0;
}

static bool is_object(const char *value)
{
	return is_symbol(*value == '*' ? value + 1 : value);
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

static bool is_cwe(const char *value)
{
	return strncmp(value, "CWE-", 4) == 0 && yaml_number.accepts(value + 4);
}

static bool is_line(const char *value)
{
	return yaml_line.accepts(value);
}

static void check_text(struct yaml *yaml, struct yaml_node *node)
{
	rp_text_check(yaml, node, false);
}

static void check_message(struct yaml *yaml, struct yaml_node *node)
{
	rp_text_check(yaml, node, true);
}

/* The syntax of each kind of scalar and how messages call it. */
static const struct yaml_scalar symbol_scalar = { "a C identifier", is_symbol, NULL };
/* also with dashes */
static const struct yaml_scalar name_scalar = { "a name (letters, digits, '_' and '-')", is_name, NULL };
static const struct yaml_scalar id_scalar = { "an id (lower-case letters, digits and '-')", is_id, NULL };
static const struct yaml_scalar param_scalar = { "a parameter's name or '...'", is_param, NULL };
static const struct yaml_scalar object_scalar = { "a parameter, \"*parameter\", result or global", is_object, NULL };
static const struct yaml_scalar integer_scalar = { "a whole number (decimal or 0x, at most 64 bits)", is_integer,
						   NULL };
static const struct yaml_scalar value_scalar = { "a constant's name or a whole number (decimal or 0x, at most 64 bits)",
						 is_value, NULL };
static const struct yaml_scalar cwe_scalar = { "a weakness id such as CWE-764", is_cwe, NULL };
static const struct yaml_scalar pattern_scalar = { "a C identifier, also with '*' for any letters", is_pattern, NULL };
/* shown to users; messages may have placeholders */
static const struct yaml_scalar text_scalar = { "a text on one line", is_line, check_text };
static const struct yaml_scalar message_scalar = { "a text on one line", is_line, check_message };

static const struct yaml_shape symbol = { .scalar = &symbol_scalar };
static const struct yaml_shape name = { .scalar = &name_scalar };
static const struct yaml_shape line = { .scalar = &yaml_line };
static const struct yaml_shape number = { .scalar = &yaml_number };
static const struct yaml_shape boolean = { .scalar = &yaml_boolean };
static const struct yaml_shape text = { .scalar = &text_scalar };
static const struct yaml_shape message = { .scalar = &message_scalar };
static const struct yaml_shape rule_id = { .scalar = &id_scalar };
static const struct yaml_shape cwe = { .scalar = &cwe_scalar };
static const struct yaml_shape names = { .element = &name };
static const struct yaml_shape symbols = { .element = &symbol };
static const struct yaml_shape rule_ids = { .element = &rule_id };
static const struct yaml_shape cwes = { .element = &cwe };

/* ---- pack.yaml -------------------------------------------------------------- */

static const struct yaml_field pack_fields[] = {
	{ "name", true, &name },
	{ "version", true, &number },
	{ "tests", false, &line },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape pack = { .fields = pack_fields };

/* ---- apis ------------------------------------------------------------------- */

static const struct yaml_shape api_kind = { .words = rp_words_api_kind };
static const struct yaml_shape access = { .words = rp_words_access };
static const struct yaml_shape space = { .words = rp_words_space };
static const struct yaml_shape when = { .words = rp_words_when };
static const struct yaml_shape convention = { .words = rp_words_convention };
static const struct yaml_shape predicate_word = { .words = rp_words_predicate };

static const struct yaml_shape pattern = { .scalar = &pattern_scalar };
static const struct yaml_shape patterns = { .element = &pattern };
static const struct yaml_shape address_word = { .words = rp_words_address };
static const struct yaml_shape time_word = { .words = rp_words_time };
static const struct yaml_shape integer = { .scalar = &integer_scalar };
static const struct yaml_shape compared = { .scalar = &value_scalar };
static const struct yaml_shape pointee_word = { .words = rp_words_pointee };
static const struct yaml_shape user_space = { .words = rp_words_user_space };
static const struct yaml_shape storage = { .words = rp_words_storage };
static const struct yaml_shape storages = { .element = &storage };
static const struct yaml_shape room = { .words = rp_words_room };
static const struct yaml_shape prefix = { .scalar = &yaml_line };
static const struct yaml_shape prefixes = { .element = &prefix };
static const struct yaml_field condition_fields[] = {
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
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape condition = { .fields = condition_fields };
static const struct yaml_shape conditions = { .element = &condition, .fields = condition_fields };
static const struct yaml_shape raises = { .scalar = &yaml_boolean, .element = &condition, .fields = condition_fields };

static const struct yaml_shape irql = { .words = rp_words_irql };
static const struct yaml_field irql_range_fields[] = { { "min", false, &irql },
						       { "max", false, &irql },
						       YAML_END_OF_FIELDS };
static const struct yaml_shape irql_range = { .fields = irql_range_fields };
static const struct yaml_field irql_limit_fields[] = {
	{ "min", false, &irql },
	{ "max", false, &irql },
	{ "if", false, &conditions },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape irql_limit = { .fields = irql_limit_fields };
static const struct yaml_shape irql_limits = { .element = &irql_limit, .fields = irql_limit_fields };

static const struct yaml_field given_role_fields[] = { { "role", true, &name },
						       { "if", false, &conditions },
						       YAML_END_OF_FIELDS };
static const struct yaml_shape given_role = { .fields = given_role_fields };
static const struct yaml_shape given_roles = { .scalar = &name_scalar, .element = &given_role };
static const struct yaml_shape param_name = { .scalar = &param_scalar };
static const struct yaml_shape from_user = { .words = rp_words_from_user };
static const struct yaml_shape factors = { .scalar = &symbol_scalar, .element = &symbol, .most = RP_MAX_TUPLE };
static const struct yaml_field param_fields[] = {
	{ "name", true, &param_name },	  { "access", false, &access },
	{ "space", false, &space },	  { "frees-record", false, &boolean },
	{ "keeps", false, &boolean },	  { "nullable", false, &boolean },
	{ "output", false, &boolean },	  { "length", false, &symbol },
	{ "role", false, &given_roles },  { "serves", false, &symbol },
	{ "record", false, &symbol },	  { "from-user", false, &boolean },
	{ "string", false, &boolean },	  { "time", false, &time_word },
	{ "time-field", false, &symbol }, YAML_END_OF_FIELDS,
};
static const struct yaml_shape param = { .scalar = &param_scalar, .fields = param_fields };
static const struct yaml_shape params = { .element = &param, .may_be_empty = true };

static const struct yaml_field bits_fields[] = { { "if-bits", true, &symbol },
						 { "of", true, &symbol },
						 YAML_END_OF_FIELDS };
static const struct yaml_field result_fields[] = {
	{ "convention", true, &convention },
	{ "must-check", false, &boolean },
	{ "positive-if-zero", false, &symbol },
	{ "never-fails", false, &conditions },
	{ "fails-only-if", false, &conditions },
	{ "time", false, &time_word },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape result = { .words = rp_words_convention, .fields = result_fields };

static const struct yaml_field predicate_fields[] = { { "is", true, &predicate_word },
						      { "of", true, &symbol },
						      YAML_END_OF_FIELDS };
static const struct yaml_field old_form_fields[] = { { "params", true, &number },
						     { "until", true, &line },
						     YAML_END_OF_FIELDS };
static const struct yaml_shape old_form = { .fields = old_form_fields };

static const struct yaml_shape predicate = { .fields = predicate_fields };

static const struct yaml_shape mask = { .words = rp_words_mask };
static const struct yaml_shape object = { .scalar = &object_scalar, .element = &symbol, .most = RP_MAX_TUPLE };
static const struct yaml_field effect_fields[] = {
	{ "resource", true, &name },	{ "event", true, &name },	 { "object", false, &object },
	{ "when", false, &when },	{ "mode", false, &name },	 { "accepts", false, &names },
	{ "saves", false, &symbol },	{ "restores", false, &symbol },	 { "if", false, &conditions },
	{ "level", false, &symbol },	{ "remembers", false, &symbol }, { "remembers-field", false, &symbol },
	{ "compares", false, &symbol }, { "via", false, &name },	 { "masks", false, &mask },
	{ "if-used", false, &boolean }, { "result-is", false, &symbol }, YAML_END_OF_FIELDS,
};
static const struct yaml_shape effect = { .fields = effect_fields };
static const struct yaml_shape effects = { .element = &effect, .may_be_empty = true };

static const struct yaml_shape implementation_params = { .element = &symbol, .may_be_empty = true };
static const struct yaml_field implementation_fields[] = {
	{ "name", true, &symbol },
	{ "params", true, &implementation_params },
	{ "result", false, &symbol },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape implementation = { .fields = implementation_fields };
static const struct yaml_shape implementations = { .element = &implementation };

static const struct yaml_shape sleeps = { .words = rp_words_sleep, .fields = bits_fields };

static const struct yaml_shape need = { .words = rp_words_need };
static const struct yaml_field needs_fields[] = { { "context", true, &need },
						  { "if", true, &conditions },
						  YAML_END_OF_FIELDS };
static const struct yaml_shape needs = { .element = &need, .fields = needs_fields };
static const struct yaml_field stores_fields[] = {
	{ "in", true, &symbol },
	{ "field", true, &symbol },
	{ "if", false, &conditions },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape stores = { .fields = stores_fields };
static const struct yaml_shape told_context = { .words = rp_words_tells };
static const struct yaml_field queue_fields[] = { { "object", true, &symbol },
						  { "on", false, &symbol },
						  YAML_END_OF_FIELDS };
static const struct yaml_shape queue = { .fields = queue_fields };

static const struct yaml_shape zeroed = { .scalar = &yaml_boolean, .fields = bits_fields };

static const struct yaml_field api_fields[] = {
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
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape api = { .fields = api_fields };

/* ---- resources -------------------------------------------------------------- */

static const struct yaml_shape identity = { .words = rp_words_identity };
static const struct yaml_shape exit_policy = { .words = rp_words_exit_policy };

static const struct yaml_field shown_fields[] = { { "field", true, &symbol },
						  { "bits", true, &symbol },
						  YAML_END_OF_FIELDS };
static const struct yaml_shape shown = { .fields = shown_fields };
static const struct yaml_field state_fields[] = {
	{ "shown-by", false, &shown }, { "name", true, &name },	 { "held", false, &boolean },
	{ "atomic", false, &boolean }, { "irql", false, &irql }, YAML_END_OF_FIELDS,
};
static const struct yaml_shape state = { .fields = state_fields };
static const struct yaml_shape states = { .element = &state };

static const struct yaml_shape from = { .scalar = &name_scalar, .element = &name };
static const struct yaml_field transition_fields[] = {
	{ "from", true, &from },       { "event", true, &name }, { "to", true, &name },
	{ "violation", false, &name }, YAML_END_OF_FIELDS,
};
static const struct yaml_shape transition = { .fields = transition_fields };
static const struct yaml_shape transitions = { .element = &transition };
static const struct yaml_shape steps = { .values = &message };

static const struct yaml_field resource_fields[] = {
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
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape resource = { .fields = resource_fields };

/* ---- roles ------------------------------------------------------------------ */

static const struct yaml_field binding_fields[] = {
	{ "record", false, &symbol }, { "field", false, &symbol },    { "macro", false, &symbol },
	{ "type", false, &symbol },   { "function", false, &symbol }, YAML_END_OF_FIELDS,
};
static const struct yaml_shape binding = { .fields = binding_fields };
static const struct yaml_shape bindings = { .element = &binding };
static const struct yaml_shape role_space = { .words = rp_words_role_space };
static const struct yaml_field role_param_fields[] = {
	{ "space", false, &role_space },    { "resource", false, &name }, { "state", false, &name },
	{ "from-user", false, &from_user }, YAML_END_OF_FIELDS,
};
static const struct yaml_shape role_param = { .words = rp_words_role_space, .fields = role_param_fields };
static const struct yaml_shape role_params = { .element = &role_param, .may_be_empty = true };

static const struct yaml_shape role_context = { .words = rp_words_context };
static const struct yaml_field role_fields[] = {
	{ "name", true, &name },	{ "bound-by", false, &bindings },    { "params", false, &role_params },
	{ "init", false, &boolean },	{ "exit", false, &boolean },	     { "unwinds", false, &boolean },
	{ "irql", false, &irql_range }, { "context", false, &role_context }, { "user-context", false, &boolean },
	{ "family", false, &name },	{ "excludes", false, &names },	     YAML_END_OF_FIELDS,
};
static const struct yaml_shape role = { .fields = role_fields };

/* ---- fields of kernel records ------------------------------------------------ */

static const struct yaml_field known_field_fields[] = {
	{ "record", true, &symbol }, { "field", true, &symbol },
	{ "space", false, &space },  { "from-user", false, &from_user },
	{ "roles", false, &names },  { "sized-by", false, &symbols },
	{ "removed", false, &line }, { "replacement", false, &line },
	{ "tags", false, &names },   { "owned", false, &boolean },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape known_field = { .fields = known_field_fields };

static const struct yaml_field known_constant_fields[] = {
	{ "name", true, &symbol }, { "removed", true, &line }, { "replacement", false, &line },
	{ "tags", false, &names }, YAML_END_OF_FIELDS,
};
static const struct yaml_shape known_constant = { .fields = known_constant_fields };

static const struct yaml_field known_variable_fields[] = {
	{ "name", true, &symbol },
	{ "time", true, &time_word },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape known_variable = { .fields = known_variable_fields };

static const struct yaml_shape habit = { .words = rp_words_habit };
static const struct yaml_shape naming_words = { .element = &symbol };
static const struct yaml_field naming_fields[] = {
	{ "name", true, &name },
	{ "habit", true, &habit },
	{ "words", true, &naming_words },
	{ "except", false, &naming_words },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape naming = { .fields = naming_fields };

/* ---- fact files ------------------------------------------------------------- */

static const struct yaml_shape apis = { .element = &api, .may_be_empty = true };
static const struct yaml_shape resources = { .element = &resource, .may_be_empty = true };
static const struct yaml_shape roles = { .element = &role, .may_be_empty = true };
static const struct yaml_shape known_fields = { .element = &known_field, .may_be_empty = true };
static const struct yaml_shape known_variables = { .element = &known_variable, .may_be_empty = true };
static const struct yaml_shape known_constants = { .element = &known_constant, .may_be_empty = true };
static const struct yaml_shape namings = { .element = &naming, .may_be_empty = true };
static const struct yaml_field facts_fields[] = {
	{ "apis", false, &apis },
	{ "resources", false, &resources },
	{ "roles", false, &roles },
	{ "fields", false, &known_fields },
	{ "variables", false, &known_variables },
	{ "constants", false, &known_constants },
	{ "namings", false, &namings },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape facts = { .fields = facts_fields };

/* ---- rules ------------------------------------------------------------------ */

static const struct yaml_shape severity = { .words = rp_words_severity };
static const struct yaml_shape check_kind = { .words = rp_words_check_kind };
static const struct yaml_shape conventions = { .element = &convention };
static const struct yaml_shape via_word = { .words = rp_words_via };
static const struct yaml_shape via = { .element = &via_word };
static const struct yaml_shape role_filter = { .words = rp_words_role_filter };

static const struct yaml_shape own_access = { .words = rp_words_own_access };

static const struct yaml_shape interrupt = { .words = rp_words_interrupt };
static const struct yaml_shape contract = { .words = rp_words_contract };
static const struct yaml_shape contracts = { .element = &contract };

static const struct yaml_field check_fields[] = {
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
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape check = { .fields = check_fields };
static const struct yaml_shape checks = { .element = &check };

static const struct yaml_field source_fields[] = { { "document", true, &line },
						   { "place", true, &line },
						   YAML_END_OF_FIELDS };
static const struct yaml_shape source = { .fields = source_fields };
static const struct yaml_shape sources = { .element = &source };

static const struct yaml_shape lines = { .element = &line };
static const struct yaml_field trap_fields[] = { { "name", true, &name }, { "what", true, &text }, YAML_END_OF_FIELDS };
static const struct yaml_shape trap = { .fields = trap_fields };
static const struct yaml_shape traps = { .element = &trap };

static const struct yaml_shape peer_tool = { .words = rp_words_peer };
static const struct yaml_field peer_fields[] = {
	{ "tool", true, &peer_tool },	   { "message", false, &line },	       { "script", false, &line },
	{ "joins-only", false, &boolean }, { "in-function", false, &boolean }, YAML_END_OF_FIELDS,
};
static const struct yaml_shape peer = { .fields = peer_fields };
static const struct yaml_shape peers = { .element = &peer };

static const struct yaml_shape fix_kind = { .words = rp_words_fix };
static const struct yaml_field fix_name_fields[] = {
	{ "of", true, &symbol },	{ "to", false, &symbol }, { "type", false, &line },
	{ "left-out", false, &number }, YAML_END_OF_FIELDS,
};
static const struct yaml_shape fix_name = { .fields = fix_name_fields };
static const struct yaml_shape fix_names = { .element = &fix_name };
static const struct yaml_field fix_fields[] = {
	{ "kind", true, &fix_kind },	{ "what", true, &text }, { "value", false, &line },
	{ "names", false, &fix_names }, YAML_END_OF_FIELDS,
};
static const struct yaml_shape fix = { .fields = fix_fields };
static const struct yaml_shape fixes = { .element = &fix, .fields = fix_fields };

static const struct yaml_field rule_fields[] = {
	{ "id", true, &rule_id },
	{ "title", true, &text },
	{ "severity", true, &severity },
	{ "cwe", false, &cwes },
	{ "checks", false, &checks },
	{ "message", true, &message },
	{ "why", true, &text },
	{ "help", true, &text },
	{ "source", true, &sources },
	{ "aliases", false, &rule_ids },
	{ "preview", false, &boolean },
	{ "traps", false, &traps },
	{ "related", false, &lines },
	{ "topic", false, &line },
	{ "fix", false, &fixes },
	{ "peers", false, &peers },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape rule = { .fields = rule_fields };

/* ---- coverage ----------------------------------------------------------------- */

static const struct yaml_shape name_kind = { .words = rp_words_name_kind };
static const struct yaml_field covered_name_fields[] = {
	{ "name", true, &line },     { "kind", true, &name_kind }, { "rules", false, &rule_ids },
	{ "because", false, &text }, { "seen-as", false, &text },  YAML_END_OF_FIELDS,
};
static const struct yaml_shape covered_name = { .fields = covered_name_fields };
static const struct yaml_shape covered_names = { .element = &covered_name };
static const struct yaml_field constraint_fields[] = {
	{ "what", true, &text },
	{ "rules", false, &rule_ids },
	{ "because", false, &text },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape constraint = { .fields = constraint_fields };
static const struct yaml_shape constraints = { .element = &constraint };
static const struct yaml_field cover_section_fields[] = {
	{ "place", true, &line },
	{ "names", false, &covered_names },
	{ "constraints", false, &constraints },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape cover_section = { .fields = cover_section_fields };
static const struct yaml_shape cover_sections = { .element = &cover_section };
static const struct yaml_field coverage_fields[] = {
	{ "document", true, &line },
	{ "sections", false, &cover_sections },
	{ "rules", false, &rule_ids },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape coverage = { .fields = coverage_fields };

static const struct yaml_shape *const files[] = {
	[SCHEMA_PACK] = &pack,
	[SCHEMA_FACTS] = &facts,
	[SCHEMA_RULE] = &rule,
	[SCHEMA_COVERAGE] = &coverage,
};

bool rp_schema_check(struct loader *loader, struct yaml_node *root, enum schema_file file)
{
	return yaml_check_shape(loader->yaml, root, files[file]);
}
