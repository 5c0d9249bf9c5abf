"""Mutation operators: each makes one fault that a kernel driver can really have.

An operator looks for places where its edit is a fault for sure, by the shape of the code around them;
where that can not be told it makes no mutant. `why` says why the mutant is a bug; `rules` are the rules
of so2check that name this fault (strict score); `peers` is a pattern on "kind: message" of the other
checkers' reports that does the same for them, kept wide in their favour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Iterable, Iterator

from ..source import Function, Source, Statement

GROUPS = ("lock", "context", "memory", "user-copy", "result-check", "resource", "teardown", "init", "list")
# Groups whose recall has the higher target: what drivers get wrong most, and all of a course's labs.
CORE_GROUPS = frozenset({"lock", "context", "memory", "user-copy", "result-check"})


@dataclass(frozen=True)
class Edit:
    """text[start:end] becomes `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Mutation:
    function: str  # where the fault is, as a finding should name it
    edits: tuple[Edit, ...]
    offset: int  # of the place of the fault in the original
    detail: str  # what was done, for a reader


@dataclass(frozen=True)
class Operator:
    id: str
    group: str
    system: str
    why: str
    rules: frozenset[str]
    peers: re.Pattern[str]
    find: Callable[[Source], Iterator[Mutation]]


OPERATORS: dict[str, Operator] = {}


def operator(id: str, group: str, why: str, rules: str, peers: str, system: str = "linux"):
    """Registers a function Source -> mutations as the operator `id`; `rules` are separated by blanks."""
    assert group in GROUPS and id not in OPERATORS

    def register(find: Callable[[Source], Iterator[Mutation]]):
        OPERATORS[id] = Operator(id, group, system, " ".join(why.split()), frozenset(rules.split()),
                                 re.compile(peers, re.I), find)
        return find

    return register


def drop(statement: Statement) -> Edit:
    """Takes a statement out; an empty one stays where the grammar needs one."""
    in_block = statement.parent is not None and statement.parent.kind == "block"
    labelled = in_block and statement.previous is not None and statement.previous.kind in ("label", "case")
    return Edit(statement.start, statement.end, "" if in_block and not labelled else ";")


def replace(statement: Statement, text: str) -> Edit:
    return Edit(statement.start, statement.end, text)


def insert_after(statement: Statement, text: str) -> Edit:
    return Edit(statement.end, statement.end, f"\n\t{text}")


def mutation(function: Function, edits: Iterable[Edit], at: Statement, detail: str) -> Mutation:
    return Mutation(function.name, tuple(edits), at.start, detail)


def apply(text: str, mutation: Mutation) -> str:
    """The text with the edits done; lines above the first edit keep their numbers."""
    for edit in sorted(mutation.edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def load_all() -> dict[str, Operator]:
    from . import context, init, lists, locks, memory, resources, results, teardown, user  # noqa: F401
    from . import windows, windows_irp  # noqa: F401

    return OPERATORS
