"""The results as tables: TSV for programs, Markdown for readers."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

from .ledger import Seen, precision
from .operators import CORE_GROUPS, GROUPS
from .run import Results

SUBJECT = "so2check"
ALONE = "so2check on all mutants"


class Tally:
    """Found and all, strictly and loosely."""

    def __init__(self) -> None:
        self.strict = self.loose = self.all = 0

    def add(self, strict: bool, loose: bool) -> None:
        self.strict, self.loose, self.all = self.strict + strict, self.loose + loose, self.all + 1

    @property
    def percent(self) -> float:
        return 100.0 * self.strict / self.all if self.all else 0.0

    def __str__(self) -> str:
        if not self.all:
            return "-"
        return str(self.strict) if self.strict == self.loose else f"{self.strict} ({self.loose})"


def tally(results: Results) -> dict[tuple[str, str], Tally]:
    """(operator or group or "all", tool) -> counts over the mutants that every tool saw, and under ALONE what so2check
    made of all mutants. A tool that can not read a system has nothing there."""
    table: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for score in results.scores:
        tools = [score.tool] if score.mutant in results.shared else []
        tools += [ALONE] if score.tool == SUBJECT else []
        operator = results.operators[score.operator]
        for row in (operator.id, f"group {operator.group}", f"system {operator.system}", "all"):
            for tool in tools:
                table[row, tool].add(score.strict, score.loose)
    return table


def below_target(results: Results) -> list[str]:
    """Operators under their recall target: 90 % for the core groups, 80 % for the others."""
    table = tally(results)
    low = []
    for operator in results.operators.values():
        row = table[operator.id, ALONE]
        target = 90 if operator.group in CORE_GROUPS else 80
        if row.all and row.percent < target:
            low.append(f"{operator.id}: {row.strict} of {row.all}, target {target} %")
    return low


def noise(results: Results, tool: str, system: str = "") -> tuple[int, int, float]:
    """(reports, lines, reports per 1,000 lines) on the originals that the tool could analyse."""
    reports = lines = 0
    for key, outcome in results.originals[tool].items():
        if not key.startswith("own/") and key.startswith(system) and not outcome.failed:
            reports += len(outcome.reports)
            lines += results.lines[key]
    return reports, lines, 1000.0 * reports / lines if lines else 0.0


def cpu(results: Results, tool: str) -> tuple[float, int, int]:
    """(CPU seconds, units, units that failed) over originals and mutants."""
    outcomes = [*results.originals[tool].values(), *results.mutated[tool].values()]
    return sum(o.cpu for o in outcomes), len(outcomes), sum(o.failed is not None for o in outcomes)


def markdown_recall(results: Results, rows: list[str]) -> str:
    table, tools = tally(results), list(results.versions)
    lines = [f"| | {ALONE} | mutants for every checker | " + " | ".join(tools) + " |", "| --- |" + " ---: |" * (len(tools) + 2)]
    for row in rows:
        alone = table[row, ALONE]
        count = max((table[row, tool].all for tool in tools), default=0)
        if count:
            own = f"{alone.strict} of {alone.all} ({alone.percent:.0f} %)" if alone.all else "-"
            cells = " | ".join(str(table[row, tool]) for tool in tools)
            lines.append(f"| {row.removeprefix('group ')} | {own} | {count} | {cells} |")
    return "\n".join(lines)


def markdown_tools(results: Results) -> str:
    lines = ["| checker | reports per 1,000 lines of originals | CPU seconds per unit | units | not analysed | version |",
             "| --- | ---: | ---: | ---: | ---: | --- |"]
    for tool, version in results.versions.items():
        seconds, units, failed = cpu(results, tool)
        lines.append(f"| {tool} | {noise(results, tool)[2]:.2f} | {seconds / max(units, 1):.2f} | {units} | {failed} | {version} |")
    return "\n".join(lines)


def markdown_precision(results: Results, seen: list[Seen]) -> str:
    total = sum(n for key, n in results.lines.items() if not key.startswith("own/"))
    lines = ["| severity | true | style | false | untriaged | per 1,000 lines |", "| --- |" + " ---: |" * 5]
    for severity in ("error", "warning", "note"):
        count = precision(seen, severity)
        each = [str(count[v]) for v in ("true", "style", "false", "untriaged")]
        lines.append(f"| {severity} | " + " | ".join(each) + f" | {1000 * sum(count.values()) / max(total, 1):.2f} |")
    return "\n".join(lines)


def markdown(results: Results, seen: list[Seen]) -> str:
    """The whole report."""
    groups = [f"group {group}" for group in GROUPS]
    best = best_peer(results)
    low = below_target(results)
    parts = [
        f"Seed {results.seed}, up to {results.per_operator} mutants an operator, {len(results.mutants)} mutants of "
        f"{len({m.original.key for m in results.mutants})} drivers, {len(results.operators)} operators.",
        "A figure is the number of mutants found strictly, i.e. by a report that names the fault; in brackets with any new report in the "
        f"faulty function. The other checkers were run on the first mutants of each operator, {len(results.shared)} in all.",
        "## By group", markdown_recall(results, [*groups, "system linux", "system windows", "all"]),
        f"Best peer: {best[0]} with {best[1]}; so2check finds {best[2]:.1f} times as many (loosely scored for both: {best[3]:.1f} times)."
        if best else "",
        "## By operator", markdown_recall(results, list(results.operators)),
        "Under target: " + ("; ".join(low) if low else "none") + ".",
        "## Noise and cost", markdown_tools(results),
        "## Precision of so2check on the untouched drivers", markdown_precision(results, seen),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def short_markdown(results: Results, seen: list[Seen]) -> str:
    """For the README: recall by group and what the noise is."""
    errors = precision(seen, "error")
    judged = errors["true"] + errors["style"] + errors["false"]
    lines = sum(n for key, n in results.lines.items() if not key.startswith("own/"))
    return "\n\n".join([
        markdown_recall(results, [*(f"group {group}" for group in GROUPS), "all"]),
        f"Mutants found by a report that names the fault; in brackets by any new report in the faulty function. On the untouched "
        f"drivers ({lines:,} lines) so2check reports {sum(errors.values())} errors, {errors['true']} of {judged} judged true.",
    ]) + "\n"


def splice(path: Path, text: str) -> None:
    """Puts `text` between the markers of a document."""
    begin, end = "<!-- results: begin -->\n", "<!-- results: end -->"
    document = path.read_text(encoding="utf-8")
    before, _, rest = document.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"{path}: no markers '{begin.strip()}' and '{end}'")
    path.write_text(before + begin + "\n" + text + "\n" + end + after, encoding="utf-8")


def best_peer(results: Results) -> tuple[str, int, float, float] | None:
    """(name, strict hits, how many times as many so2check has, the same loosely) over mutants that the peer can read."""
    table = tally(results)
    peers = [tool for tool in results.versions if tool != SUBJECT]
    if not peers:
        return None
    best = max(peers, key=lambda tool: table["all", tool].strict)
    loosest = max(table["all", tool].loose for tool in peers)
    own = table["all", SUBJECT]
    return best, table["all", best].strict, own.strict / max(table["all", best].strict, 1), own.loose / max(loosest, 1)


def tsv(results: Results) -> str:
    """One line an operator and tool, behind comment lines with seed and versions."""
    table, out = tally(results), io.StringIO()
    out.write(f"# seed {results.seed}, per operator {results.per_operator}\n")
    for tool, version in results.versions.items():
        seconds, units, failed = cpu(results, tool)
        reports, lines, _ = noise(results, tool)
        out.write(f"# {tool}: {version}; {seconds:.0f} CPU s, {units} units, {failed} not analysed, "
                  f"{reports} reports on {lines} lines of originals\n")
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    rows.writerow(["operator", "group", "system", "places", "tool", "mutants", "strict", "loose"])
    for operator in results.operators.values():
        for tool in (*results.versions, ALONE):
            cell = table[operator.id, tool]
            rows.writerow([operator.id, operator.group, operator.system, results.places[operator.id], tool, cell.all,
                           cell.strict, cell.loose])
    return out.getvalue()


def misses(results: Results, tool: str = SUBJECT) -> str:
    """The mutants that so2check does not find strictly, for whoever closes the gaps."""
    by_id = {mutant.id: mutant for mutant in results.mutants}
    lines = []
    for score in results.scores:
        if score.tool == tool and not score.strict:
            mutant = by_id[score.mutant]
            kind = "loose" if score.loose else "missed"
            lines.append("\t".join([kind, mutant.operator, mutant.original.key, f"{mutant.line}", mutant.function, mutant.detail,
                                    str(mutant.unit.path), score.failed or "", " / ".join(score.reports[:3])]))
    return "\n".join(lines) + "\n"


def write(folder: Path, results: Results, seen: list[Seen]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.tsv").write_text(tsv(results), encoding="utf-8")
    (folder / "table.md").write_text(markdown(results, seen), encoding="utf-8")
    (folder / "short.md").write_text(short_markdown(results, seen), encoding="utf-8")
    (folder / "misses.tsv").write_text(misses(results), encoding="utf-8")
