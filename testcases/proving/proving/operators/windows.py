"""Faults of Windows drivers in locking, at raised IRQL and with what a driver acquires.

The same ideas as the Linux operators, over the tables of apis_windows.py. Termination handlers are
understood where the shape is plain; a function whose ways can not be told is left alone.
"""

from __future__ import annotations

import re
from typing import Iterator

from ..apis_windows import (ALLOCATIONS, DELETES, DISPATCH_CALLBACKS, IRQL_SAVED, LOCKS, MEMORY_RELEASES, NEEDED, NONPAGED,
                            RELEASES, STATUS_CALLS, STOPS, UNLOCKS, WITHOUT_IRQL)
from ..flow import (Held, acquired_by, after_label, callbacks, cleanup_label, dominates, guarded_exit, held_at, leaves, releases,
                    returned_variable)
from ..source import Call, Function, Source, Statement, squeeze
from . import Edit, Mutation, drop, insert_after, mutation, operator, replace
from .init import _member
from .memory import _is_local
from .results import PEER_NULL, _dereferenced_next

SYSTEM = "windows"
PEER_LOCK = r"context imbalance|lock|unlock"
PEER_LEAK = r"leak|never freed|not freed|missing|not released"
PEER_UAF = r"after.free|use of.*freed|double|deallocuse|freed|reference preceded"
PEER_IRQL = r"irql|sleep|atomic|uninit|garbage"
HELD = "win-spinlock-held-on-exit win-spinlock-double"
NOT_HELD = "win-spinlock-not-held"
IRQL = "win-spinlock-oldirql win-irql-not-restored win-irql-saved-unused"


def _statements_calling(source: Source, names) -> Iterator[tuple[Function, Statement, Call]]:
    """Calls of `names` that are statements of their own."""
    for function in source.functions:
        for call in function.calls:
            if call.name in names and call.statement.only_call is call:
                yield function, call.statement, call


def _behind(function: Function, statement: Statement) -> list[Statement] | None:
    """The statements that a way out runs after `statement`; None where the shape does not tell."""
    block = statement.parent
    if block is None or block.kind != "block":
        return None
    rest = block.children[block.children.index(statement) + 1 :]
    if block is not function.body and not _is_leaving_branch(block):
        return None
    if block.children[-1].kind == "goto":
        name = block.children[-1].name
        if not cleanup_label(function, name):
            return None
        rest = rest + after_label(function, name)
    return [inner for part in rest for inner in part.walk()]


def _is_leaving_branch(block: Statement) -> bool:
    """Straight code in a branch or handler that leaves the function."""
    return (block.parent is not None and block.parent.kind in ("if", "except") and leaves(block)
            and all(s.kind == "simple" for s in block.children[:-1]))


def _released_in(statements: list[Statement], names, target: str) -> bool:
    return any(c.name in names and c.arg(names[c.name]) == target for s in statements for c in s.calls)


def _owner(function: Function, statement: Statement, call: Call) -> Held | None:
    """The acquisition in this function of what `call` releases; it is held on a way that gets to `statement`."""
    first: Statement = statement
    while first.previous is not None and first.parent is function.body and first.previous.kind != "label" and not leaves(first.previous):
        first = first.previous
    places = [statement]
    if first.previous is not None and first.previous.kind == "label":
        label = first.previous
        before = label.previous
        if before is not None and not leaves(before):
            places.append(label)  # control falls into the label
        places += [s for s in function.statements if s.kind == "goto" and s.name == label.name and s.start < label.start]
    for place in places:
        for held in held_at(function, place):
            if releases(call, held):
                return held
    return None


# Locks


def _unlocks(source: Source) -> Iterator[tuple[Function, Statement, Call, Held]]:
    for function, statement, call in _statements_calling(source, UNLOCKS):
        held = _owner(function, statement, call)
        if held and held.lock and statement.parent.kind == "block":
            yield function, statement, call, held


@operator("win-unlock-dropped-on-error", "lock", system=SYSTEM, rules=HELD, peers=PEER_LOCK, why="""A release of a spin
    lock, fast mutex, resource or mutex in a branch that leaves the function is taken out, and the lock is not released
    on the rest of this way: the function returns with the lock held, and with a spin lock at DISPATCH_LEVEL.""")
