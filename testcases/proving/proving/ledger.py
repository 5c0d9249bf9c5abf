"""The triage ledger: what each finding on the untouched corpora was worth, read by hand.

ledger/*.tsv, one line a finding: fingerprint, file, rule, severity, function, verdict, reason. Verdicts: true (a
fault of the code), false (the code is right, or the path can not happen), style (right to the letter, harmless), mended
(was false, so2check was mended and must not report it again; the gate watches). A finding that has no line is
untriaged, and is neither counted for nor against so2check.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable

from .tools import Outcome

VERDICTS = ("true", "false", "style", "mended")
HEADER = ("fingerprint", "file", "rule", "severity", "function", "verdict", "reason")


class LedgerError(Exception):
    """A broken line; the message names file, line and field."""


@dataclass(frozen=True)
class Verdict:
    fingerprint: str
    file: str
    rule: str
    severity: str
    function: str
    verdict: str
    reason: str


@dataclass(frozen=True)
class Seen:
    """A finding of a run and what the ledger says of it (None: untriaged)."""

    unit: str
    line: int
    rule: str
    severity: str
    function: str
    message: str
    fingerprint: str
    verdict: Verdict | None


def read(path: Path) -> list[Verdict]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if number == 1 or not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) != len(HEADER):
            raise LedgerError(f"{path}:{number}: {len(fields)} fields, expected {len(HEADER)}: {', '.join(HEADER)}")
        row = Verdict(*(field.strip() for field in fields))
        if row.verdict not in VERDICTS:
            raise LedgerError(f"{path}:{number}: verdict: '{row.verdict}' is none of {', '.join(VERDICTS)}")
        if not row.reason:
            raise LedgerError(f"{path}:{number}: reason: is empty")
        rows.append(row)
    return rows


def read_all(folder: Path) -> dict[tuple[str, str], Verdict]:
    """(unit key, fingerprint) -> verdict. The name of a ledger's file is the corpus: linux-6.1 -> linux/."""
    table = {}
    for path in sorted(folder.glob("*.tsv")):
        corpus = path.stem.split("-")[0]
        for row in read(path):
            table[f"{corpus}/{row.file}", row.fingerprint] = row
    return table


def match(outcomes: dict[str, Outcome], verdicts: dict[tuple[str, str], Verdict]) -> list[Seen]:
    """The findings of so2check on the originals, each with its verdict; the project's own drivers have markers instead."""
    seen = []
    for key in sorted(outcomes):
        for report in outcomes[key].reports if not key.startswith("own/") else ():
            fingerprint = report.fingerprint or ""
            seen.append(Seen(key, report.line, report.kind, report.severity, report.function or "", report.message,
                             fingerprint, verdicts.get((key, fingerprint))))
    return seen


def precision(seen: Iterable[Seen], severity: str) -> Counter[str]:
    """How many findings of a severity have which verdict; "untriaged" for none."""
    return Counter(_counted(s) for s in seen if s.severity == severity)


def _counted(item: Seen) -> str:
    if item.verdict is None:
        return "untriaged"
    return "false" if item.verdict.verdict == "mended" else item.verdict.verdict
