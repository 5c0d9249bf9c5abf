"""Memory of user space."""

from __future__ import annotations

import re
from typing import Iterator

from ..flow import guarded_exit
from ..source import Call, Function, Source, Statement, squeeze
from . import Mutation, mutation, operator, replace

COPIES = ("copy_from_user", "copy_to_user")
MOVES = ("get_user", "put_user")


def _guards(source: Source, names: tuple[str, ...]) -> Iterator[tuple[Function, Statement, Call]]:
    """if (copy(...)) leave, with nothing but the call in the condition."""
    for function in source.functions:
        for statement in function.statements:
            if guarded_exit(statement) and statement.calls and statement.calls[0].name in names:
                call = statement.calls[0]
                if squeeze(statement.head) in (f"({squeeze(source.text[call.start:call.end])})",
                                               f"({squeeze(source.text[call.start:call.end])}!=0)"):
                    yield function, statement, call


def _text(source: Source, call: Call) -> str:
    return source.text[call.start : call.end]


@operator("user-copy-unchecked", "user-copy", rules="lin-copy-user-unchecked", peers=r"copy|user|unused|ignor|return value|uninit|garbage", why="""The
    result of copy_from_user or copy_to_user is thrown away: a bad address is taken for success.""")
def copy_unchecked(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _guards(source, COPIES):
        yield mutation(function, [replace(statement, f"{_text(source, call)};")], statement, f"{call.name} unchecked")


@operator("user-move-unchecked", "user-copy", rules="lin-getput-user-unchecked", peers=r"user|unused|ignor|return value|uninit|garbage", why="""The
    result of get_user or put_user is thrown away: on a bad address the value is 0 or lost, and the call succeeds.""")
def move_unchecked(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _guards(source, MOVES):
        yield mutation(function, [replace(statement, f"{_text(source, call)};")], statement, f"{call.name} unchecked")


PEER_DEREF = r"address space|noderef|user|taint"


@operator("user-copy-became-memcpy", "user-copy", rules="lin-user-deref lin-user-arg-space", peers=PEER_DEREF, why="""copy_from_user or
    copy_to_user became memcpy: any address, of the kernel too, is read or written for the caller, and a bad one
    oopses.""")
def copy_became_memcpy(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _guards(source, COPIES):
        if len(call.args) == 3:
            text = f"memcpy((void *)({call.args[0]}), (const void *)({call.args[1]}), {call.args[2]});"
            yield mutation(function, [replace(statement, text)], statement, f"{call.name} became memcpy")


@operator("user-move-became-dereference", "user-copy", rules="lin-user-deref", peers=PEER_DEREF, why="""get_user or
    put_user became a plain dereference of the user's pointer.""")
def move_became_dereference(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _guards(source, MOVES):
        if len(call.args) == 2:
            value, pointer = call.args
            text = f"{value} = *({pointer});" if call.name == "get_user" else f"*({pointer}) = {value};"
            yield mutation(function, [replace(statement, text)], statement, f"{call.name} became a dereference")


@operator("user-remainder-returned", "user-copy", rules="lin-copy-user-errno", peers=r"copy|remain|bytes|EFAULT", why="""The number of
    bytes that could not be copied is returned: to user space that is success with a strange length, not -EFAULT.""")
def remainder_returned(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _guards(source, COPIES):
        if re.search(r"return\s+-EFAULT\s*;", statement.children[0].text) and re.match(
                r"(?:static\s+|inline\s+)*(?:int|long|ssize_t)\b", function.head):
            text = f"{{\n\t\tint left = {_text(source, call)};\n\n\t\tif (left)\n\t\t\treturn left;\n\t}}"
            yield mutation(function, [replace(statement, text)], statement, f"remainder of {call.name} returned")
