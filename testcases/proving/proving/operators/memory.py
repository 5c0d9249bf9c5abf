"""Memory that is lost, freed twice or used after it was freed."""

from __future__ import annotations

import re
from typing import Iterator

from ..apis import MEMORY_RELEASES, RELEASES
from ..flow import (Held, acquired_by, after_label, cleanup_label, dominates, fails_never, held_at, leaves, releases,
                    returned_variable, run_after)
from ..source import Call, Function, Source, Statement, squeeze
from . import Mutation, drop, insert_after, mutation, operator, replace

LEAK = "lin-mem-leak"
PEER_LEAK = r"leak|never freed|not freed|missing"
UAF = "lin-use-after-free"
PEER_UAF = r"after.free|use of.*freed|double|deallocuse|freed|reference preceded"


def release_statements(source: Source, memory: bool) -> Iterator[tuple[Function, Statement, Call]]:
    for function in source.functions:
        for call in function.calls:
            if call.name in RELEASES and (call.name in MEMORY_RELEASES) == memory and call.statement.only_call is call:
                yield function, call.statement, call


def on_error_way(function: Function, statement: Statement) -> bool:
    """Does the statement stand under a label of the error ladder, or in a branch that leaves the function?"""
    if statement.parent is function.body:
        before = [s for s in function.body.children if s.start < statement.start]
        labels = [s for s in before if s.kind == "label"]
        return bool(labels) and before.index(labels[0]) > 0 and before[before.index(labels[0]) - 1].kind in (
            "return", "goto")
    block = statement.parent
    return block is not None and block.kind == "block" and block.parent is not None and block.parent.kind == "if" and all(
        s.kind == "simple" for s in block.children[:-1]) and leaves(block.children[-1])


def owner(function: Function, statement: Statement, call: Call) -> Held | None:
    """The acquisition of what `call` releases, in the same function."""
    if statement.parent is function.body:  # below a label: any acquisition at the top level before it
        held = [h for s in function.body.children if s.start < statement.start for h in [acquired_by(s)] if h]
    else:
        held = held_at(function, statement)
    return next((h for h in held if h.pair and releases(call, h)), None)


def _is_local(function: Function, target: str) -> bool:
    """Is it a plain local variable that is stored nowhere else?"""
    if not re.fullmatch(r"\w+", target):
        return False
    stored = re.search(rf"(?:->|\.|\])\s*\w*\s*=\s*{target}\s*[;,]|=\s*{target}\s*;|&{target}\b", function.body.text)
    declared = re.search(rf"\w(?:\s|\s*\*)+{target}\s*[;=,]|,\s*\**{target}\s*[;=,]", function.body.text)
    return declared is not None and stored is None


def released_again(function: Function, statement: Statement, call: Call) -> bool:
    """Is there another release of the same object behind the statement on its way out?"""
    block = statement.parent
    rest = block.children[block.children.index(statement) + 1 :]
    last = block.children[-1]
    if last.kind == "goto":
        if not cleanup_label(function, last.name):
            return True
        rest = rest + after_label(function, last.name)
    return any(c.arg(0) == call.arg(0) and c.name in RELEASES or c.arg(0).startswith(call.arg(0)) and "free" in c.name
               for s in rest for n in s.walk() for c in n.calls)


def _cleared_next(statement: Statement, target: str) -> bool:
    return statement.next is not None and re.match(rf"{re.escape(target)}=(NULL|0)",
                                                   squeeze(statement.next.text)) is not None


@operator("memory-free-dropped-on-error", "memory", rules=LEAK, peers=PEER_LEAK, why="""The free of a local pointer on
    an error way (a ladder label, or a branch that returns) is taken out. The memory was allocated in the same
    function and its pointer is stored nowhere, so nobody can free it any more.""")
def free_dropped(source: Source) -> Iterator[Mutation]:
    for function, statement, call in release_statements(source, memory=True):
        target = call.arg(RELEASES[call.name])
        if (on_error_way(function, statement) and owner(function, statement, call) and _is_local(function, target)
                and not released_again(function, statement, call)):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


