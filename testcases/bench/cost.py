#!/usr/bin/env python3
"""Cost of the engine against the size of functions, over a corpus of drivers.

usage: cost.py --database FILE --so2check BIN (--list FILE | --files N) [--svg FILE] [--tsv FILE]

Reads `so2check check --dump=cost`, one line for each group of functions (nearly always one function): steps
of code, blocks, steps that the engine executed, CPU microseconds. Prints how the executed steps and the time grow
with the steps of code (the exponent of the power law that fits best, by least squares over the medians of size
classes), the dearest functions and the dearest files. --svg draws all of them; --tsv writes the lines.
"""
import argparse
import math
import statistics
import subprocess
import sys
from collections import defaultdict
from typing import NamedTuple

from bench import load, spread

SMALLEST = 8  # steps of code: below it is mostly what every function costs


class Cost(NamedTuple):
    file: str
    function: str
    functions: int
    insns: int
    blocks: int
    steps: int
    microseconds: int


def read_costs(text):
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) == len(Cost._fields):
            yield Cost(fields[0], fields[1], *map(int, fields[2:]))


def classes(costs, value):
    """(size, median value) of classes of functions, each a quarter larger than the one before."""
    found = defaultdict(list)
    for cost in costs:
        if cost.insns >= SMALLEST:
            found[round(math.log(cost.insns) / math.log(1.25))].append(cost)
    for number in sorted(found):
        if len(found[number]) >= 5:
            yield (statistics.median(cost.insns for cost in found[number]),
                   statistics.median(value(cost) for cost in found[number]))


def exponent(points):
    points = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    middle_x, middle_y = (statistics.fmean(values) for values in zip(*points))
    return (sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points))


def share_of_dearest(costs, percent):
    times = sorted((cost.microseconds for cost in costs), reverse=True)
    return sum(times[:max(1, len(times) * percent // 100)]) / sum(times)


# ---- the plot -------------------------------------------------------------------------------------------------------

WIDTH, HEIGHT, MARGIN = 720, 460, 64


class Axis:
    def __init__(self, low, high, start, end):
        self.low, self.high, self.start, self.end = math.log10(low), math.log10(high), start, end

    def at(self, value):
        part = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)

    def marks(self):
        return [10 ** power for power in range(math.ceil(self.low), math.floor(self.high) + 1)]


def drawn(costs, slope):
    across = Axis(1, max(cost.insns for cost in costs) * 1.2, MARGIN, WIDTH - 16)
    up = Axis(1, max(cost.microseconds for cost in costs) * 1.5, HEIGHT - MARGIN, 16)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for mark in across.marks():
        lines.append(f'<path d="M{across.at(mark):.1f} 16V{HEIGHT - MARGIN}" stroke="#ddd"/>'
                     f'<text x="{across.at(mark):.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{mark:,}</text>')
    for mark in up.marks():
        name = f"{mark} µs" if mark < 1000 else f"{mark // 1000} ms" if mark < 1000000 else f"{mark // 1000000} s"
        lines.append(f'<path d="M{MARGIN} {up.at(mark):.1f}H{WIDTH - 16}" stroke="#ddd"/>'
                     f'<text x="{MARGIN - 6}" y="{up.at(mark) + 4:.1f}" text-anchor="end">{name}</text>')
    # Functions of one place in the plot are one dot: thousands would be as many bytes for nothing.
    dots = sorted({(round(across.at(cost.insns)), round(up.at(max(1, cost.microseconds)))) for cost in costs})
    lines.append('<g fill="#1565c0" fill-opacity="0.35">' + "".join(f'<circle cx="{x}" cy="{y}" r="1.6"/>' for x, y in dots) + "</g>")
    medians = " ".join(f"{across.at(x):.1f},{up.at(max(1, y)):.1f}" for x, y in classes(costs, lambda cost: cost.microseconds))
    lines.append(f'<polyline points="{medians}" fill="none" stroke="#c62828" stroke-width="2"/>')
    lines.append(f'<text x="{WIDTH // 2}" y="{HEIGHT - 16}" text-anchor="middle">steps of code in the function</text>'
                 f'<text x="{MARGIN + 10}" y="32" fill="#c62828">median, grows with the power {slope:.2f}</text></svg>')
    return "\n".join(lines) + "\n"


# ---- the run ------------------------------------------------------------------------------------------------------------

def print_table(title, rows):
    print(f"\n{title}")
    for row in rows:
        print("  " + row)


def report(costs):
    by_file = defaultdict(list)
    for cost in costs:
        by_file[cost.file].append(cost)
    total = sum(cost.microseconds for cost in costs)
    steps, time = (exponent(classes(costs, value)) for value in (lambda c: c.steps, lambda c: c.microseconds))
    print(f"{sum(cost.functions for cost in costs)} functions of {len(by_file)} files, {total / 1e6:.2f} s in the engine, "
          f"{1000 * total / max(1, sum(cost.insns for cost in costs)):.0f} ns a step of code")
    print(f"executed steps grow with the power {steps:.2f} of the steps of code, CPU time with {time:.2f}")
    print(f"the dearest 1 % of the functions take {100 * share_of_dearest(costs, 1):.0f} % of the time")
    dearest = sorted(costs, key=lambda cost: -cost.microseconds)[:20]
    print_table("dearest functions (ms, steps of code, blocks, executed steps)", (
        f"{cost.microseconds / 1000:8.1f} {cost.insns:6} {cost.blocks:5} {cost.steps:7} {cost.function} ({cost.file})" for cost in dearest))
    files = sorted(by_file.items(), key=lambda item: -sum(cost.microseconds for cost in item[1]))[:20]
    print_table("dearest files (ms, functions)", (
        f"{sum(cost.microseconds for cost in found) / 1000:8.1f} {len(found):5} {name}" for name, found in files))
    return time


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True)
    parser.add_argument("--so2check", required=True)
    parser.add_argument("--list", help="files, one a line")
    parser.add_argument("--files", type=int, default=150)
    parser.add_argument("--svg")
    parser.add_argument("--tsv")
    options = parser.parse_args()
    if options.list:
        with open(options.list, encoding="utf-8") as handle:
            files = handle.read().split()
    else:
        files = spread(load(options.database), options.files)
    run = subprocess.run([options.so2check, "check", "-p", options.database, "--dump=cost", *files], check=False,
                         capture_output=True, text=True)
    costs = list(read_costs(run.stdout))
    if not costs:
        print(run.stderr, file=sys.stderr)
        return 2
    slope = report(costs)
    if options.tsv:
        with open(options.tsv, "w", encoding="utf-8") as handle:
            handle.write("\t".join(Cost._fields) + "\n" + run.stdout)
    if options.svg:
        with open(options.svg, "w", encoding="utf-8") as handle:
            handle.write(drawn(costs, slope))
    return 0


if __name__ == "__main__":
    sys.exit(main())