def unlock_dropped_on_error(source: Source) -> Iterator[Mutation]:
    for function, statement, call, held in _unlocks(source):
        rest = _behind(function, statement) if statement.parent is not function.body else None
        if rest is not None and not _released_in(rest, UNLOCKS, held.target):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


@operator("win-unlock-dropped-at-end", "lock", system=SYSTEM, rules=HELD, peers=PEER_LOCK, why="""The release on the main way, or
    in the termination handler, is taken out; the lock was taken in the same function and is not released or taken
    again afterwards, so every call leaves it held.""")
def unlock_dropped_at_end(source: Source) -> Iterator[Mutation]:
    for function, statement, call, held in _unlocks(source):
        place = statement
        if statement.parent.parent is not None and statement.parent.parent.kind == "finally":
            place = statement.parent.parent.parent
        if place.parent is not function.body:
            continue
        later = [s for s in function.statements if s.start > statement.start]
        again = any(c.name in LOCKS and c.arg(LOCKS[c.name].taken) == held.target for s in later for c in s.calls)
        backwards = any(s.kind == "goto" and s.start > function.labels[s.name].start for s in later if s.name in function.labels)
        if not again and not backwards and not _released_in(later, UNLOCKS, held.target):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


@operator("win-unlock-doubled", "lock", system=SYSTEM, rules=NOT_HELD, peers=PEER_LOCK, why="""A release is written twice: the second
    one releases a lock that is not held, or that somebody else took in between; a mutex or resource that is not
    owned stops the system.""")
def unlock_doubled(source: Source) -> Iterator[Mutation]:
    for function, statement, call, held in _unlocks(source):
        if call.name != "KeLeaveCriticalRegion":
            yield mutation(function, [insert_after(statement, statement.text)], statement, f"{squeeze(statement.text)} doubled")


@operator("win-unlock-of-other-lock", "lock", system=SYSTEM, rules=HELD + " " + NOT_HELD + " " + IRQL, peers=PEER_LOCK, why="""In a
    function that uses two locks of one kind a release names the other one: its own lock stays held, and the
    other is released while it is not held or still needed.""")
def unlock_of_other(source: Source) -> Iterator[Mutation]:
    for function, statement, call, held in _unlocks(source):
        others = sorted({c.args[0] for c in function.calls if c.name == call.name and c.args and c.arg(0) != call.arg(0)})
        rest = [s for s in function.statements if s.start > statement.start]
        if UNLOCKS[call.name] == 0 and others and not _released_in(rest, UNLOCKS, held.target):
            text = source.text[call.start : call.end].replace(call.args[0], others[0], 1) + ";"
            yield mutation(function, [replace(statement, text)], statement, f"{squeeze(statement.text)} names {squeeze(others[0])}")


@operator("win-return-past-unlock", "lock", system=SYSTEM, rules=HELD, peers=PEER_LOCK, why="""`goto` to an exit label that
    releases a lock became a `return` of the status: the lock, taken before on this way, stays held.""")
def return_past_unlock(source: Source) -> Iterator[Mutation]:
    yield from _returns_past(source, lambda held: held.lock is not None)


def _returns_past(source: Source, wanted) -> Iterator[Mutation]:
    """goto LABEL -> return STATUS where the label releases something that this way holds."""
    for function in source.functions:
        status = returned_variable(function)
        for statement in function.statements:
            if statement.kind != "goto" or not status or not cleanup_label(function, statement.name):
                continue
            behind = [s.only_call for s in after_label(function, statement.name) if s.parent is function.body and s.only_call]
            lost = [h for h in held_at(function, statement) if any(releases(c, h) for c in behind)]
            if lost and wanted(lost[-1]) and dominates(lost[-1].statement, statement):
                yield mutation(function, [replace(statement, f"return {status};")], statement,
                               f"goto {statement.name} became return; kept: {', '.join(h.target or h.call.name for h in lost)}")


# IRQL


def _local_irqls(function: Function) -> list[str]:
    declared = re.findall(r"\bKIRQL\s+([\w\s,]+);", function.body.text)
    return [name.strip() for names in declared for name in names.split(",")]


def _saved_in(held: Held) -> str:
    """The variable that keeps the IRQL of an acquisition."""
    if held.statement.assignment:
        return held.statement.assignment[0]
    return squeeze(held.call.args[-1]).removeprefix("&") if held.call.args else ""