def _record_in_sight(source: Source, function: Function, record: str, seen: frozenset[str] = frozenset()) -> bool:
    """Does the file show who owns the record: is it allocated on the way, or does the kernel alone call the function?

    A function that other files call leaves the record with its caller, who may free it, and all that hangs in it.
    """
    if any(h.target == record for s in function.statements for h in [acquired_by(s)] if h):
        return True
    if not re.search(r"\bstatic\b", function.head):
        return False
    callers = [f for f in source.functions if f.name not in seen | {function.name}
               and any(c.name == function.name for c in f.calls)]
    return all(any(acquired_by(s) for s in f.statements)
               or _record_in_sight(source, f, record, seen | {function.name}) for f in callers)


@operator("memory-free-dropped-member", "memory", rules=LEAK + " lin-init-unwind", peers=PEER_LEAK, why="""The free of
    memory that hangs in a structure (p->buf) on an error way of the function that allocated it is taken out;
    the original frees it there because the failing function's caller does not: a pointer that is cleared after
    the free is left out, since the caller may well free what it points to; so is a record that comes from another
    file, where its owner is.""")
def free_dropped_member(source: Source) -> Iterator[Mutation]:
    for function, statement, call in release_statements(source, memory=True):
        target = call.arg(RELEASES[call.name])
        if (on_error_way(function, statement) and owner(function, statement, call) and "->" in target
                and not _cleared_next(statement, target) and not released_again(function, statement, call)
                and _record_in_sight(source, function, re.match(r"\w*", target).group())):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


@operator("memory-free-doubled", "memory", rules=UAF, peers=PEER_UAF, why="""A free is written twice: the second one
    frees memory that may already belong to somebody else.""")
def free_doubled(source: Source) -> Iterator[Mutation]:
    for function, statement, call in release_statements(source, memory=True):
        if statement.parent.kind == "block" and re.fullmatch(r"[\w.>-]+", call.arg(0)):
            yield mutation(function, [insert_after(statement, statement.text)], statement,
                           f"{squeeze(statement.text)} doubled")


@operator("memory-use-after-free", "memory", rules=UAF, peers=PEER_UAF, why="""A free changed places with the
    statement before it, which reads or writes the object through its pointer: that now happens after the free.""")
def use_after_free(source: Source) -> Iterator[Mutation]:
    for function, statement, call in release_statements(source, memory=True):
        before = statement.previous
        target = call.arg(RELEASES[call.name])
        if before is None or before.kind != "simple" or not re.fullmatch(r"[A-Za-z_][\w.>-]*", target):
            continue
        # The pointer itself must not be set there, and the address of a member alone is no access.
        access = rf"(?<![\w.>&]){re.escape(target)}->"
        if statement.next is not None and re.search(rf"(?<![\w.>]){re.escape(target)}->", squeeze(statement.next.text)):
            continue  # The original uses it after the free already.
        if re.search(access, squeeze(before.text)) and not re.match(rf"{re.escape(target)}=", squeeze(before.text)):
            yield mutation(function, [replace(before, statement.text), replace(statement, before.text)], statement,
                           f"{squeeze(statement.text)} before {squeeze(before.text)[:60]}")


def returns_past(source: Source, memory: bool) -> Iterator[Mutation]:
    """goto LABEL -> return ERR where the label releases something that this way acquired."""
    for function in source.functions:
        error = returned_variable(function)
        for statement in function.statements:
            if statement.kind != "goto" or not error or not cleanup_label(function, statement.name):
                continue
            # Where the ladder itself sets the error, the return would report success.
            if any(re.match(rf"{error}\s*=[^=]", s.text) for s in after_label(function, statement.name)):
                continue
            # What the ladder jumps over is not lost by leaving the ladder out.
            behind = [s.only_call for s in run_after(function, statement.name) if s.parent is function.body and s.only_call]
            lost = [h for h in held_at(function, statement) if h.pair and any(releases(c, h) for c in behind)]
            kinds = {c.name in MEMORY_RELEASES for h in lost for c in behind if releases(c, h)}
            if lost and kinds == {memory} and dominates(lost[-1].statement, statement) and not fails_never(source, statement):
                yield mutation(function, [replace(statement, f"return {error};")], statement,
                               f"goto {statement.name} became return; lost: {', '.join(h.target for h in lost)}")


@operator("memory-return-past-free", "memory", rules=LEAK + " lin-init-unwind", peers=PEER_LEAK, why="""`goto` into the error ladder became a
    `return` of the error: memory that this way allocated, and that the ladder frees, is lost.""")
def return_past_free(source: Source) -> Iterator[Mutation]:
    yield from returns_past(source, memory=True)
