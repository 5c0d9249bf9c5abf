#!/bin/sh
# What SARIF says of weaknesses, and how it keeps to the limits of GitHub's code scanning. The official validator has its
# say in testcases/browser.
. "$(dirname "$0")/lib.sh"

# sarif FILE EXPRESSION...: of the file's run, which is `r`, and its driver, `d`
sarif() {
	check "all of $1" python3 - "$@" <<'P'
import json
import sys
run = json.load(open(sys.argv[1]))["runs"][0]
wrong = [text for text in sys.argv[2:] if not eval(text, {"r": run, "d": run["tool"]["driver"]})]
print("\n".join(wrong))
sys.exit(len(wrong) > 0)
P
}

write_bad bad.c
run 1 --format sarif -o bad.sarif bad.c
sarif bad.sarif '[t["name"] for t in r["taxonomies"]] == ["CWE"] == [t["name"] for t in d["supportedTaxonomies"]]' \
	'[t["id"] for t in r["taxonomies"][0]["taxa"]] == sorted({c for rule in d["rules"] for c in rule["properties"]["cwe"]}, key=lambda c: int(c[4:]))' \
	'all(r["taxonomies"][0]["taxa"][s["target"]["index"]]["id"] == s["target"]["id"] for rule in d["rules"] for s in rule.get("relationships", []))' \
	'all([s["target"]["id"] for s in rule.get("relationships", [])] == rule["properties"]["cwe"] for rule in d["rules"])' \
	'[s["target"]["id"] for s in d["rules"][r["results"][0]["ruleIndex"]]["relationships"]] == ["CWE-667"]' \
	'all("## Good" in rule["help"]["markdown"] for rule in d["rules"])' \
	'all(n["fullDescription"]["text"] and n["help"]["text"] for n in d["notifications"])' \
	'r["invocations"][0]["toolExecutionNotifications"] == []'

# 25,010 results, 20 of them warnings, and one with a path of 1,500 steps
python3 - <<'P'
import copy
import json
report = json.load(open("bad.sarif"))
run = report["runs"][0]
first = run["results"][0]
first["codeFlows"][0]["threadFlows"][0]["locations"][:1] *= 1498
results = [first]
for number in range(1, 25010):
    result = {key: first[key] for key in ("level", "message", "properties")}
    result["locations"] = copy.deepcopy(first["locations"])
    result["locations"][0]["physicalLocation"]["region"] = {"startLine": 100 + number}
    result["ruleId"] = first["ruleId"] if number % 1250 else "lin-sem-imbalance"
    result["partialFingerprints"] = {"so2check/v1": f"{number:016x}"}
    results.append(result)
run["results"] = results
json.dump(report, open("many.sarif", "w"))
P
run 1 merge --format sarif -o cut.sarif many.sarif
sarif cut.sarif 'len(r["results"]) == 25000' \
	'sum(result["ruleId"] == "lin-sem-imbalance" for result in r["results"]) == 10' \
	'sum(result["ruleId"] == "lin-lock-held-on-exit" for result in r["results"]) == 24990' \
	'[n["message"]["text"].split(":")[0] for n in r["invocations"][0]["toolExecutionNotifications"]] == ["10 results are left out, the least grave", "1 paths are shortened in front of their last step"]' \
	'[len(flow["locations"]) for flow in r["results"][0]["codeFlows"][0]["threadFlows"]] == [1000]' \
	'r["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"][-1]["kinds"] == ["danger"]'
# and it is not forgotten
run 1 merge --format sarif -o again.sarif cut.sarif
sarif again.sarif '[n["descriptor"]["id"] for n in r["invocations"][0]["toolExecutionNotifications"]] == ["analysed-in-part"] * 2' \
	'any("left out" in n["message"]["text"] for n in r["invocations"][0]["toolExecutionNotifications"])'

finish
