"""Sparse, with the flags of the kernel's own `make C=2` (CHECKFLAGS of its Makefile).

Sparse takes the whole command line and leaves out what it does not know. It has no -iquote, and names
no checks: the kind is the message without names and numbers. It goes on after errors and still
follows the contexts of the other functions.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ..units import Unit
from .base import Diagnostic, Report, UnitTool, diagnostics, first_error, is_own
from .flags import home_flags, split_flags, wdk_flags, windows_folders
from .process import Result

_KERNEL = (
    "-D__linux__ -Dlinux -D__STDC__ -Dunix -D__unix__ -Wbitwise -Wno-return-void -Wno-unknown-attribute "
    "--arch=x86 -mlittle-endian -m64 -D__x86_64__"
).split()
_WINDOWS = (
    "-m64 -D__x86_64__ -fshort-wchar -D_WIN32 -D_WIN64 -D__MINGW32__ -D__MINGW64__ -D_UCRT -D_REENTRANT "
    "-D__cdecl= -D__stdcall= -D__fastcall= -D__declspec(x)= -D__has_attribute(x)=0 -D__has_include(x)=1 "
    "-D__has_include_next(x)=1 -Wno-unknown-attribute -Wno-decl"
).split()
# Sparse also calls findings errors (address spaces in comparisons); these mean that it could not read the source.
_UNREADABLE = re.compile(
    r"[Ee]xpected |got |unable to |undefined identifier|undefined preprocessor|too many errors|"
    r"not a function|typename in expression|Trying to use reserved word|No such file"
)
_FUNCTION = re.compile(r"context imbalance in '(\w+)'")


class Sparse(UnitTool):
    name = "sparse"
    systems = ("linux", "windows")
    version_command = ("sparse", "--version")

    def command(self, unit: Unit, folder: Path) -> list[str]:
        flags = ["sparse", "-fmax-warnings=unlimited"]
        if unit.system == "linux":
            flags += [*_KERNEL, *unit.arguments]
        else:
            flags += [*_WINDOWS, *unit.arguments, *wdk_flags(unit)]
            flags += [f"-I{folder}" for folder in windows_folders(unit)]
        return [*_with_plain_folders(flags), *home_flags(unit, "-I"), str(unit.path)]

    def read(self, unit: Unit, result: Result) -> tuple[list[Report], str | None]:
        found = _joined(diagnostics(result.stderr + result.stdout))
        reports = [
            Report(self.name, item.line, kind(item.message), item.severity, item.message, (), function(item.message))
            for item in found
            if item.severity in ("warning", "error") and is_own(item.file, unit)
        ]
        failed = first_error(item for item in found if _UNREADABLE.match(item.message))
        if failed is None and result.status not in (0, 1):
            failed = f"exit status {result.status}"
        return reports, failed


def _with_plain_folders(flags: list[str]) -> list[str]:
    groups = split_flags(flags)
    return [word for group in groups for word in (["-I", *group[1:]] if group[0] == "-iquote" else group)]


def _joined(found: list[Diagnostic]) -> list[Diagnostic]:
    """Indented lines ("expected ...", "got ...") go on with the message before them."""
    joined: list[Diagnostic] = []
    for item in found:
        if item.severity == "continued" and joined:
            joined[-1] = replace(joined[-1], message=f"{joined[-1].message}; {item.message.strip()}")
        else:
            joined.append(item)
    return joined


def kind(message: str) -> str:
    """A name for the check: the message without what is particular to the place."""
    words = message.split(";")[0]
    words = re.sub(r" in '[^']*'|'[^']*'|\(.*\)|\b\d\w*|:.*", " ", words)
    words = re.sub(r"\brestricted \w+", "restricted", words)
    return re.sub(r"[^a-z]+", "-", words.lower()).strip("-")


def function(message: str) -> str | None:
    match = _FUNCTION.match(message)
    return match[1] if match else None
