"""Runs a program with a limit of CPU time and measures what it used.

The limit is one of CPU seconds for each process: the same run ends at the same place on a busy machine.
A limit of wall-clock time, much longer, only catches what sleeps.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

_LIMITED = 'ulimit -t "$1" && shift && exec "$@"'
_WALL_FACTOR = 6
_MOST_OUTPUT = 32 << 20


@dataclass(frozen=True)
class Result:
    """How a program ended. `cpu` counts the processes that it started too."""

    status: int
    stdout: str
    stderr: str
    cpu: float
    timed_out: bool = False


def run(command: Sequence[str], directory: Path, folder: Path, timeout: int) -> Result:
    """Runs `command` in `directory`; its output goes by files in `folder`, so that it may be long."""
    out, err = folder / "stdout", folder / "stderr"
    with open(out, "wb") as stdout, open(err, "wb") as stderr:
        try:
            child = subprocess.Popen(
                ["sh", "-c", _LIMITED, "sh", str(timeout), *command],
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )
        except OSError as error:
            return Result(-1, "", f"cannot run: {error}", 0.0)
        status, cpu, stopped = _wait(child, timeout * _WALL_FACTOR)
    result = Result(status, _read(out), _read(err), cpu, stopped or (status != 0 and cpu >= timeout - 0.5))
    out.unlink()
    err.unlink()
    return result


def _wait(child: subprocess.Popen[bytes], seconds: int) -> tuple[int, float, bool]:
    stopped = threading.Event()

    def stop() -> None:
        stopped.set()
        os.killpg(child.pid, signal.SIGKILL)

    timer = threading.Timer(seconds, stop)
    timer.start()
    _, status, usage = os.wait4(child.pid, 0)
    timer.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_utime + usage.ru_stime, stopped.is_set()


def _read(file: Path) -> str:
    with open(file, "rb") as stream:
        return stream.read(_MOST_OUTPUT).decode("utf-8", "replace")


def version_of(command: Sequence[str]) -> str:
    """The first line that `command` prints; "not installed" when there is no such program."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return "not installed"
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[0].strip() if lines else "unknown"
