"""The flags of a unit in the form that each checker takes.

Linux units bear the flags of a kernel build with clang; sources for Windows bear an include folder or
none, and the rest is what a compiler for Windows would set by itself: the C library's headers beside
Wine's, or the kernel headers of mingw-w64 with the completions that so2check brings.
"""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Sequence

from ..units import Unit

MINGW = Path("/usr/share/mingw-w64/include")
COMPLETIONS = Path(__file__).resolve().parents[4] / "checker/frontend/headers/windows"

# Windows 10 on x64, kernel mode, as so2check reads drivers.
_WDK = (
    "-D_AMD64_ -D_WIN32_WINNT=0x0A00 -DWINVER=0x0A00 -DNTDDI_VERSION=0x0A000005 -D_KERNEL_MODE=1 -DDBG=1"
).split()
_CLANG_WINDOWS = "--target=x86_64-w64-windows-gnu -fms-extensions -std=gnu17 -nostdlibinc -D_UCRT".split()
_PREPROCESSOR = ("-I", "-D", "-U", "-include", "-isystem", "-iquote", "-idirafter", "-imacros")


def home_flags(unit: Unit, option: str = "-iquote") -> list[str]:
    """What lets a mutant find the headers beside its original."""
    return [option, str(unit.home)] if unit.home else []


def split_flags(arguments: Sequence[str]) -> list[list[str]]:
    """The flags in groups: a flag, with its value where that is a word of its own."""
    groups: list[list[str]] = []
    words = iter(arguments)
    for word in words:
        groups.append([word])
        if word in _PREPROCESSOR or word in ("-Xclang", "-x", "-target"):
            value = next(words, None)
            groups[-1] += [value] if value is not None else []
    return groups


def without(arguments: Sequence[str], prefixes: Iterable[str]) -> list[str]:
    """The flags that do not start with any of the prefixes."""
    unwanted = tuple(prefixes)
    return [word for group in split_flags(arguments) if not group[0].startswith(unwanted) for word in group]


def include_folders(unit: Unit) -> list[Path]:
    """The folders of -I, -isystem and -iquote, absolute."""
    folders = []
    for group in split_flags(unit.arguments):
        for option in ("-isystem", "-iquote", "-I"):
            if group[0].startswith(option):
                value = group[1] if len(group) > 1 else group[0][len(option) :]
                folders.append(unit.directory / value)
                break
    return folders


def c_library(unit: Unit) -> Path | None:
    """The folder of Wine's own C library headers, when the unit is built with Wine's headers."""
    folders = [folder / "msvcrt" for folder in include_folders(unit)]
    return next((folder for folder in folders if folder.is_dir()), None)


def windows_folders(unit: Unit) -> list[Path]:
    """The system's header folders of a source for Windows."""
    library = c_library(unit)
    if library:
        return [library]
    return [COMPLETIONS, MINGW, MINGW / "ddk"]


def wdk_flags(unit: Unit) -> list[str]:
    """What a driver for the WDK's headers needs besides the folders; nothing for a unit of Wine."""
    if c_library(unit):
        return []
    forced = [word for name in ("so2check_sal.h", "so2check_wpp.h") for word in ("-include", str(COMPLETIONS / name))]
    return [*_WDK, *forced]


def clang_flags(unit: Unit) -> list[str]:
    """Everything but the source that clang needs to compile the unit."""
    system: list[str] = []
    if unit.system == "windows":
        system = [*_CLANG_WINDOWS, *wdk_flags(unit)]
        for folder in windows_folders(unit):
            system += ["-isystem", str(folder)]
    return [*unit.arguments, *system, *home_flags(unit)]
