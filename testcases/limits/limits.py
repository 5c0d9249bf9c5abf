#!/usr/bin/env python3
"""Compares the figures of docs/limits.md with the sources: limits.py DOCUMENT CHECKER_FOLDER."""
import ast
import re
import sys
from pathlib import Path

UNITS = {"KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}
FIGURE = re.compile(r"([\d,.]+)(?: (\w+))?$")
ROW = re.compile(r"\| (?P<what>[^|]+) \| (?P<figure>[^|]+) \| `(?P<path>[^`]+)` `(?P<name>[^`]+)` \| (?P<beyond>[^|]+) \|$")


def figure_value(text):
    number, unit = FIGURE.match(text).groups()
    return int(number.replace(",", "")) * UNITS.get(unit, 1)


def evaluate(node):
    if isinstance(node, ast.Constant):
        return node.value
    left, right = evaluate(node.left), evaluate(node.right)
    return left << right if isinstance(node.op, ast.LShift) else left * right


def source_value(text, name):
    """What is defined or assigned under the name: numbers, shifts and products."""
    found = re.findall(rf"(?:#define {re.escape(name)}\s+|\b{re.escape(name)} = )([^;,/\n}}]+)", text)
    if len(found) != 1:
        raise ValueError(f"{len(found)} definitions")
    plain = re.sub(r"\((?:size_t|uint64_t)\)|(?<=\d)[uUlL]+", "", found[0]).strip()
    return evaluate(ast.parse(plain, mode="eval").body)


def main(document, folder):
    rows = [match for line in Path(document).read_text(encoding="utf-8").splitlines() if (match := ROW.match(line))]
    listed = sum(line.startswith("| ") for line in Path(document).read_text(encoding="utf-8").splitlines()) - 2
    wrong = [] if len(rows) == listed and rows else [f"{listed - len(rows)} rows cannot be read"]
    for row in rows:
        try:
            source = source_value((Path(folder) / row["path"]).read_text(encoding="utf-8"), row["name"])
            if source != figure_value(row["figure"]):
                wrong.append(f"{row['what']}: {row['figure']} here, {source} in {row['path']}")
        except (OSError, ValueError, SyntaxError, AttributeError) as reason:
            wrong.append(f"{row['what']}: {row['path']}: {row['name']}: {reason}")
    for line in wrong:
        print(line)
    print(f"{len(rows)} limits, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
