"""Things other than memory that an error way does not give back."""

from __future__ import annotations

from typing import Iterator

from ..apis import RELEASES
from ..flow import after_label, always_fails, cleanup_label, fails_never, held_at, releases
from ..source import Source, squeeze
from . import Edit, Mutation, drop, mutation, operator
from .memory import on_error_way, owner, released_again, release_statements, returns_past

LOST = """lin-init-unwind lin-irq-leak lin-region-leak lin-blkdev-leak lin-chrdev-leak lin-workqueue-leak lin-mem-leak
    lin-module-exit-missing lin-kthread-not-stopped lin-timer-not-deleted lin-work-not-cancelled lin-resource-leak"""
PEER_LOST = r"leak|missing|not released|not freed|refcount"


@operator("resource-undo-dropped-on-error", "resource", rules=LOST, peers=PEER_LOST, why="""A release (free_irq, iounmap,
    pci_disable_device, unregister_*, ...) on an error way is taken out; the same function acquired it, and the
    original releases it just there.""")
def undo_dropped(source: Source) -> Iterator[Mutation]:
    for function, statement, call in release_statements(source, memory=False):
        if (not always_fails(function) and on_error_way(function, statement) and owner(function, statement, call)
                and not released_again(function, statement, call)):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


@operator("resource-return-past-undo", "resource", rules=LOST, peers=PEER_LOST, why="""`goto` into the error ladder
    became a `return` of the error: what this way acquired and the ladder releases is lost.""")
def return_past_undo(source: Source) -> Iterator[Mutation]:
    yield from returns_past(source, memory=False)


@operator("resource-goto-wrong-label", "resource", rules=LOST + " lin-lock-held-on-exit", peers=PEER_LOST, why="""A
    `goto` aims at the next label of the ladder: the one release between the two labels, of something that this
    way acquired, is left out.""")
def wrong_label(source: Source) -> Iterator[Mutation]:
    for function in source.functions:
        if always_fails(function):
            continue
        names = [s.name for s in function.body.children if s.kind == "label"]
        for statement in function.statements:
            if statement.kind != "goto" or statement.name not in names[:-1] or not cleanup_label(function, statement.name):
                continue
            further = names[names.index(statement.name) + 1]
            skipped = [s for s in after_label(function, statement.name) if s.start < function.labels[further].start]
            calls = [s.only_call for s in skipped if s.only_call and s.only_call.name in RELEASES]
            held = [h for h in held_at(function, statement) if h.pair]
            if fails_never(source, statement):
                continue
            # An assignment between the labels may say that there is nothing any more: buf = NULL before return buf.
            straight = all(s.kind == "label" or s.kind == "simple" and s.only_call for s in skipped)
            if straight and any(releases(c, h) for c in calls for h in held):
                at = statement.start + statement.text.index(statement.name, 4)
                yield mutation(function, [Edit(at, at + len(statement.name), further)], statement,
                               f"goto {statement.name} became goto {further}")