def _irql_releases(source: Source) -> Iterator[tuple[Function, Statement, Call, str]]:
    for function, statement, call in _statements_calling(source, IRQL_SAVED):
        position = IRQL_SAVED[call.name]
        if statement.parent.kind == "block" and position < len(call.args):
            yield function, statement, call, call.arg(position)


def _with_irql(source: Source, call: Call, name: str) -> str:
    args = [squeeze(a) for a in call.args]
    args[IRQL_SAVED[call.name]] = name
    return f"{call.name}({', '.join(args)});"


@operator("win-irql-uninitialised", "lock", system=SYSTEM, rules=IRQL + " win-spinlock-held-on-exit", peers=PEER_IRQL, why="""A release
    (KeReleaseSpinLock, KeLowerIrql, IoReleaseCancelSpinLock) gives back an IRQL variable that nobody ever set: the
    thread goes on at a random level.""")
def irql_uninitialised(source: Source) -> Iterator[Mutation]:
    for function, statement, call, saved in _irql_releases(source):
        if saved in _local_irqls(function) or saved.endswith("->CancelIrql"):
            fresh = Edit(function.body.start + 1, function.body.start + 1, "\n\tKIRQL unsavedIrql;")
            yield mutation(function, [fresh, replace(statement, _with_irql(source, call, "unsavedIrql"))], statement,
                           f"{squeeze(statement.text)} with unsavedIrql")


@operator("win-irql-of-other-lock", "lock", system=SYSTEM, rules=IRQL, peers=PEER_IRQL, why="""Of two nested spin locks one is
    released with the IRQL that the other one saved: the inner release lowers the level while the outer lock is
    held, or the outer one leaves the thread at DISPATCH_LEVEL.""")
def irql_of_other(source: Source) -> Iterator[Mutation]:
    for function, statement, call, saved in _irql_releases(source):
        names = _local_irqls(function)
        held = [h for h in held_at(function, statement) if h.lock and h.lock.spins]
        nested = [h for h in map(acquired_by, function.statements) if h and h.lock and h.lock.spins and held
                  and held[0].statement.start < h.statement.start < statement.start and dominates(h.statement, statement)]
        others = [_saved_in(h) for h in [*held, *nested] if _saved_in(h) in names and _saved_in(h) != saved]
        if saved in names and held and others:
            yield mutation(function, [replace(statement, _with_irql(source, call, others[0]))], statement,
                           f"{squeeze(statement.text)} with {others[0]}")


@operator("win-irql-not-given-back", "lock", system=SYSTEM, rules=IRQL + " " + NOT_HELD, peers=PEER_LOCK + "|irql", why="""A spin lock whose
    acquisition raised the IRQL is released by the form for code that already ran at DISPATCH_LEVEL: the thread
    stays at DISPATCH_LEVEL. Not where another spin lock is held: the level saved under it is DISPATCH_LEVEL.""")
def irql_not_given_back(source: Source) -> Iterator[Mutation]:
    for function, statement, call, held in _unlocks(source):
        outer = [h for h in held_at(function, statement) if h.lock and h.lock.spins and h.target != held.target]
        if call.name in WITHOUT_IRQL and not outer:
            text = f"{WITHOUT_IRQL[call.name]}({call.args[0]});"
            yield mutation(function, [replace(statement, text)], statement, f"{squeeze(statement.text)} became {text}")


# What may not be done at raised IRQL


def _spins(function: Function, statement: Statement) -> bool:
    return any(h.lock and h.lock.spins for h in held_at(function, statement))


def _only_at_dispatch(source: Source, function: Function, handlers: set[str]) -> bool:
    """Is the static function called by name only, every time under a spin lock or by a handler?"""
    sites = source.calls_by_name.get(function.name, [])
    spelled = len(re.findall(rf"\b{function.name}\b", source.text))
    prototypes = len(re.findall(rf"\bstatic\b[^;{{}}=]*\b{function.name}\s*\([^;{{}}]*\)\s*;", source.text))
    return ("static" in function.head and bool(sites) and spelled <= len(sites) + 1 + prototypes
            and all(caller.name in handlers or _spins(caller, site.statement) for caller, site in sites))


@operator("win-paged-pool-at-dispatch", "context", system=SYSTEM, rules="win-pool-irql win-irql-too-high win-isr-forbidden-call win-paged-access-irql", peers=PEER_IRQL + "|paged", why="""An
    allocation under a spin lock, in a DPC, or in a helper that is only called from such places, asks for paged pool: at
    DISPATCH_LEVEL that may not even be asked for, and touching it may stop the system.""")
