"""Clang's analyzer with the checkers that are on by default, as the kernel's `make clang-analyzer`.

The notes of a report are its trail. The compiler's own warnings are off: they are not the analyzer's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ..units import Unit
from .base import Report, UnitTool, diagnostics, first_error, is_own
from .flags import clang_flags
from .process import Result

_ANALYZE = (
    "--analyze -w -Qunused-arguments -Xclang -analyzer-output=text -fno-caret-diagnostics -fno-color-diagnostics "
    "-o /dev/null"
).split()
_KIND = re.compile(r"^(?P<message>.*) \[(?P<kind>[\w.,-]+)\]$")


class ClangAnalyzer(UnitTool):
    name = "clang-analyzer"
    systems = ("linux", "windows")

    def __init__(self, program: str = "clang-19") -> None:
        self.program = program
        self.version_command = (program, "--version")

    def command(self, unit: Unit, folder: Path) -> list[str]:
        return [self.program, *clang_flags(unit), *_ANALYZE, str(unit.path)]

    def read(self, unit: Unit, result: Result) -> tuple[list[Report], str | None]:
        found = diagnostics(result.stderr)
        failed = first_error(found)
        if failed is None and result.status != 0:
            failed = f"exit status {result.status}"
        return self._reports(unit, result.stderr), failed

    def _reports(self, unit: Unit, text: str) -> list[Report]:
        reports: list[Report] = []
        is_kept = False
        for item in diagnostics(text):
            own = is_own(item.file, unit)
            match = _KIND.match(item.message)
            if item.severity == "warning":
                is_kept = own and match is not None
                if match and own:
                    reports.append(Report(self.name, item.line, match["kind"], "warning", match["message"]))
            elif item.severity == "note" and is_kept and own:
                reports[-1] = replace(reports[-1], trail=(*reports[-1].trail, item.line))
        return reports
