"""C source as it is spelled: functions, statements and calls with their places, macros unexpanded.

Mutants are edits of the text that people wrote, so this works on that text and not on an AST after
macro expansion (where spin_lock() is a do-while and a list iterator a for). It knows only the shape of
statements. It errs towards silence: a function it can not split (directives inside, unbalanced
brackets, GNU statement expressions) is left out and never mutated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Iterator

_TOKEN = re.compile(
    r"""(?P<space>\s+|/\*.*?\*/|//[^\n]*|\\\n)
      | (?P<string>L?"(?:\\.|[^"\\\n])*"|L?'(?:\\.|[^'\\\n])*')
      | (?P<name>[A-Za-z_]\w*)
      | (?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)
      | (?P<punct>->|\+\+|--|<<=?|>>=?|[-+*/%&|^=!<>]=|&&|\|\||\.\.\.|\#\#?|.)""",
    re.S | re.X,
)
_OPEN = {"(": ")", "[": "]", "{": "}"}
_HANDLERS = {"__except": "except", "except": "except", "__finally": "finally", "finally": "finally"}
_CONTROL = {"if", "for", "while", "switch", "return", "sizeof", "do", "else", "goto", "case", "typeof"}


class Unreadable(Exception):
    """The text is not of a shape that this module can split."""


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a text without white space and comments; a directive is one token."""
    result: list[Token] = []
    position, line_start = 0, True
    while position < len(text):
        if line_start and (directive := re.compile(r"[ \t]*#(?:\\\n|/\*.*?\*/|[^\n])*", re.S).match(text, position)):
            result.append(Token("directive", directive.group(), position, directive.end()))
            position = directive.end()
            continue
        match = _TOKEN.match(text, position)
        if not match:
            raise Unreadable(f"offset {position}")
        if match.lastgroup != "space":
            result.append(Token(match.lastgroup or "", match.group(), position, match.end()))
            line_start = False
        if "\n" in match.group():
            line_start = True
        position = match.end()
    return result


def _match_brackets(tokens: list[Token]) -> dict[int, int]:
    """Index of each bracket -> index of its partner; brackets that #if makes uneven raise Unreadable."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind != "punct":
            continue
        if token.text in _OPEN:
            stack.append(index)
        elif token.text in (")", "]", "}"):
            if not stack or _OPEN[tokens[stack[-1]].text] != token.text:
                raise Unreadable(f"bracket at offset {token.start}")
            opened = stack.pop()
            pairs[opened], pairs[index] = index, opened
    if stack:
        raise Unreadable("open bracket")
    return pairs


def squeeze(text: str) -> str:
    """A text without white space and comments, to compare expressions by."""
    return re.sub(r"\s+|/\*.*?\*/", "", text, flags=re.S)


@dataclass(eq=False)
class Call:
    """NAME(ARGS) as it is spelled, function or macro."""

    name: str
    args: list[str]
    start: int
    end: int
    statement: "Statement"

    def arg(self, index: int) -> str:
        return squeeze(self.args[index]) if 0 <= index < len(self.args) else ""


