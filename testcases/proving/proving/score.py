"""Does a checker find a mutant?

It does when its reports on the mutant hold one that its reports on the original do not, in the faulty
function or with a step of its path there: loosely any such report, strictly one that names the fault.
Reports are compared without line numbers, which the fault shifts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from .generate import Mutant
from .operators import Operator
from .source import Source, Unreadable
from .tools import Outcome, Report


@dataclass(frozen=True)
class Score:
    mutant: str
    operator: str
    tool: str
    strict: bool
    loose: bool
    failed: str | None
    reports: tuple[str, ...]  # what is new, for a reader


class FunctionLines:
    """Line -> name of the function around it."""

    def __init__(self, source: Source):
        self._spans = sorted((source.line(f.start), source.line(f.end), f.name) for f in source.functions)
        self._starts = [span[0] for span in self._spans]

    def at(self, line: int) -> str:
        place = bisect_right(self._starts, line) - 1
        return self._spans[place][2] if place >= 0 and line <= self._spans[place][1] else ""


def function_lines(path) -> FunctionLines | None:
    try:
        return FunctionLines(Source(path))
    except Unreadable:
        return None


def _identity(report: Report, lines: FunctionLines) -> tuple[str, str, str]:
    message = re.sub(r"\d+", "#", report.message)
    return report.kind, message, report.function or lines.at(report.line)


def new_reports(before: list[Report], after: list[Report], old: FunctionLines, new: FunctionLines) -> list[Report]:
    """Reports of the mutant that the original has not, or has fewer of."""
    known = Counter(_identity(report, old) for report in before)
    fresh = []
    for report in after:
        identity = _identity(report, new)
        if known[identity] > 0:
            known[identity] -= 1
        else:
            fresh.append(report)
    return fresh


def in_function(report: Report, name: str, lines: FunctionLines) -> bool:
    return (report.function or lines.at(report.line)) == name or any(lines.at(step) == name for step in report.trail)


def is_strict(report: Report, operator: Operator) -> bool:
    if report.tool == "so2check":
        return report.kind in operator.rules
    return operator.peers.search(f"{report.kind}: {report.message}") is not None


def score(mutant: Mutant, operator: Operator, tool: str, before: Outcome, after: Outcome,
          old: FunctionLines, new: FunctionLines) -> Score:
    failed = before.failed or after.failed
    fresh = new_reports(before.reports, after.reports, old, new)
    hits = [report for report in fresh if in_function(report, mutant.function, new)]
    shown = tuple(f"{r.line}: {r.message} [{r.kind}]" for r in (hits or fresh))
    return Score(mutant.id, mutant.operator, tool, any(is_strict(r, operator) for r in hits), bool(hits), failed, shown)