def paged_pool(source: Source) -> Iterator[Mutation]:
    handlers = callbacks(source, DISPATCH_CALLBACKS)
    for function in source.functions:
        for call in function.calls:
            kind = call.arg(0)
            if not call.name.startswith("ExAllocatePool") or kind not in NONPAGED:
                continue
            if function.name in handlers or _spins(function, call.statement) or _only_at_dispatch(source, function, handlers):
                text = source.text[call.start : call.end].replace(kind, NONPAGED[kind], 1)
                yield mutation(function, [Edit(call.start, call.end, text)], call.statement, f"{call.name} with {NONPAGED[kind]}")


WAITS = (
    "{\n\t\tLARGE_INTEGER pause;\n\n\t\tpause.QuadPart = -10000;\n\t\tKeDelayExecutionThread(KernelMode, FALSE, &pause);\n\t}",
    "{\n\t\tKEVENT settled;\n\n\t\tKeInitializeEvent(&settled, NotificationEvent, FALSE);\n"
    "\t\tKeWaitForSingleObject(&settled, Executive, KernelMode, FALSE, NULL);\n\t}",
    "{\n\t\tLARGE_INTEGER limit;\n\t\tKEVENT settled;\n\n\t\tlimit.QuadPart = -50000;\n"
    "\t\tKeInitializeEvent(&settled, SynchronizationEvent, FALSE);\n"
    "\t\tKeWaitForSingleObject(&settled, Executive, KernelMode, FALSE, &limit);\n\t}",
)
WAIT_RULES = "win-wait-at-dispatch win-irql-too-high win-isr-forbidden-call"


def _wait(source: Source, offset: int) -> tuple[str, str]:
    """(statement, name of its call): one of the waits, always the same for a place."""
    text = WAITS[(source.line(offset) + len(source.path.name)) % len(WAITS)]
    return text, re.findall(r"Ke(?:Delay|Wait)\w+", text)[0]


def _under_locks(source: Source) -> Iterator[tuple[Function, Statement]]:
    """The acquisitions of spin locks: right behind them the lock is held."""
    for function in source.functions:
        for statement in function.statements:
            held = acquired_by(statement)
            if held and held.lock and held.lock.spins and statement.parent.kind == "block":
                yield function, statement


def _in_handlers(source: Source) -> Iterator[tuple[Function, Statement]]:
    """In each DPC and interrupt routine a statement that is one call, on its straight way."""
    for name in sorted(callbacks(source, DISPATCH_CALLBACKS)):
        function = source.by_name[name]
        for statement in function.body.children:
            if statement.only_call:
                yield function, statement
                break


def _waits(source: Source, places) -> Iterator[Mutation]:
    for function, statement in places:
        text, name = _wait(source, statement.start)
        yield mutation(function, [insert_after(statement, text)], statement, f"{name} in {function.name}")


HELPER = "static VOID LetSettle(VOID)\n{{\n\t{text}\n}}\n\nstatic VOID SettleTwice(VOID)\n{{\n\tLetSettle();\n\tLetSettle();\n}}\n\n"


def _waits_by_helper(source: Source, places) -> Iterator[Mutation]:
    for function, statement in places:
        text, name = _wait(source, statement.start)
        helper = Edit(function.start, function.start, HELPER.format(text=text))
        yield mutation(function, [helper, insert_after(statement, "SettleTwice();")], statement, f"{name} two calls deep")


@operator("win-wait-under-lock", "context", system=SYSTEM, rules=WAIT_RULES, peers=PEER_IRQL, why="""KeDelayExecutionThread or
    KeWaitForSingleObject stands behind the acquisition of a spin lock: at DISPATCH_LEVEL no thread can be switched.""")
def wait_under_lock(source: Source) -> Iterator[Mutation]:
    yield from _waits(source, _under_locks(source))


@operator("win-wait-in-dpc", "context", system=SYSTEM, rules=WAIT_RULES, peers=PEER_IRQL, why="""KeDelayExecutionThread or
    KeWaitForSingleObject stands in a DPC or interrupt routine.""")
def wait_in_dpc(source: Source) -> Iterator[Mutation]:
    yield from _waits(source, _in_handlers(source))


