#!/usr/bin/env python3
"""CPU of so2check against `clang -fsyntax-only` on the same files in one run.

usage: cpu.py --database FILE --so2check BIN [--clang clang-19] [--files N] [--list FILE]

Picks N files of a compile database (default 150), spread evenly over its folders and always the
same ones for the same database, runs both tools over them and prints user + system seconds and the
ratio. --list writes the chosen files. Exits 1 when the ratio is above --limit (default 1.3).
"""
import argparse
import hashlib
import json
import os
import resource
import shlex
import subprocess
import sys
from collections import defaultdict


def load(path):
    with open(path, encoding="utf-8") as handle:
        entries = json.load(handle)
    by_file = {}
    for entry in entries:
        name = os.path.normpath(os.path.join(entry["directory"], entry["file"]))
        by_file.setdefault(name, entry)
    return by_file


def spread(by_file, count):
    """Round robin over the folders, so that no folder rules the sample."""
    folders = defaultdict(list)
    # By a hash of the name rather than by the name: not the first files of each folder.
    for name in sorted(by_file, key=lambda name: hashlib.sha1(os.path.basename(name).encode()).digest()):
        folders[os.path.dirname(name)].append(name)
    queues = [folders[name] for name in sorted(folders)]
    chosen = []
    depth = 0
    while len(chosen) < count and any(depth < len(queue) for queue in queues):
        for queue in queues:
            if depth < len(queue) and len(chosen) < count:
                chosen.append(queue[depth])
        depth += 1
    return sorted(chosen)


def children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def clang_args(entry):
    args = entry.get("arguments") or shlex.split(entry["command"])
    kept, skip = [], False
    for arg in args[1:]:
        if skip:
            skip = False
        elif arg == "-o":
            skip = True
        elif arg != "-c" and not arg.startswith("-Wp,-M"):
            kept.append(arg)
    return kept + ["-fsyntax-only", "-w"]


def run_clang(clang, by_file, files):
    start = children_cpu()
    for name in files:
        entry = by_file[name]
        subprocess.run([clang] + clang_args(entry), cwd=entry["directory"], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return children_cpu() - start


def run_so2check(binary, database, files):
    start = children_cpu()
    done = subprocess.run([binary, "check", "-p", database, "--format", "json"] + files, check=False,
                          stdout=subprocess.DEVNULL)
    return children_cpu() - start, done.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True)
    parser.add_argument("--so2check", required=True)
    parser.add_argument("--clang", default="clang-19")
    parser.add_argument("--files", type=int, default=150)
    parser.add_argument("--list")
    parser.add_argument("--limit", type=float, default=1.3)
    options = parser.parse_args()
    by_file = load(options.database)
    files = spread(by_file, options.files)
    if options.list:
        with open(options.list, "w", encoding="utf-8") as handle:
            handle.write("\n".join(files) + "\n")
    clang = run_clang(options.clang, by_file, files)
    ours, status = run_so2check(options.so2check, options.database, files)
    print(f"files            {len(files)}")
    print(f"clang            {clang:.1f} s CPU")
    print(f"so2check         {ours:.1f} s CPU (exit status {status})")
    print(f"ratio            {ours / clang:.2f} (limit {options.limit})")
    return 0 if ours <= options.limit * clang and status in (0, 1) else 1


if __name__ == "__main__":
    sys.exit(main())
