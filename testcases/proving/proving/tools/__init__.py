"""The checkers, each behind the same interface: a list of units in, reports by unit out.

A tool has a name, the systems whose sources it can parse, version() and run(). One process is run for
each unit (Coccinelle: for each script and batch of units); CPU time is that of these processes. A limit
of CPU seconds, not of wall-clock time, ends a run, so that a busy machine changes no result.
"""

from __future__ import annotations

from pathlib import Path

from ..units import Unit
from .base import Outcome, Report, Tool
from .clang_analyzer import ClangAnalyzer
from .coccinelle import Coccinelle
from .cppcheck import Cppcheck
from .gcc_analyzer import GccAnalyzer
from .so2check import So2check
from .sparse import Sparse

__all__ = [
    "ClangAnalyzer",
    "Coccinelle",
    "Cppcheck",
    "GccAnalyzer",
    "Outcome",
    "Report",
    "So2check",
    "Sparse",
    "Tool",
    "Unit",
    "all_tools",
]


def all_tools(so2check: Path | str, scripts: Path | str) -> list[Tool]:
    """Every checker; `so2check` is the program, `scripts` the kernel's scripts/coccinelle."""
    return [
        So2check(so2check),
        Sparse(),
        ClangAnalyzer(),
        GccAnalyzer(),
        Cppcheck(),
        Coccinelle(scripts),
    ]