@operator("win-wait-under-lock-by-helper", "context", system=SYSTEM, rules=WAIT_RULES, peers=PEER_IRQL, why="""A helper that waits
    two calls deeper is called with a spin lock held.""")
def helper_under_lock(source: Source) -> Iterator[Mutation]:
    yield from _waits_by_helper(source, _under_locks(source))


@operator("win-wait-in-dpc-by-helper", "context", system=SYSTEM, rules=WAIT_RULES, peers=PEER_IRQL, why="""A helper that waits two
    calls deeper is called by a DPC or interrupt routine.""")
def helper_in_dpc(source: Source) -> Iterator[Mutation]:
    yield from _waits_by_helper(source, _in_handlers(source))


# Memory and resources


def _lost(source: Source, names) -> Iterator[tuple[Function, Statement, Call]]:
    """Releases whose object is acquired in the same function, and that nothing behind them makes up for."""
    for function, statement, call in _statements_calling(source, names):
        rest, target = _behind(function, statement), call.arg(RELEASES[call.name])
        held = _owner(function, statement, call)
        if rest is None or _released_in(rest, RELEASES, target) or not held or _cannot_fail(function, statement):
            continue
        if re.fullmatch(r"\w+", target):
            kept = re.search(rf"(?:->|\.|\])\s*\w*\s*=\s*{target}\s*;", function.body.text)
            declared = re.search(rf"[\s*]{target}\s*[;,]", function.body.text)
            wanted = bool(declared and not kept) if held.pair and held.pair.stored else _is_local(function, target)
            wanted = wanted or bool(declared and _fails_for_sure(statement))
        else:  # in a structure: lost where the function fails
            wanted = statement.parent is not function.body or not _on_main_way(function, statement)
        if wanted:
            yield function, statement, call


def _cannot_fail(function: Function, statement: Statement) -> bool:
    """In the branch for a missing system address of an MDL that MmBuildMdlForNonPagedPool() has given one."""
    built = {c.arg(0) for c in function.calls if c.name == "MmBuildMdlForNonPagedPool" and c.start < statement.start}
    tests = [s.previous for s in statement.ancestors() if s.kind == "if" and s.previous is not None and s.previous.assignment]
    return any(test.assignment[1].name == "MmGetSystemAddressForMdlSafe" and test.assignment[1].arg(0) in built for test in tests)


def _fails_for_sure(statement: Statement) -> bool:
    """Does the branch around the statement end in the return of a status that says failure?"""
    last = statement.parent.children[-1]
    tested = statement.parent.parent is not None and statement.parent.parent.kind == "if" and "!NT_SUCCESS" in squeeze(
        statement.parent.parent.head)
    return last.kind == "return" and (tested or re.search(r"STATUS_(?!SUCCESS|PENDING)", last.text) is not None)


def _on_main_way(function: Function, statement: Statement) -> bool:
    """At the top level with no label of a ladder, one that is only jumped to, before it."""
    before = [s for s in function.body.children if s.start <= statement.start]
    return not any(s.kind == "label" and s.previous is not None and leaves(s.previous) for s in before)


def _dropped(source: Source, names) -> Iterator[Mutation]:
    for function, statement, call in _lost(source, names):
        yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


@operator("win-pool-free-dropped", "memory", system=SYSTEM, rules="win-pool-leak", peers=PEER_LEAK, why="""The free of pool memory or of a
    lookaside block that the same function allocated is taken out; nothing else on this way frees it or keeps its
    pointer.""")
def pool_free_dropped(source: Source) -> Iterator[Mutation]:
    yield from _dropped(source, MEMORY_RELEASES)


@operator("win-pool-free-doubled", "memory", system=SYSTEM, rules="win-pool-use-after-free win-lookaside-mismatch", peers=PEER_UAF, why="""A free of pool
    memory or of a lookaside block is written twice: the second one stops the system, or frees what already belongs to
    somebody else.""")