@dataclass(eq=False)
class Statement:
    """kind: block, if, loop, do, switch, label, case, return, goto, break, continue, simple, try, except, finally, leave.

    start and end enclose the whole statement; head_start and head_end what stands before a body: the
    condition of an if, the head of a loop (else all of it). The children of a try are its block and its
    handler; the handler's one child is its block.
    """

    kind: str
    start: int
    end: int
    head_start: int
    head_end: int
    name: str = ""
    children: list["Statement"] = field(default_factory=list)
    parent: "Statement | None" = None
    calls: list[Call] = field(default_factory=list)
    source: "Source | None" = None

    @property
    def text(self) -> str:
        assert self.source
        return self.source.text[self.start : self.end]

    @property
    def head(self) -> str:
        assert self.source
        return self.source.text[self.head_start : self.head_end]

    def walk(self) -> Iterator["Statement"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator["Statement"]:
        node = self.parent
        while node:
            yield node
            node = node.parent

    @cached_property
    def siblings(self) -> list["Statement"]:
        return self.parent.children if self.parent and self.parent.kind == "block" else [self]

    @property
    def next(self) -> "Statement | None":
        place = self.siblings.index(self)
        return self.siblings[place + 1] if place + 1 < len(self.siblings) else None

    @property
    def previous(self) -> "Statement | None":
        place = self.siblings.index(self)
        return self.siblings[place - 1] if place > 0 else None

    @property
    def only_call(self) -> Call | None:
        """The call that this statement consists of: NAME(...);"""
        if self.kind != "simple" or not self.calls:
            return None
        first = self.calls[0]
        return first if squeeze(self.text) == squeeze(self.source.text[first.start : first.end]) + ";" else None

    @property
    def assignment(self) -> tuple[str, Call] | None:
        """(target, call) when this statement is TARGET = NAME(...); perhaps with a cast or a declaration."""
        if self.kind != "simple" or not self.calls:
            return None
        call = self.calls[0]
        before = self.source.text[self.start : call.start]
        after = squeeze(self.source.text[call.end : self.end])
        match = re.fullmatch(r"(?:.*?[\s*])??([A-Za-z_][\w.\[\]>-]*)\s*=\s*(?:\([^()]*\)\s*)?", before, re.S)
        return (squeeze(match.group(1)), call) if match and after == ";" else None


@dataclass(eq=False)
class Function:
    name: str
    start: int
    body: Statement
    source: "Source"

    @property
    def end(self) -> int:
        return self.body.end

    @cached_property
    def statements(self) -> list[Statement]:
        return list(self.body.walk())

    @cached_property
    def calls(self) -> list[Call]:
        found = [call for statement in self.statements for call in statement.calls]
        return sorted(found, key=lambda call: (call.start, -call.end))

    @cached_property
    def labels(self) -> dict[str, Statement]:
        return {statement.name: statement for statement in self.statements if statement.kind == "label"}

    @property
    def head(self) -> str:
        return self.source.text[self.start : self.body.start]


class Source:
    """A file; functions that can not be split are missing in .functions."""

    def __init__(self, path: Path, text: str | None = None):
        self.path = path
        self.text = text if text is not None else path.read_text(encoding="latin-1")
        self.tokens = tokenize(self.text)
        self.pairs = _match_brackets(self.tokens)
        self.functions = list(self._find_functions())

    def line(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    @cached_property
    def by_name(self) -> dict[str, Function]:
        return {function.name: function for function in self.functions}

    @cached_property
    def calls_by_name(self) -> dict[str, list[tuple[Function, Call]]]:
        table: dict[str, list[tuple[Function, Call]]] = {}
        for function in self.functions:
            for call in function.calls:
                table.setdefault(call.name, []).append((function, call))
        return table

    def _find_functions(self) -> Iterator[Function]:
        index, start = 0, 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind == "directive" or token.text == ";":
                start = index + 1
            elif token.text == "{":
                name = self._function_name(index, start)
                close = self.pairs[index]
                if name:
                    try:
                        body = _Parser(self, index).body()
                        yield Function(name, self.tokens[start].start, body, self)
                    except Unreadable:
                        pass
                    start = close + 1
                index = close
            elif token.text in ("(", "["):
                index = self.pairs[index]
            index += 1

    def _function_name(self, brace: int, start: int) -> str:
        """Name of the function whose body opens at `brace`; "" for a struct or an initialiser."""
        index = brace - 1
        while index > start and self.tokens[index].text == ")":
            opened = self.pairs[index]
            if opened <= start or self.tokens[opened - 1].kind != "name":
                return ""
            name = self.tokens[opened - 1].text
            if self.tokens[opened - 2].text != ")" or opened - 2 < start:
                return "" if name in _CONTROL or opened - 1 == start else name
            index = opened - 2
        return ""


class _Parser:
    """Recursive descent over the statements of one function body."""

    def __init__(self, source: Source, brace: int):
        self.source, self.tokens, self.pairs = source, source.tokens, source.pairs
        self.index = brace
        if any(token.kind == "directive" for token in self.tokens[brace : self.pairs[brace]]):
            raise Unreadable("directive inside a function")

    def body(self) -> Statement:
        return self._block(None)

    def _peek(self) -> Token:
        return self.tokens[self.index]

    def _make(self, kind: str, first: int, head: tuple[int, int], last: int, parent: Statement | None,
              name: str = "") -> Statement:
        return Statement(kind, self.tokens[first].start, self.tokens[last].end, self.tokens[head[0]].start,
                         self.tokens[head[1]].end, name, parent=parent, source=self.source)

    def _block(self, parent: Statement | None) -> Statement:
        first, close = self.index, self.pairs[self.index]
        block = self._make("block", first, (first, first), close, parent)
        self.index += 1
        while self.index < close:
            block.children.append(self._statement(block))
        self.index = close + 1
        return block

    def _statement(self, parent: Statement) -> Statement:
        token, following = self._peek(), self.tokens[self.index + 1]
        if token.text == "{":
            return self._block(parent)
        if token.text in ("if", "while", "switch", "for"):
            return self._headed({"if": "if", "switch": "switch"}.get(token.text, "loop"), parent)
        if token.text == "do":
            return self._do(parent)
        if token.text in ("case", "default"):
            return self._case(parent)
        if token.text in ("__try", "try") and following.text == "{":
            return self._try(parent)
        if token.kind == "name" and following.text == ":" and token.text != "default":
            label = self._make("label", self.index, (self.index, self.index), self.index + 1, parent, token.text)
            self.index += 2
            return label
        if token.kind == "name" and following.text == "(":
            after = self.tokens[self.pairs[self.index + 1] + 1]
            if after.text == "{" or ("for_each" in token.text and after.text != ";"):
                return self._headed("loop", parent)
        return self._simple(parent)

    def _headed(self, kind: str, parent: Statement) -> Statement:
        first = self.index
        word = self._peek().text
        opened = self.index + 1
        if self.tokens[opened].text != "(":
            raise Unreadable(word)
        close = self.pairs[opened]
        node = self._make(kind, first, (opened, close), close, parent, word)
        self._add_calls(node, first if kind == "loop" and word not in _CONTROL else opened, close)
        self.index = close + 1
        node.children.append(self._statement(node))
        if kind == "if" and self._peek().text == "else":
            self.index += 1
            node.children.append(self._statement(node))
        node.end = node.children[-1].end
        return node

    def _do(self, parent: Statement) -> Statement:
        first = self.index
        self.index += 1
        node = self._make("do", first, (first, first), first, parent)
        node.children.append(self._statement(node))
        opened = self.index + 1
        close = self.pairs.get(opened, -1)
        if self._peek().text != "while" or close < 0:
            raise Unreadable("do")
        self._add_calls(node, opened, close)
        node.end = self.tokens[close + 1].end
        self.index = close + 2
        return node

    def _try(self, parent: Statement) -> Statement:
        node = self._make("try", self.index, (self.index, self.index), self.index, parent)
        self.index += 1
        node.children.append(self._block(node))
        kind = _HANDLERS.get(self._peek().text)
        if kind == "except":
            handler = self._headed(kind, node)
        elif kind == "finally":
            handler = self._make(kind, self.index, (self.index, self.index), self.index, node)
            self.index += 1
            handler.children.append(self._statement(handler))
            handler.end = handler.children[-1].end
        else:
            raise Unreadable("try")
        node.children.append(handler)
        node.end = handler.end
        return node

    def _case(self, parent: Statement) -> Statement:
        first = self.index
        while self._peek().text != ":":
            self.index += 1
            if self._peek().text in ("?", ";", "{"):
                raise Unreadable("case")
        node = self._make("case", first, (first, self.index), self.index, parent)
        self.index += 1
        return node

    def _simple(self, parent: Statement) -> Statement:
        first = self.index
        while self._peek().text != ";":
            if self._peek().text in ("(", "[", "{"):
                if self._peek().text == "(" and self.tokens[self.index + 1].text == "{":
                    raise Unreadable("statement expression")
                self.index = self.pairs[self.index]
            elif self._peek().text == "}":
                raise Unreadable("no semicolon")
            self.index += 1
        word = self.tokens[first].text
        kind = word if word in ("return", "goto", "break", "continue") else "simple"
        if word in ("__leave", "leave") and self.index == first + 1:
            kind = "leave"
        name = self.tokens[first + 1].text if kind == "goto" else ""
        node = self._make(kind, first, (first, self.index), self.index, parent, name)
        self._add_calls(node, first, self.index)
        self.index += 1
        return node

    def _add_calls(self, node: Statement, first: int, last: int) -> None:
        for index in range(first, last):
            token = self.tokens[index]
            if token.kind != "name" or token.text in _CONTROL or self.tokens[index + 1].text != "(":
                continue
            close = self.pairs[index + 1]
            args = self._arguments(index + 1, close)
            node.calls.append(Call(token.text, args, token.start, self.tokens[close].end, node))

    def _arguments(self, opened: int, close: int) -> list[str]:
        args, start, index = [], opened + 1, opened + 1
        while index < close:
            if self.tokens[index].text in _OPEN:
                index = self.pairs[index]
            elif self.tokens[index].text == ",":
                args.append(self._between(start, index))
                start = index + 1
            index += 1
        if start < close:
            args.append(self._between(start, close))
        return args

    def _between(self, first: int, end: int) -> str:
        return self.source.text[self.tokens[first].start : self.tokens[end - 1].end] if first < end else ""
