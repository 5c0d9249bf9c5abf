"""Lists."""

from __future__ import annotations

import re
from typing import Iterator

from ..source import Source, squeeze
from . import Edit, Mutation, mutation, operator


@operator("list-safe-iterator-lost", "list", rules="lin-list-del-in-foreach lin-use-after-free", peers=r"list|iterat|after.free|freed", why="""A
    loop that frees the entry it stands on lost the _safe form of its iterator: the step to the next entry
    reads memory that was freed.""")
def safe_lost(source: Source) -> Iterator[Mutation]:
    for function in source.functions:
        for loop in function.statements:
            call = loop.calls[0] if loop.kind == "loop" and loop.calls else None
            if not call or call.name not in ("list_for_each_entry_safe", "list_for_each_entry_safe_reverse") or len(call.args) != 4:
                continue
            cursor, spare, head, member = (squeeze(a) for a in call.args)
            body = loop.children[0]
            freed = [c for s in body.walk() for c in s.calls
                     if c.name in ("kfree", "kvfree", "list_del", "kmem_cache_free") and c.args
                     and squeeze(c.args[-1]) in (cursor, f"&{cursor}->{member}")]
            direct = [c for c in freed if c.statement.parent is body or c.statement is body]
            if not direct or re.search(rf"\b{spare}\b", body.text) or re.search(r"\b(break|return|goto|list_add\w*)\b", body.text):
                continue
            name = call.name.replace("_safe", "")
            if all(c.name == "list_del" for c in direct) and not any(c.name != "list_del" for c in freed):
                continue  # the entry is only unlinked: what its pointers say then depends on list_del alone
            edit = Edit(call.start, call.end, f"{name}({cursor}, {head}, {member})")
            yield mutation(function, [edit], loop, f"{call.name} became {name}")