def pool_free_doubled(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _statements_calling(source, MEMORY_RELEASES):
        if statement.parent.kind == "block" and re.fullmatch(r"[\w.>-]+", call.arg(RELEASES[call.name])):
            yield mutation(function, [insert_after(statement, statement.text)], statement, f"{squeeze(statement.text)} doubled")


TOUCHES = ("RtlCopyMemory", "RtlMoveMemory", "RtlZeroMemory", "RtlFillMemory", "RtlCompareMemory", "memcpy", "memmove", "memset",
           "wcscpy", "strcpy")


def _touches(statement: Statement, target: str) -> bool:
    """Does the statement read or write the object that `target` points to?"""
    call = statement.only_call
    if call and call.name in TOUCHES and target in (squeeze(a) for a in call.args[:2]):
        return True
    access = rf"(?<![\w.>&]){re.escape(target)}->"
    return re.search(access, squeeze(statement.text)) is not None and not squeeze(statement.text).startswith(f"{target}=")


@operator("win-pool-use-after-free", "memory", system=SYSTEM, rules="win-pool-use-after-free", peers=PEER_UAF, why="""A free changed
    places with the statement before it, which reads or writes the memory: that now happens after the free.""")
def pool_use_after_free(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _statements_calling(source, MEMORY_RELEASES):
        before, target = statement.previous, call.arg(RELEASES[call.name])
        if before and before.kind == "simple" and re.fullmatch(r"[A-Za-z_][\w.>-]*", target) and _touches(before, target):
            yield mutation(function, [replace(before, statement.text), replace(statement, before.text)], statement,
                           f"{squeeze(statement.text)} before {squeeze(before.text)[:60]}")


@operator("win-return-past-free", "memory", system=SYSTEM, rules="win-pool-leak", peers=PEER_LEAK, why="""`goto` into the error ladder
    became a `return` of the status: pool memory that this way allocated, and that the ladder frees, is lost.""")
def return_past_free(source: Source) -> Iterator[Mutation]:
    yield from _returns_past(source, lambda held: held.pair is not None and held.pair.memory)


LOST = """win-mdl-leak win-mdl-unlock-missing win-mdl-unmap-missing win-mdl-free-locked win-devobj-ref-leak win-thread-handle-leak
    win-workitem-leak win-contig-leak win-interrupt-leak win-symlink-leak win-device-leak win-lookaside-not-deleted
    win-fp-restore-missing win-pool-leak"""


@operator("win-return-past-release", "resource", system=SYSTEM, rules=LOST, peers=PEER_LEAK, why="""`goto` into the error ladder became
    a `return` of the status: the MDL, device, link, interrupt or work item that this way acquired is lost.""")
def return_past_release(source: Source) -> Iterator[Mutation]:
    yield from _returns_past(source, lambda held: held.pair is not None and not held.pair.memory)


@operator("win-mdl-release-dropped", "resource", system=SYSTEM, peers=PEER_LEAK, rules="""win-mdl-leak win-mdl-unlock-missing
    win-mdl-unmap-missing win-mdl-free-locked""", why="""IoFreeMdl, MmUnlockPages or MmUnmapLockedPages is taken out of the function
    that allocated, locked or mapped: the MDL is lost, its process cannot end, or a mapping outlives its memory.
    An unmap is left alone where MmUnlockPages follows, which does it too.""")
def mdl_release_dropped(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _lost(source, ("IoFreeMdl", "MmUnlockPages", "MmUnmapLockedPages")):
        implied = call.name == "MmUnmapLockedPages" and any(
            c.name == "MmUnlockPages" and c.start > call.start for c in function.calls)
        if not implied:
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


@operator("win-reference-dropped", "resource", system=SYSTEM, peers=PEER_LEAK, rules="win-devobj-ref-leak win-thread-handle-leak", why="""
    ObDereferenceObject or ZwClose is taken out of the function that got the reference or opened the handle: the object
    is never deleted, and a driver below cannot be unloaded.""")
def reference_dropped(source: Source) -> Iterator[Mutation]:
    yield from _dropped(source, ("ObDereferenceObject", "ZwClose"))


@operator("win-request-free-dropped", "resource", system=SYSTEM, peers=PEER_LEAK, rules="win-workitem-leak win-irp-leak", why="""
    IoFreeIrp or IoFreeWorkItem is taken out of the function that allocated the request or work item, on a way that
    hands it to nobody. Ways that sent the request are left out: whether it is still there hangs on its completion
    routine and on the driver below.""")
def request_free_dropped(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _lost(source, ("IoFreeIrp", "IoFreeWorkItem")):
        if not any(_hands_over(other, call.arg(0)) and dominates(other.statement, statement) for other in function.calls):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


def _hands_over(call: Call, request: str) -> bool:
    """Does the call get the request, and is it none of those that only look at it or set it up?"""
    own = call.name in ("IoFreeIrp", "IoAllocateMdl", "IoFreeWorkItem") or call.name.startswith(("IoGet", "IoSet", "IoReuse", "IoInitialize"))
    return not own and request in (squeeze(argument) for argument in call.args)


# Results


CALLS_THAT_DEREFERENCE = frozenset("""MmBuildMdlForNonPagedPool IoGetNextIrpStackLocation IoSetCompletionRoutine IoQueueWorkItem
    RtlCopyMemory RtlMoveMemory RtlZeroMemory RtlFillMemory memcpy memset""".split())


def _used_next(test: Statement, target: str) -> bool:
    following = test.next
    call = following.calls[0] if following and following.kind == "simple" and following.calls else None
    if call and call.name in CALLS_THAT_DEREFERENCE and target in [squeeze(a) for a in call.args[:2]]:
        return True
    return _dereferenced_next(test, target)


def _tests(source: Source, names) -> Iterator[tuple[Function, Statement, str, Call]]:
    """(function, test, target, call) for `target = name(...); if (<test of target>) leave`."""
    for function in source.functions:
        for statement in function.statements:
            test = statement.next
            if statement.assignment and statement.assignment[1].name in names and test and guarded_exit(test):
                yield function, test, *statement.assignment


@operator("win-null-check-dropped", "result-check", system=SYSTEM, rules="win-null-unchecked win-mdl-sysaddr-null", peers=PEER_NULL, why="""The
    test for NULL of an allocation (pool, MDL, IRP, work item, system address) is taken out, and the next statements use
    what it points to: when memory is short the system stops.""")
def null_check(source: Source) -> Iterator[Mutation]:
    for function, test, target, call in _tests(source, ALLOCATIONS | {"MmGetSystemAddressForMdlSafe"}):
        if squeeze(test.head) in (f"(!{target})", f"({target}==NULL)", f"(NULL=={target})") and _used_next(test, target):
            yield mutation(function, [drop(test)], test, f"{target} = {call.name}() not tested")


@operator("win-status-check-dropped", "result-check", system=SYSTEM, rules="win-ntstatus-unchecked", peers=r"unused|never used|dead|ignor|result|return value|uninit|garbage", why="""
    `status = acquire(...); if (!NT_SUCCESS(status)) leave` lost its test, and status is set anew before anybody
    reads it: the driver goes on with a device, link, handle or object that it never got.""")
def status_check(source: Source) -> Iterator[Mutation]:
    for function, test, target, call in _tests(source, STATUS_CALLS):
        if squeeze(test.head) not in (f"(!NT_SUCCESS({target}))", f"({target})", f"({target}!=STATUS_SUCCESS)"):
            continue
        for later in test.siblings[test.siblings.index(test) + 1 :]:
            fresh = re.match(rf"{target}\s*=[^=]", later.text) if later.kind == "simple" else None
            if fresh and not re.search(rf"\b{target}\b", later.text.split("=", 1)[1]) or squeeze(later.text) == "returnSTATUS_SUCCESS;":
                yield mutation(function, [drop(test)], test, f"{target} = {call.name}() not tested")
                break
            if later.kind != "simple" or re.search(rf"\b{target}\b", later.text):
                break


# Ends and beginnings


def _unloads(source: Source) -> set[str]:
    return {name for name in re.findall(r"->\s*DriverUnload\s*=\s*&?(\w+)\s*;", source.text) if name in source.by_name}


def _deletes(source: Source, names) -> Iterator[Mutation]:
    """The delete in the unload routine, or on an error way of the function that created."""
    lost = {statement for _, statement, _ in _lost(source, names)}
    unloads = _unloads(source)
    for function, statement, call in _statements_calling(source, names):
        last = re.split(r"->|\.", call.arg(0))[-1]
        elsewhere = [f for f, c in source.calls_by_name[call.name]
                     if f is not function and re.split(r"->|\.", c.arg(0))[-1] == last and not _creates(f, call.name)]
        if statement in lost or function.name in unloads and not elsewhere and len(
                [c for c in function.calls if c.name == call.name and c.arg(0) == call.arg(0)]) == 1:
            creators = [f for f in source.functions if _creates(f, call.name)] if statement not in lost else []
            named = creators[0] if creators else function  # what is never deleted is reported where it is created
            yield mutation(named, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


def _starts(function: Function, stop: str) -> bool:
    """An error way of the function that started what `stop` stops."""
    partner = "IoConnectInterrupt" if stop == "IoDisconnectInterrupt" else "KeInitializeDpc"
    return any(c.name == partner for c in function.calls)


def _creates(function: Function, release: str) -> bool:
    partner = release.replace("ExDelete", "ExInitialize").replace("IoDelete", "IoCreate")
    return any(c.name == partner for c in function.calls)


@operator("win-link-delete-dropped", "teardown", system=SYSTEM, rules="win-symlink-leak", peers=PEER_LEAK, why="""IoDeleteSymbolicLink
    is taken out of the unload routine, or of an error way of the function that created the link: the name
    stays, and the next load cannot create it.""")
def link_delete(source: Source) -> Iterator[Mutation]:
    yield from _deletes(source, DELETES[:1])


@operator("win-device-delete-dropped", "teardown", system=SYSTEM, rules="win-device-leak", peers=PEER_LEAK, why="""IoDeleteDevice
    is taken out of the unload routine, or of an error way of the function that created the device: the driver
    object can never go.""")
def device_delete(source: Source) -> Iterator[Mutation]:
    yield from _deletes(source, DELETES[1:2])


@operator("win-lookaside-delete-dropped", "teardown", system=SYSTEM, rules="win-lookaside-not-deleted", peers=PEER_LEAK, why="""
    ExDeleteNPagedLookasideList or ExDeletePagedLookasideList is taken out of the unload routine, or of an error way of the
    function that initialised the list: the system goes on adjusting a list in memory that is gone.""")
def lookaside_delete(source: Source) -> Iterator[Mutation]:
    yield from _deletes(source, DELETES[2:])


@operator("win-stop-dropped", "teardown", system=SYSTEM, rules="win-dpc-timer-teardown win-interrupt-leak", peers=r"leak|missing|timer|after.free", why="""
    KeCancelTimer or IoDisconnectInterrupt is taken out of the unload or remove routine, or of what that calls, and is the only one outside
    error ways: the callback runs when the driver's code and data are gone.""")
def stop_dropped(source: Source) -> Iterator[Mutation]:
    ends = _unloads(source) | {f.name for f, _ in source.calls_by_name.get("IoDetachDevice", [])}
    ends |= {c.name for name in ends if name in source.by_name for c in source.by_name[name].calls}
    for function, statement, call in _statements_calling(source, STOPS):
        others = [f for f, c in source.calls_by_name[call.name]
                  if c is not call and _member(c.arg(0)) == _member(call.arg(0)) and not _starts(f, call.name)]
        if function.name in ends and not others:
            named = _starter(source, call) or function  # what is never stopped is reported where it is started
            yield mutation(named, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


def _starter(source: Source, stop: Call) -> Function | None:
    starts = ("IoConnectInterrupt",) if stop.name == "IoDisconnectInterrupt" else ("KeSetTimer", "KeSetTimerEx")
    for name in starts:
        for function, call in source.calls_by_name.get(name, []):
            if _member(call.arg(0)) == _member(stop.arg(0)):
                return function
    return None


@operator("win-init-dropped", "init", system=SYSTEM, rules="win-init-missing", peers=r"uninit|garbage|init", why="""The one initialiser of
    a lock, event, list head, timer, DPC or remove lock inside a structure is taken out, and the file uses the object
    and is the whole driver: a list head or event of zeros crashes at the first use.""")
def init_dropped(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _statements_calling(source, NEEDED) if "DriverEntry" in source.by_name else ():
        member = _member(call.args[0])
        setups = [c for name in NEEDED for _, c in source.calls_by_name.get(name, []) if c.args and _member(c.args[0]) == member]
        users = [c for name, sites in source.calls_by_name.items() if re.fullmatch(NEEDED[call.name], name)
                 for _, c in sites if any(_member(a) == member for a in c.args)]
        if member and len(setups) == 1 and users and not _is_link(source, member):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


def _is_link(source: Source, member: str) -> bool:
    """An entry of lists, which being put on one initialises, and no head."""
    return any(_member(call.arg(1)) == member for name in ("InsertHeadList", "InsertTailList")
               for _, call in source.calls_by_name.get(name, []))
