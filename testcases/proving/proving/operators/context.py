"""Sleeping where nobody may sleep."""

from __future__ import annotations

import re
from typing import Iterator

from ..apis import GFP_CALLS
from ..flow import atomic_callbacks, held_at, may_drop, releases
from ..source import Call, Function, Source, Statement, squeeze
from . import Edit, Mutation, insert_after, mutation, operator

GFP = "lin-gfp-atomic lin-sleep-in-atomic"
SLEEP = "lin-sleep-in-atomic"
PEER_SLEEP = r"sleep|atomic|GFP|schedul"


def _atomic_gfp(source: Source) -> Iterator[tuple[Function, Call]]:
    for function in source.functions:
        for call in function.calls:
            if call.name in GFP_CALLS and any(squeeze(a) == "GFP_ATOMIC" for a in call.args):
                yield function, call


def _kernel_gfp(source: Source, call: Call) -> Edit:
    text = re.sub(r"\bGFP_ATOMIC\b", "GFP_KERNEL", source.text[call.start : call.end])
    return Edit(call.start, call.end, text)


def _spins(function: Function, statement: Statement) -> bool:
    return any(h.lock and h.lock.spins for h in held_at(function, statement))


def _spins_behind(function: Function, statement: Statement) -> bool:
    """Is a spin lock that is held before the statement still held behind it?"""
    return any(h.lock and h.lock.spins and not any(releases(c, h) or may_drop(c, h) for c in statement.calls)
               for h in held_at(function, statement))


@operator("context-gfp-kernel-under-lock", "context", rules=GFP, peers=PEER_SLEEP, why="""An allocation between
    spin_lock and spin_unlock asks with GFP_KERNEL instead of GFP_ATOMIC: it may sleep while the lock is held.""")
def gfp_under_lock(source: Source) -> Iterator[Mutation]:
    for function, call in _atomic_gfp(source):
        if _spins(function, call.statement):
            yield mutation(function, [_kernel_gfp(source, call)], call.statement, f"{call.name} with GFP_KERNEL")


@operator("context-gfp-kernel-in-handler", "context", rules=GFP, peers=PEER_SLEEP, why="""An allocation in an
    interrupt handler, timer or tasklet asks with GFP_KERNEL: it may sleep in atomic context.""")
def gfp_in_handler(source: Source) -> Iterator[Mutation]:
    handlers = atomic_callbacks(source)
    for function, call in _atomic_gfp(source):
        if function.name in handlers:
            yield mutation(function, [_kernel_gfp(source, call)], call.statement, f"{call.name} with GFP_KERNEL")


@operator("context-gfp-kernel-in-helper", "context", rules=GFP, peers=PEER_SLEEP, why="""An allocation with
    GFP_KERNEL in a static function that is only called by name, and every time with a spin lock held or from an
    interrupt handler, timer or tasklet: it may sleep in atomic context, though nothing in the function shows it.""")
def gfp_in_helper(source: Source) -> Iterator[Mutation]:
    handlers = atomic_callbacks(source)
    for function, call in _atomic_gfp(source):
        sites = source.calls_by_name.get(function.name, [])
        spelled = len(re.findall(rf"\b{function.name}\b", source.text))
        prototypes = len(re.findall(rf"\b{function.name}\s*\([^;{{}}]*\)\s*;", source.text)) - len(
            [s for _, s in sites if s.statement.only_call])
        if (sites and "static" in function.head and spelled <= len(sites) + 1 + max(prototypes, 0)
                and function.name not in handlers
                and all(caller.name in handlers or _spins(caller, site.statement) for caller, site in sites)):
            yield mutation(function, [_kernel_gfp(source, call)], call.statement, f"{call.name} with GFP_KERNEL")


SLEEPERS = ("msleep(1);", "usleep_range(50, 100);", "schedule();", "cond_resched();", "msleep(20);",
            "schedule_timeout_uninterruptible(1);", "synchronize_rcu();")


def _sleeper(source: Source, offset: int) -> str:
    """One of the sleeping calls, always the same for a place."""
    return SLEEPERS[(source.line(offset) + len(source.path.name)) % len(SLEEPERS)]


def _after_spin_locks(source: Source) -> Iterator[tuple[Function, Statement]]:
    """The statements with a call in the reach of a spin lock; not the unlock itself, behind which sleeping is right."""
    for function in source.functions:
        for statement in function.statements:
            following = statement.next
            if following and following.kind == "simple" and following.calls and _spins_behind(function, following):
                yield function, following


def _handler_starts(source: Source) -> Iterator[tuple[Function, Statement]]:
    """The first statement with a call of each handler's body that is no declaration."""
    for name in sorted(atomic_callbacks(source)):
        function = source.by_name[name]
        for statement in function.body.children:
            if statement.kind == "simple" and statement.calls and (statement.only_call or "->" in statement.text.split("=")[0]):
                yield function, statement
                break


@operator("context-sleep-under-lock", "context", rules=SLEEP, peers=PEER_SLEEP, why="""A call that sleeps (msleep,
    usleep_range, schedule, synchronize_rcu, ...) stands between spin_lock and spin_unlock.""")
def sleep_under_lock(source: Source) -> Iterator[Mutation]:
    for function, statement in _after_spin_locks(source):
        call = _sleeper(source, statement.start)
        yield mutation(function, [insert_after(statement, call)], statement, f"{call} under a spin lock")


@operator("context-sleep-in-handler", "context", rules=SLEEP, peers=PEER_SLEEP, why="""A call that sleeps stands in an
    interrupt handler, timer or tasklet.""")
def sleep_in_handler(source: Source) -> Iterator[Mutation]:
    for function, statement in _handler_starts(source):
        call = _sleeper(source, statement.start)
        yield mutation(function, [insert_after(statement, call)], statement, f"{call} in {function.name}")


HELPER = "static void let_settle(void)\n{{\n\t{call}\n}}\n\nstatic void settle_twice(void)\n{{\n\tlet_settle();\n\tlet_settle();\n}}\n\n"


def _through_helper(source: Source, function: Function, statement: Statement) -> Mutation:
    call = _sleeper(source, statement.start)
    helper = Edit(function.start, function.start, HELPER.format(call=call))
    return mutation(function, [helper, insert_after(statement, "settle_twice();")], statement,
                    f"{call} two calls deep")


@operator("context-sleep-under-lock-by-helper", "context", rules=SLEEP, peers=PEER_SLEEP, why="""A helper that
    sleeps two calls deeper is called with a spin lock held.""")
def helper_under_lock(source: Source) -> Iterator[Mutation]:
    for function, statement in _after_spin_locks(source):
        yield _through_helper(source, function, statement)


@operator("context-sleep-in-handler-by-helper", "context", rules=SLEEP, peers=PEER_SLEEP, why="""A helper that
    sleeps two calls deeper is called by an interrupt handler, timer or tasklet.""")
def helper_in_handler(source: Source) -> Iterator[Mutation]:
    for function, statement in _handler_starts(source):
        yield _through_helper(source, function, statement)
