#!/usr/bin/env python3
"""Memory of so2check's workers over many units in one run.

usage: memory.py --database FILE --so2check BIN [--units 2000] [-j 1] [--runs plain,cold,warm] [--samples FILE]

Takes N units of a compile database as bench.py does (spread over its folders, always the same ones), and checks
them in one run each: without a cache, with an empty one, with the one that run left. Twice a second it reads how
many units are done, from the progress line on a pseudo terminal, and the resident memory of each worker
(VmRSS, VmHWM). It prints the peak of each run, the resident memory at some numbers of units done (the median of a
window around each, the largest worker's) and the growth from the first to the last of them; --samples writes all that
was read as tab-separated values. The dearest units come first in a run: what they need is what a worker starts with.

Exits 1 when a worker passed --peak MB (400), when memory grew by more than --growth percent (5) from unit 200 to the
last mark, or when the program's exit status was neither 0, 1 nor 3, or a unit was lost with its worker.
"""
import argparse
import fcntl
import json
import os
import pty
import re
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

import bench as cpu

MARKS = (200, 500, 1000, 1500, 2000)
PROGRESS = re.compile(rb"\[(\d+)/\d+\]")
INTERVAL = 0.5


class Progress(threading.Thread):
    """What the progress line said last; it is read all the time, so that the program never waits."""

    def __init__(self, descriptor):
        super().__init__(daemon=True)
        self.descriptor, self.done, self.text = descriptor, 0, b""

    def run(self):
        while True:
            try:
                part = os.read(self.descriptor, 65536)
            except OSError:  # the other side is closed
                return
            if not part:
                return
            self.text = (self.text + part)[-4096:]
            seen = PROGRESS.findall(self.text)
            if seen:
                self.done = int(seen[-1]) - 1


def children(process):
    try:
        with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as handle:
            return [int(word) for word in handle.read().split()]
    except OSError:
        return []


def resident(process):
    """(VmRSS, VmHWM) in kB; None when it is gone."""
    try:
        with open(f"/proc/{process}/status", encoding="utf-8", errors="replace") as handle:
            fields = dict(line.split(":", 1) for line in handle if line.startswith("Vm"))
    except OSError:
        return None
    if "VmRSS" not in fields:
        return None
    return int(fields["VmRSS"].split()[0]), int(fields["VmHWM"].split()[0])


def open_terminal():
    """Both ends of a pseudo terminal that is wide enough for the line."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 200, 0, 0))
    return ours, theirs


def sample(process, progress, started, note):
    """One row for each worker and moment: seconds, units done, process, VmRSS, VmHWM. Each is noted at once."""
    samples = []
    while process.poll() is None:
        for child in children(process.pid):
            sizes = resident(child)
            if sizes:
                samples.append((time.monotonic() - started, progress.done, child, *sizes))
                note(samples[-1])
        time.sleep(INTERVAL)
    return samples


def run(options, files, cache, more, note):
    """Samples, exit status, units that were lost with their worker, seconds."""
    command = [options.so2check, "check", "-j", str(options.jobs), "-p", options.database, "--format", "json", *more]
    environment = {**os.environ, "XDG_CACHE_HOME": cache, "TERM": "xterm"}
    ours, theirs = open_terminal()
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        started = time.monotonic()
        process = subprocess.Popen([*command, "-o", report.name, *files], env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        progress = Progress(ours)
        progress.start()
        samples = sample(process, progress, started, note)
        seconds = time.monotonic() - started
        progress.join(1)
        os.close(ours)
        try:
            with open(report.name, encoding="utf-8") as handle:
                missing = json.load(handle)["notAnalysed"]
        except ValueError:
            missing = []
    return samples, process.returncode, [entry for entry in missing if "--jobs 0" in entry["reason"]], seconds


def at_mark(samples, mark, window):
    """The median of what the largest worker had while as many units were done, in kB; None: it was not reached."""
    by_time = {}
    for seconds, done, _, rss, _ in samples:
        if mark - window <= done <= mark + window:
            by_time[seconds] = max(rss, by_time.get(seconds, 0))
    return statistics.median(by_time.values()) if by_time else None


def describe(name, options, result):
    """Prints one run; gives whether it kept to the limits."""
    samples, status, lost, seconds = result
    peak = max((row[4] for row in samples), default=0) / 1024
    marks = [mark for mark in MARKS if mark < options.units] + [options.units]
    sizes = {mark: at_mark(samples, mark, max(25, options.units // 40)) for mark in marks}
    known = {mark: size for mark, size in sizes.items() if size}
    growth = None
    if len(known) > 1:
        first, last = known[min(known)], known[max(known)]
        growth = 100 * (last - first) / first
    workers = len({row[2] for row in samples})
    print(f"{name}: exit status {status}, {seconds:.0f} s, {workers} workers one after the other or side by side, "
          f"{len(lost)} units lost")
    for entry in lost:
        print(f"  lost: {entry['file']}: {entry['reason']}")
    print(f"  peak of a worker {peak:.0f} MB; at units " +
          ", ".join(f"{mark}: {size / 1024:.0f} MB" for mark, size in known.items()) +
          (f"; growth {growth:+.1f} %" if growth is not None else ""))
    return status in (0, 1, 3) and not lost and peak <= options.peak and (growth or 0) <= options.growth


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True)
    parser.add_argument("--so2check", required=True)
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("-j", "--jobs", type=int, default=1)
    parser.add_argument("--runs", default="plain,cold,warm")
    parser.add_argument("--samples")
    parser.add_argument("--peak", type=float, default=400)
    parser.add_argument("--growth", type=float, default=5)
    options = parser.parse_args()
    files = cpu.spread(cpu.load(options.database), options.units)
    options.units = len(files)
    is_good = True
    with tempfile.TemporaryDirectory() as cache, open(options.samples or os.devnull, "w", encoding="utf-8",
                                                      buffering=1) as table:
        print("run\tseconds\tdone\tprocess\trss_kb\tpeak_kb", file=table)
        for name in options.runs.split(","):
            result = run(options, files, cache, ["--no-cache"] if name == "plain" else [],
                         lambda row, name=name: print(name, f"{row[0]:.1f}", *row[1:], sep="\t", file=table))
            is_good &= describe(name, options, result)
            sys.stdout.flush()
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
