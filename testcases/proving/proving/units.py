"""Units: a source file with the flags it is compiled with."""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Unit:
    key: str  # unique name
    path: Path  # the file to check
    directory: Path  # where its compile command runs
    arguments: tuple[str, ...]  # flags alone: no compiler, -c, -o, -MMD, no source
    system: str  # linux or windows
    home: Path | None = None  # a mutant's: folder of its original, for its #include "..."


def flags_of(command: list[str], source: str) -> tuple[str, ...]:
    """The flags of a compile command, without what names outputs and the source."""
    flags, words = [], iter(command[1:])
    for word in words:
        if word == "-o":
            next(words, None)
        elif word != "-c" and word != source and not word.startswith(("-Wp,-MMD", "-Wp,-MD")):
            flags.append(word)
    return tuple(flags)


def from_database(path: Path) -> dict[str, Unit]:
    """Absolute source path -> unit, for a compile database of a Linux kernel."""
    units = {}
    for entry in json.loads(path.read_text()):
        command = entry.get("arguments") or shlex.split(entry["command"])
        file = os.path.normpath(os.path.join(entry["directory"], entry["file"]))
        source = next((w for w in command if os.path.normpath(os.path.join(entry["directory"], w)) == file), command[-1])
        units[file] = Unit(file, Path(file), Path(entry["directory"]), flags_of(command, source), "linux")
    return units
