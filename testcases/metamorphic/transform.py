"""Edits of a driver's text that change nothing of what it does. Each takes the text and gives the text, or None if there was no place."""
import re

from proving.source import Source, Unreadable, tokenize

MARK = "_so2m"  # behind each new name, so that findings can be told again
TYPE = re.compile(r"(?:static\s+)?(?:const\s+)?(?:unsigned|signed|int|long|short|char|bool|u8|u16|u32|u64|s32|s64|size_t|ssize_t|struct\s+\w+|[A-Z][A-Z0-9_]{2,})\b[\w\s]*?"
                  r"[\s*]+(\w+)\s*(?:=[^;]*)?;$", re.S)


def replace(text, edits):
    """edits: (start, end, new); those that overlap an earlier one are left out."""
    parts, position = [], 0
    for start, end, new in sorted(edits):
        if start >= position:
            parts += [text[position:start], new]
            position = end
    return "".join(parts) + text[position:] if edits else None


def statements(source):
    for function in source.functions:
        yield from ((function, statement) for statement in function.statements)


def is_in_block(statement):
    return statement.parent is not None and statement.parent.kind == "block"


def is_plain(statement):
    """One call or assignment, in a block; no declaration of a pointer to a function."""
    return statement.kind == "simple" and is_in_block(statement) and not TYPE.match(statement.text) and \
        not re.match(r"\w[\w\s*]*\(\s*\*\s*\w+\s*\)\s*\(", statement.text) and \
        re.match(r"[\w>.*()-]+\s*(?:\(|=[^=])", statement.text) and not re.match(r"(?:return|goto|break|continue|case|static|const|struct|union|enum)\b", statement.text)


def comments(text, source):
    """A comment and an empty line before each statement."""
    return replace(text, [(s.start, s.start, "/* as before */\n\n") for _, s in statements(source) if is_in_block(s)])


def dead_code(text, source):
    """A block that is never entered, at the beginning of each function."""
    return replace(text, [(f.body.start + 1, f.body.start + 1, " if (0) { int unused" + MARK + " = 1; unused" + MARK + "++; } ")
                          for f in source.functions])


def behind_return(text, source):
    """Code that is never reached, behind a return."""
    return replace(text, [(s.end, s.end, " do { int unused" + MARK + " = 0; (void)unused" + MARK + "; } while (0);")
                          for _, s in statements(source) if s.text.startswith("return") and is_in_block(s)])


def wrap(text, source):
    """do { statement } while (0);"""
    return replace(text, [(s.start, s.end, "do { " + s.text + " } while (0);") for _, s in statements(source) if is_plain(s)])


def invert(text, source):
    """if (!(c)) B else A"""
    edits = []
    for _, s in statements(source):
        if s.kind == "if" and len(s.children) == 2 and s.children[1].kind != "if" and s.head:
            then, other = (child.text for child in s.children)
            edits.append((s.start, s.end, f"if (!({head(s)})) {{ {other} }} else {{ {then} }}"))
    return replace(text, edits)


def head(statement):
    text = statement.head.strip()
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text


def swap(text, source):
    """The operands of a comparison."""
    turned = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
    edits = []
    for _, s in statements(source):
        match = re.fullmatch(r"([\w>.-]*\w)\s*(==|!=|<=|>=|<|>)\s*(-?\w[\w>.-]*)", head(s)) if s.kind == "if" else None
        if match:
            left, operator, right = match.groups()
            edits.append((s.head_start, s.head_end, s.head.replace(head(s), f"{right} {turned[operator]} {left}")))
    return replace(text, edits)


def copy_exit(text, source):
    """`goto out` where only a return follows: the return."""
    edits = []
    for function, s in statements(source):
        match = re.fullmatch(r"goto\s+(\w+)\s*;", s.text)
        label = function.labels.get(match.group(1)) if match else None
        last = label.next if label is not None else None
        while last is not None and last.kind == "label":
            last = last.next
        if last is not None and last.text.startswith("return") and "(" not in last.text:
            edits.append((s.start, s.end, last.text))
    return replace(text, edits)


