"""Faults in locking."""

from __future__ import annotations

import re
from typing import Iterator

from ..apis import LOCKS, UNLOCKS
from ..flow import (HARD_IRQ, after_label, callbacks, called_with_irqs_on, cleanup_label, dominates, fails_never, held_at,
                    leaves, releases, returned_variable)
from ..source import Call, Function, Source, Statement, squeeze
from . import Edit, Mutation, drop, insert_after, mutation, operator, replace

HELD = "lin-lock-held-on-exit lin-lock-double lin-irq-bh-imbalance lin-sem-imbalance"
PEER_LOCK = r"context imbalance|lock|unlock"


def _unlocks(source: Source) -> Iterator[tuple[Function, Statement, Call]]:
    for function in source.functions:
        for call in function.calls:
            if call.name in UNLOCKS and call.statement.only_call is call:
                yield function, call.statement, call


def _mentions(statements: list[Statement], names: frozenset[str] | set[str], target: str) -> bool:
    return any(c.name in names and c.arg(0) == target for s in statements for c in s.calls)


@operator("lock-unlock-dropped-on-error", "lock", rules=HELD, peers=PEER_LOCK, why="""An unlock in a branch that
    leaves the function is taken out; no unlock of that lock stands on the rest of this way, so the function
    returns with the lock held while its other ways release it.""")
