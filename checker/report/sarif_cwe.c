/* The Common Weakness Enumeration in SARIF: a taxonomy of the weaknesses that rules name, and what each rule is of it. */
#include "report_int.h"

#include <stdlib.h>
#include <string.h>

#define CWE_PAGE "https://cwe.mitre.org/data/definitions/%u.html"

/* 667 of CWE-667 */
static unsigned number_of(const char *id)
{
	return (unsigned)strtoul(id + strcspn(id, "0123456789"), NULL, 10);
}

/* Where the weakness is, or where it belongs in their order. */
static int find_place(const struct sarif_cwes *cwes, const char *id)
{
	int place = 0;

	while (place < cwes->count && number_of(cwes->ids[place]) < number_of(id))
		place++;
	return place;
}

static bool is_at(const struct sarif_cwes *cwes, int place, const char *id)
{
	return place < cwes->count && number_of(cwes->ids[place]) == number_of(id);
}

void sarif_cwes_add(struct arena *arena, struct sarif_cwes *cwes, const struct rp_rule *rule)
{
	for (int i = 0; i < rule->cwe_count; i++) {
		const char *id = rule->cwe[i];
		int place = find_place(cwes, id);

		if (is_at(cwes, place, id))
			continue;
		ARENA_PUSH(arena, cwes->ids, cwes->count, cwes->capacity, id);
		memmove(&cwes->ids[place + 1], &cwes->ids[place],
			(size_t)(cwes->count - 1 - place) * sizeof(cwes->ids[0]));
		cwes->ids[place] = id;
	}
}

json_t *sarif_cwes_taxonomies(struct json_doc *doc, const struct sarif_cwes *cwes)
{
	json_t *array = json_array(), *taxonomy = json_doc_wrap(doc, "name", "CWE"), *taxa = json_array();

	for (int i = 0; i < cwes->count; i++) {
		json_t *taxon = json_doc_wrap(doc, "id", cwes->ids[i]);
		const char *page = arena_printf(doc->scratch, CWE_PAGE, number_of(cwes->ids[i]));

		json_doc_set(doc, taxon, "helpUri", json_doc_string(doc, page));
		json_doc_append(doc, taxa, taxon);
	}
	json_doc_set(doc, taxonomy, "organization", json_doc_string(doc, "MITRE"));
	json_doc_set(doc, taxonomy, "informationUri", json_doc_string(doc, "https://cwe.mitre.org/"));
	json_doc_set(doc, taxonomy, "shortDescription",
		     json_doc_wrap(doc, "text",
				   "Common Weakness Enumeration: those weaknesses that the rules look for"));
	json_doc_set(doc, taxonomy, "taxa", taxa);
	json_doc_append(doc, array, taxonomy);
	return array;
}

static json_t *make_component(struct json_doc *doc)
{
	json_t *component = json_doc_wrap(doc, "name", "CWE");

	json_doc_set(doc, component, "index", json_integer(0));
	return component;
}

json_t *sarif_cwes_supported(struct json_doc *doc)
{
	json_t *array = json_array();

	json_doc_append(doc, array, make_component(doc));
	return array;
}

json_t *sarif_cwes_relationships(struct json_doc *doc, const struct sarif_cwes *cwes, const struct rp_rule *rule)
{
	json_t *array = json_array();

	for (int i = 0; i < rule->cwe_count; i++) {
		static const char *const kinds[] = { "superset" }; /* a weakness is wider than the rule */
		json_t *target = json_doc_wrap(doc, "id", rule->cwe[i]), *relationship = json_object();

		json_doc_set(doc, target, "index", json_integer(find_place(cwes, rule->cwe[i])));
		json_doc_set(doc, target, "toolComponent", make_component(doc));
		json_doc_set(doc, relationship, "target", target);
		json_doc_set(doc, relationship, "kinds", json_doc_strings(doc, kinds, 1));
		json_doc_append(doc, array, relationship);
	}
	return array;
}