def reorder(text, source):
    """Two assignments of constants to different variables."""
    edits, done = [], set()
    for _, s in statements(source):
        following = s.next
        if following is None or s.start in done:
            continue
        first, second = (re.fullmatch(r"(\w+)\s*=\s*(?:-?[A-Z0-9x]+|NULL)\s*;", other.text) for other in (s, following))
        if first and second and first.group(1) != second.group(1):
            edits += [(s.start, s.end, following.text), (following.start, following.end, s.text)]
            done.add(following.start)
    return replace(text, edits)


def name_tokens(text, names, start, end):
    """Places of a name as a variable or function: no member, tag or label."""
    tokens = [token for token in tokenize(text) if start <= token.start < end]
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text if index else ""
        if token.kind == "name" and token.text in names and before not in (".", "->", "struct", "union", "enum", "goto"):
            yield token


def rename_locals(text, source):
    edits = []
    for function in source.functions:
        names = {match.group(1) for s in function.statements if s.kind == "simple" and (match := TYPE.match(s.text))}
        # An argument of a macro may be a member's name.
        names -= {arg for call in function.calls for arg in call.args if re.match(r"(?:list|hlist|llist|container|for)_", call.name)}
        names -= set(re.findall(r"(?:->|\.)\s*(\w+)", function.body.text))
        edits += [(t.start, t.end, t.text + MARK) for t in name_tokens(text, names, function.body.start, function.end)]
    return replace(text, edits)


def rename_functions(text, source):
    names = {f.name for f in source.functions if re.search(r"\bstatic\b", f.head) and "inline" not in f.head}
    # What a macro pastes together, or a directive names, has to stay.
    directives = " ".join(token.text for token in tokenize(text) if token.kind == "directive")
    pasted = set(re.findall(r"\w+", directives)) | {name for name in names if len(re.findall(rf"\b{name}\b", text)) < 2}
    members = set(re.findall(r"(?:->|\.)\s*(\w+)", text))
    if re.search(r"\b(?:DEVICE_ATTR|DRIVER_ATTR|SENSOR_DEVICE_ATTR|DEFINE_\w+_OPS|SHOW|STORE|module_param_call)\w*\s*\(", text):
        names = {name for name in names if not re.search(r"_(?:show|store|open|write|read)$|^(?:show|store)_", name)}
    return replace(text, [(t.start, t.end, t.text + MARK) for t in name_tokens(text, names - pasted - members, 0, len(text))])


def expand(text, source):
    """The driver's own macros that are numbers."""
    values = dict(re.findall(r"^#define\s+(\w+)[ \t]+(\(?(?:0x[0-9a-fA-F]+|\d+)\)?)[ \t]*$", text, re.M))
    if len(set(values)) != len(re.findall(r"^#define\s+(?:" + "|".join(map(re.escape, values)) + r")\b", text, re.M) if values else []):
        return None
    return replace(text, [(t.start, t.end, values[t.text]) for f in source.functions for t in name_tokens(text, set(values), f.body.start, f.end)])


def split(text, source):
    """A function's last statements, from a call on that needs parameters only, become a function of their own."""
    edits = []
    for function in source.functions:
        last = function.body.children[-1] if function.body.children else None
        parameters = re.search(r"\(([^()]*)\)\s*$", function.head.strip())
        if last is None or not parameters or not is_plain(last) or not re.match(r"(?:static\s+)?(?:void|VOID)\s+\w+\s*\(", function.head.strip()):
            continue
        names = [words[-1] if (words := re.findall(r"\w+", part.split("[")[0])) else "..." for part in parameters.group(1).split(",")]
        locals_ = {match.group(1) for s in function.statements if (match := TYPE.match(s.text))}
        if "..." in names or locals_ & set(re.findall(r"\w+", last.text)):
            continue
        part = f"{function.name}_part{MARK}"
        passed = ", ".join(name for name in names if name != "void")
        edits.append((function.start, function.start, f"\nstatic void {part}({parameters.group(1)})\n{{\n\t{last.text}\n}}\n\n"))
        edits.append((last.start, last.end, f"{part}({passed});"))
    return replace(text, edits)


ALL = (comments, dead_code, behind_return, wrap, invert, swap, copy_exit, reorder, rename_locals, rename_functions, expand, split)


def variants(path, text):
    """(name, text) of each edit that found a place."""
    try:
        source = Source(path, text)
        found = [(edit.__name__, edit(text, source)) for edit in ALL]
    except Unreadable:
        return []
    return [(name, new) for name, new in found if new is not None]