def unlock_dropped_on_error(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _unlocks(source):
        block = statement.parent
        if block is None or block.parent is None or block.kind != "block" or block.parent.kind != "if":
            continue
        rest = block.children[block.children.index(statement) + 1 :]
        last = block.children[-1]
        if not leaves(last) or any(s.kind != "simple" for s in rest[:-1]) or _mentions(rest, UNLOCKS, call.arg(0)):
            continue
        if last.kind == "goto" and (not cleanup_label(function, last.name)
                                    or _mentions(after_label(function, last.name), UNLOCKS, call.arg(0))):
            continue
        if _owned(function, statement, call):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


def _owned(function: Function, statement: Statement, call: Call) -> bool:
    """Is the lock that this call releases taken by this function, on every way to here?"""
    return any(h.lock and releases(call, h) for h in held_at(function, statement))


@operator("lock-unlock-dropped-at-end", "lock", rules=HELD, peers=PEER_LOCK, why="""The unlock of the function's
    main way is taken out; the lock was taken in the same function at the top level and is not released
    afterwards, so every successful call leaves it held.""")
def unlock_dropped_at_end(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _unlocks(source):
        if statement.parent is not function.body or not _owned(function, statement, call):
            continue
        rest = function.body.children[function.body.children.index(statement) + 1 :]
        later = [s for node in rest for s in node.walk()]
        names = UNLOCKS | LOCKS.keys()
        if not _mentions(later, names, call.arg(0)) and not any(s.kind in ("goto", "label") for s in later):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


@operator("lock-unlock-doubled", "lock", rules="lin-unlock-not-held lin-sem-imbalance lin-irq-bh-imbalance",
          peers=PEER_LOCK, why="""An unlock is written twice; the second one releases a lock that is not held, or
    one that somebody else took in between.""")
def unlock_doubled(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _unlocks(source):
        if call.name != "up" and statement.parent.kind == "block" and _owned(function, statement, call):
            yield mutation(function, [insert_after(statement, statement.text)], statement,
                           f"{squeeze(statement.text)} doubled")


@operator("lock-unlock-became-lock", "lock", rules="lin-lock-double lin-lock-held-on-exit lin-sem-imbalance", peers=PEER_LOCK, why="""An unlock
    became the lock call once more (a slip of copying): the function waits for the lock that it holds itself.""")
def unlock_became_lock(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _unlocks(source):
        owner = next((h for h in held_at(function, statement) if h.lock and releases(call, h)), None)
        if owner and owner.lock.acquire in ("mutex_lock", "spin_lock", "spin_lock_irqsave", "spin_lock_irq",
                                            "spin_lock_bh"):
            yield mutation(function, [replace(statement, f"{source.text[owner.call.start:owner.call.end]};")], statement,
                           f"{squeeze(statement.text)} became {owner.call.name}")


@operator("lock-unlock-of-other-lock", "lock", rules=HELD + " lin-unlock-not-held", peers=PEER_LOCK, why="""In a
    function that uses two locks of one kind an unlock names the other one: its own lock stays held, and
    the other is released while it is not held or still needed.""")
def unlock_of_other(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _unlocks(source):
        others = sorted({c.args[0] for c in function.calls
                         if c.name == call.name and c.arg(0) != call.arg(0)})
        rest = [s for s in function.statements if s.start > statement.start]
        if others and _owned(function, statement, call) and not _mentions(rest, UNLOCKS, call.arg(0)):
            text = source.text[call.start : call.end].replace(call.args[0], others[0], 1) + ";"
            yield mutation(function, [replace(statement, text)], statement,
                           f"{squeeze(statement.text)} names {squeeze(others[0])}")


@operator("lock-irqrestore-lost", "lock", rules="lin-lock-variant-mismatch lin-irq-bh-imbalance lin-irqsave-flags",
          peers=PEER_LOCK + "|irq|flags", why="""spin_unlock_irqrestore(lock, flags) became spin_unlock(lock): interrupts of
    this CPU stay off after the function, which was called with them on.""")
def irqrestore_lost(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _unlocks(source):
        if not call.name.endswith("_irqrestore") or not _owned(function, statement, call):
            continue
        name = call.name.removesuffix("_irqrestore")
        yield mutation(function, [replace(statement, f"{name}({call.args[0]});")], statement,
                       f"{squeeze(statement.text)} became {name}")


def _record_of(function: Function, target: str) -> str:
    """The record of the variable that a lock's expression starts with, as the function declares it."""
    base = re.match(r"&?(\w+)", target)
    found = re.search(rf"\bstruct\s+(\w+)\s*\*\s*{base.group(1)}\b", function.head + function.body.text) if base else None
    return found.group(1) if found else ""


def _handler_locks(source: Source, handlers: set[str]) -> set[tuple[str, str]]:
    return {(c.arg(0), _record_of(source.by_name[name], c.arg(0))) for name in handlers
            for c in source.by_name[name].calls if c.name.startswith("spin_lock")}


@operator("lock-irqsave-lost", "lock", rules="lin-lock-irq-unsafe", peers=PEER_LOCK + "|irq|flags", why="""A lock that
    the driver's interrupt handler takes is taken with interrupts left on by a function that the handler does not call:
    the handler interrupts the holder on its own CPU and spins for ever. Only static functions that nothing but tables of
    callbacks names are changed, none of those that the kernel calls with interrupts off, and none that
    itself registers, frees or disables an interrupt.""")
def irqsave_lost(source: Source) -> Iterator[Mutation]:
    handlers = callbacks(source, HARD_IRQ)
    for function in source.functions:
        if function.name in handlers or not called_with_irqs_on(source, function.name):
            continue
        edges = [c.start for c in function.calls if re.search(r"request_(?:threaded_)?irq$|free_irq$|^disable_irq", c.name)]
        for target, record in sorted(_handler_locks(source, handlers)):
            calls = [c for c in function.calls if c.arg(0) == target and c.name.startswith(("spin_lock", "spin_unlock"))]
            kinds = {c.name for c in calls}
            if kinds and not edges and _record_of(function, target) == record and (
                    kinds <= {"spin_lock_irqsave", "spin_unlock_irqrestore"}
                    or kinds <= {"spin_lock_irq", "spin_unlock_irq"}) and all(c.statement.only_call for c in calls):
                edits = [Edit(c.start, c.end, f"{'_'.join(c.name.split('_')[:2])}({c.args[0]})") for c in calls]
                yield mutation(function, edits, calls[0].statement, f"{target} taken without turning interrupts off")


@operator("lock-return-past-unlock", "lock", rules=HELD, peers=PEER_LOCK, why="""`goto` to an exit label that unlocks
    became a `return` of the error: the lock, which was taken before on this way, stays held.""")
def return_past_unlock(source: Source) -> Iterator[Mutation]:
    for function in source.functions:
        error = returned_variable(function)
        for statement in function.statements:
            if statement.kind != "goto" or not error or not cleanup_label(function, statement.name):
                continue
            if fails_never(source, statement):
                continue
            behind = after_label(function, statement.name)
            for held in held_at(function, statement):
                straight = [s for s in behind if s.parent is function.body and s.only_call
                            and held.lock and releases(s.only_call, held)]
                if straight and dominates(held.statement, statement):
                    yield mutation(function, [replace(statement, f"return {error};")], statement,
                                   f"goto {statement.name} became return, {held.target} held")
                    break
