"""An interpretation of so2check's IR in bit-vectors, independent of the engine.

It errs on one side only: whatever it cannot tell is a fresh value, so a path that can be walked is never called
infeasible. Exact are assignments to variables whose address nobody has, arithmetic, casts, comparisons and branches.
Memory keeps what was last read or written under the very same name (the same pointer value, the same fields, the same
index) until something may have written to it: a call, inline assembly, a store that is not surely to another field of the
same object. IS_ERR() and its like have their meaning; other calls return anything."""

import itertools

import z3

POINTER_BITS = 64
MAX_ERRNO = 4095
LOWEST_ADDRESS = 4096
LARGEST_OFFSET = 1 << 24
LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1
UNKNOWN = {"kind": "unknown", "size": -1, "unsigned": False}
INT = {"kind": "int", "size": 4, "unsigned": False}
LONG = {"kind": "int", "size": 8, "unsigned": False}
COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}


def is_error(value):
    return z3.UGE(value, z3.BitVecVal(-MAX_ERRNO, POINTER_BITS))


# What the kernel's tests and casts of error pointers are, by the 64 bits of their argument.
POINTER_FUNCTIONS = {
    "IS_ERR": is_error,
    "IS_ERR_VALUE": is_error,
    "IS_ERR_OR_NULL": lambda value: z3.Or(value == 0, is_error(value)),
    "PTR_ERR": lambda value: value,
    "ERR_PTR": lambda value: value,
    "ERR_CAST": lambda value: value,
    "PTR_ERR_OR_ZERO": lambda value: z3.If(is_error(value), value, z3.BitVecVal(0, POINTER_BITS)),
}


class Place:
    """A piece of memory: what it is part of, and the way to the part. `root` is ("local", variable) or ("at", address)."""

    def __init__(self, root, parts, address):
        self.root, self.parts, self.address = root, parts, address

    @property
    def is_local(self):
        return self.root[0] == "local"

    @property
    def key(self):
        return self.root, self.parts


class Memory:
    """Values by place. Copied where paths fork."""

    def __init__(self, values=None):
        self.values = dict(values or {})

    def copy(self):
        return Memory(self.values)

    def read(self, place, bits):
        value = self.values.get(place.key + (bits,))
        return value if value is not None or self.values.get(place.key + ("zero",)) is None else z3.BitVecVal(0, bits)

    def write(self, place, graph, bits, value):
        """bits None: all of it changes; "zero": it is filled with zeroes."""
        for key in [key for key in self.values if self.may_overlap(key, place, graph)]:
            del self.values[key]
        if bits is not None:
            self.values[place.key + (bits,)] = value

    @staticmethod
    def may_overlap(key, place, graph):
        root, parts = key[0], key[1]
        if root != place.root:
            return not (place.is_local or root[0] == "local")
        for left, right in zip(parts, place.parts):
            if left != right:
                return not graph.are_disjoint_fields(left, right)
        return True

    def forget(self):
        """Something unknown ran: of memory only variables whose address nobody has are left."""
        self.values = {key: value for key, value in self.values.items() if key[0][0] == "local"}


class Graph:
    """A function as --dump=path gives it."""

    def __init__(self, text):
        self.name, self.file = text["function"], text["file"]
        self.line, self.end_line = text["line"], text["endLine"]
        self.types, self.vars, self.blocks = text["types"], text["vars"], text["blocks"]

    def type(self, number):
        return self.types[number] if number is not None and number >= 0 else UNKNOWN

    def field(self, part):
        """(offset in bits, size in bits) of a part ("field", type of the record, name), or None."""
        if part[0] != "field" or self.type(part[1]).get("union"):
            return None
        for field in self.type(part[1]).get("fields", []):
            if field["name"] == part[2] and field["bit"] >= 0 and field["size"] > 0:
                return field["bit"], field["size"] * 8
        return None

    def are_disjoint_fields(self, left, right):
        left, right = self.field(left), self.field(right)
        if not left or not right:
            return False
        return left[0] + left[1] <= right[0] or right[0] + right[1] <= left[0]

    def is_own_variable(self, number):
        """Nobody but this function's assignments can change it."""
        var = self.vars[number]
        return var["kind"] in ("local", "param", "temp", "selector") and not var["addressTaken"]


def is_pointer(kind):
    return kind["kind"] in ("pointer", "array", "function")


def is_number(kind):
    return kind["kind"] in ("int", "bool", "pointer") and (kind["kind"] == "pointer" or kind["size"] > 0)


def bits_of(kind):
    if is_pointer(kind):
        return POINTER_BITS
    return kind["size"] * 8 if is_number(kind) else POINTER_BITS


def is_unsigned(kind):
    return kind["kind"] in ("bool", "pointer") or bool(kind["unsigned"])


def promoted(kind):
    """C's integer promotions, for sizes that kernels have."""
    if is_pointer(kind):
        return dict(kind="pointer", size=8, unsigned=True)
    return INT if kind["size"] < 4 else kind


def common(left, right):
    """C's usual arithmetic conversions."""
    left, right = promoted(left), promoted(right)
    if is_pointer(left) or is_pointer(right):
        return left if is_pointer(left) else right
    if left["size"] != right["size"]:
        return left if left["size"] > right["size"] else right
    return left if is_unsigned(left) else right


class Machine:
    """The values along one path. `add` takes the constraints of the path; copies share it."""

    names = itertools.count()

    def __init__(self, graph, add):
        self.graph, self.add = graph, add
        self.values = {}  # own variables
        self.memory = Memory()
        self.constants = {}  # addresses and offsets: the same on all paths, see constant()

    def copy(self):
        other = Machine(self.graph, self.add)
        other.values, other.memory, other.constants = dict(self.values), self.memory.copy(), dict(self.constants)
        return other

    # ---- values

    def fresh(self, kind):
        value = z3.BitVec("v%d" % next(Machine.names), bits_of(kind))
        if kind["kind"] == "bool":
            self.add(z3.ULE(value, 1))
        return value

    def constant(self, key, low, high):
        """An address or offset that is not known, between two bounds."""
        if key not in self.constants:
            value = z3.BitVec("c%d" % next(Machine.names), POINTER_BITS)
            self.add(z3.UGE(value, low), z3.ULE(value, high))
            self.constants[key] = value
        return self.constants[key]

    def object_address(self, key):
        return self.constant(key, LOWEST_ADDRESS, (1 << POINTER_BITS) - 1 - LARGEST_OFFSET)

    def convert(self, value, source, target):
        if not (is_number(source) or is_pointer(source)) or not (is_number(target) or is_pointer(target)):
            return self.fresh(target)
        if target["kind"] == "bool":
            return z3.If(value != 0, z3.BitVecVal(1, 8), z3.BitVecVal(0, 8))
        bits = bits_of(target)
        if bits < value.size():
            return z3.Extract(bits - 1, 0, value)
        extend = z3.ZeroExt if is_unsigned(source) else z3.SignExt
        return extend(bits - value.size(), value) if bits > value.size() else value

    def evaluate(self, expr):
        """(value, type)"""
        kind = self.graph.type(expr[1]) if expr else UNKNOWN
        handler = getattr(self, "value_" + expr[0], None) if expr else None
        value = handler(expr, kind) if handler else None
        return (self.fresh(kind) if value is None else value), kind

    def value_int(self, expr, kind):
        return z3.BitVecVal(expr[2], bits_of(kind)) if is_number(kind) else None

    def value_string(self, expr, _kind):
        return self.object_address(("string", expr[2]))

    def value_function(self, expr, _kind):
        return self.object_address(("function", expr[2]))

    def value_load(self, expr, kind):
        return self.load(expr[2], kind)

    def value_address(self, expr, _kind):
        place = self.find(expr[2])
        return place.address() if place else None

    def value_cast(self, expr, kind):
        value, source = self.evaluate(expr[2])
        return self.convert(value, source, kind)

    def value_unary(self, expr, kind):
        value, source = self.evaluate(expr[3])
        if not (is_number(source) or is_pointer(source)) or not is_number(kind):
            return None
        if expr[2] == "!":
            return self.truth(value == 0, kind)
        value = self.convert(value, source, kind)
        return -value if expr[2] == "-" else ~value

    @staticmethod
    def truth(condition, kind):
        return z3.If(condition, z3.BitVecVal(1, bits_of(kind)), z3.BitVecVal(0, bits_of(kind)))

    def value_binary(self, expr, kind):
        operator = expr[2]
        left, left_kind = self.evaluate(expr[3])
        right, right_kind = self.evaluate(expr[4])
        if not all(is_number(operand) or is_pointer(operand) for operand in (left_kind, right_kind, kind)):
            return None
        if operator in COMPARISONS:
            shared = common(left_kind, right_kind)
            left, right = self.convert(left, left_kind, shared), self.convert(right, right_kind, shared)
            return self.truth(compare(operator, left, right, is_unsigned(shared)), kind)
        if is_pointer(left_kind) or is_pointer(right_kind):
            return self.moved_pointer(operator, (left, left_kind), (right, right_kind))
        if operator in ("<<", ">>"):
            return self.shifted(operator, self.convert(left, left_kind, kind), right, right_kind, kind)
        left, right = self.convert(left, left_kind, kind), self.convert(right, right_kind, kind)
        if operator in ("/", "%"):
            return self.divided(operator, left, right, kind)
        return {"+": left + right, "-": left - right, "*": left * right, "&": left & right, "|": left | right,
                "^": left ^ right}[operator]

    def moved_pointer(self, operator, left, right):
        if is_pointer(right[1]):
            left, right = right, left
            if operator == "-":
                return None  # of two pointers, or nonsense
        if is_pointer(right[1]) or operator not in ("+", "-"):
            return None
        target = self.graph.type(left[1].get("target"))
        size = 1 if target["kind"] == "void" else target["size"]
        if size <= 0:
            return None
        distance = self.convert(right[0], right[1], LONG) * size
        return left[0] + distance if operator == "+" else left[0] - distance

    def shifted(self, operator, left, right, right_kind, kind):
        bits = bits_of(kind)
        count = self.convert(right, right_kind, dict(LONG, unsigned=True))
        fits = z3.ULT(count, bits)
        count = z3.Extract(bits - 1, 0, count) if bits < count.size() else z3.ZeroExt(bits - count.size(), count)
        if operator == "<<":
            value = left << count
        else:
            value = z3.LShR(left, count) if is_unsigned(kind) else left >> count
        return z3.simplify(z3.If(fits, value, self.fresh(kind)))

    def divided(self, operator, left, right, kind):
        if operator == "/":
            value = z3.UDiv(left, right) if is_unsigned(kind) else left / right
        else:
            value = z3.URem(left, right) if is_unsigned(kind) else z3.SRem(left, right)
        return z3.If(right == 0, self.fresh(kind), value)

    # ---- places

    def find(self, place):
        """None: of an own variable, which has no address."""
        if place[0] == "var":
            if self.graph.is_own_variable(place[2]):
                return Place(("local", place[2]), (), lambda: self.object_address(("variable", place[2])))
            address = self.object_address(("variable", place[2]))
            return Place(self.root_at(address), (), lambda: address)
        if place[0] == "deref":
            return self.find_pointee(place[2])
        base = self.find(place[2])
        if place[0] == "field":
            part = ("field", place[2][1], place[3])
            return Place(base.root, base.parts + (part,), lambda: self.field_address(base, part))
        index, kind = self.evaluate(place[3])
        index = self.convert(index, kind, LONG)
        return Place(base.root, base.parts + (("index", self.identity(index)),),
                     lambda: self.element_address(base, place, index))

    def find_pointee(self, pointer):
        if pointer[0] == "address":
            return self.find(pointer[2])
        value, kind = self.evaluate(pointer)
        value = z3.simplify(self.convert(value, kind, dict(kind="pointer", size=8, unsigned=True)))
        return Place(self.root_at(value), (), lambda: value)

    def identity(self, value):
        """Equal for equal terms; the term is kept, so that its number stays its own."""
        value = z3.simplify(value)
        self.constants[("kept", value.get_id())] = value
        return value.get_id()

    def root_at(self, address):
        return ("at", self.identity(address))

    def field_address(self, base, part):
        known = self.graph.field(part)
        tag = self.graph.type(part[1]).get("tag") or part[1]
        if known:
            return base.address() + known[0] // 8
        return base.address() + self.constant(("offset", tag, part[2]), 0, LARGEST_OFFSET)

    def element_address(self, base, place, index):
        size = self.graph.type(place[1])["size"]
        return base.address() + (index * size if size > 0 else self.fresh(LONG))

    def load(self, place, kind):
        if place[0] == "var" and self.graph.is_own_variable(place[2]) and is_number(kind):
            if place[2] not in self.values:
                self.values[place[2]] = self.fresh(self.graph.type(self.graph.vars[place[2]]["type"]))
            value = self.values[place[2]]
            return self.convert(value, self.graph.type(self.graph.vars[place[2]]["type"]), kind)
        where = self.find(place)
        if not (is_number(kind) or is_pointer(kind)):
            return None
        if kind["kind"] in ("array", "function"):
            return where.address()
        value = self.memory.read(where, bits_of(kind))
        if value is None:
            value = self.fresh(kind)
            self.memory.values[where.key + (bits_of(kind),)] = value
        return value

    def store(self, place, value, source):
        """value None: anything."""
        kind = self.graph.type(place[1])
        if value is not None and (is_number(kind) and (is_number(source) or is_pointer(source))):
            value = self.convert(value, source, kind)
        elif is_number(kind):
            value = self.fresh(kind)
        else:
            value = None
        if place[0] == "var" and self.graph.is_own_variable(place[2]) and value is not None:
            self.values[place[2]] = value
            return
        where = self.find(place)
        self.memory.write(where, self.graph, None if value is None else bits_of(kind), value)

    def clear(self, place):
        kind = self.graph.type(place[1])
        if is_number(kind):
            self.store(place, z3.BitVecVal(0, bits_of(kind)), kind)
        else:
            self.memory.write(self.find(place), self.graph, "zero", True)

    # ---- steps

    def run(self, step, result=None):
        """One step that decides nothing. `result`: the range of what a call is taken to return."""
        kind = step["kind"]
        if kind == "declare":
            self.forget_variable(step["var"])
        elif kind == "assign":
            self.store(step["place"], *self.evaluate(step["value"]))
        elif kind == "zero":
            self.clear(step["place"])
        elif kind == "call":
            self.call(step, result)
        elif kind == "asm":
            self.memory.forget()
            for place in step["outputs"]:
                self.store(place, None, UNKNOWN)

    def abandon(self, step):
        """The step raised an exception: of what it does, anything may have been done."""
        self.memory.forget()
        if step["kind"] == "declare":
            self.forget_variable(step["var"])
        for place in [step.get("result"), step.get("place")] + step.get("outputs", []):
            if place:
                self.store(place, None, UNKNOWN)
        if step.get("isMacro"):
            self.forget_arguments(step)

    def forget_variable(self, number):
        self.values.pop(number, None)
        self.memory.write(self.find(["var", None, number]), self.graph, None, None)

    def forget_arguments(self, step):
        """A macro may assign to whatever it is given."""
        for number in set(variables_in(step["args"])):
            self.forget_variable(number)

    def call(self, step, result):
        function = POINTER_FUNCTIONS.get(step["callee"])
        place = step["result"]
        if function and len(step["args"]) == 1:
            self.call_pointer_function(function, step)
        else:
            self.memory.forget()
            if step["isMacro"]:
                self.forget_arguments(step)
            if place:
                self.store(place, None, UNKNOWN)
        if place and result and is_number(self.graph.type(place[1])):
            kind = self.graph.type(place[1])
            self.add(in_range(self.load(place, kind), kind, *result))

    def call_pointer_function(self, function, step):
        value, kind = self.evaluate(step["args"][0])
        value = function(self.convert(value, kind, dict(LONG, unsigned=True)))
        if not step["result"]:
            return
        if z3.is_bool(value):
            self.store(step["result"], self.truth(value, INT), INT)
        else:
            self.store(step["result"], value, LONG)

    def edge_condition(self, block, edge):
        """What holds when control leaves the block by that edge, or None."""
        kind = edge["kind"]
        if kind not in ("true", "false", "case", "default"):
            return None
        value, source = self.evaluate(block["steps"][-1]["value"])
        if not (is_number(source) or is_pointer(source)):
            return None
        if kind in ("true", "false"):
            return (value != 0) if kind == "true" else (value == 0)
        value, source = self.convert(value, source, promoted(source)), promoted(source)
        if kind == "case":
            return in_case(value, source, edge)
        return z3.And([z3.Not(in_case(value, source, other)) for other in block["edges"] if other["kind"] == "case"])


def compare(operator, left, right, unsigned):
    if operator in ("==", "!="):
        return left == right if operator == "==" else left != right
    if unsigned:
        return {"<": z3.ULT, "<=": z3.ULE, ">": z3.UGT, ">=": z3.UGE}[operator](left, right)
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]


def in_case(value, kind, edge):
    bits = value.size()
    low, high = z3.BitVecVal(edge["low"], bits), z3.BitVecVal(edge["high"], bits)
    if edge["low"] == edge["high"]:
        return value == low
    return z3.And(compare(">=", value, low, is_unsigned(kind)), compare("<=", value, high, is_unsigned(kind)))


def in_range(value, kind, low, high, nonzero):
    """The engine's one domain for numbers, errors and pointers (checker/engine/feasible.c), in bits."""
    parts = [z3.BoolVal(True)]
    if nonzero:
        parts.append(value != 0)
    if is_pointer(kind):
        ways = []
        if low < 0:
            ways.append(is_error(value))
        if low <= 0 <= high:
            ways.append(value == 0)
        if high > 0:
            ways.append(z3.And(value != 0, z3.Not(is_error(value))))
        parts.append(z3.Or(ways))
        return z3.And(parts)
    bits = value.size()
    if bits == POINTER_BITS and is_unsigned(kind) and low >= 0:
        parts.append(z3.UGE(value, low))
        if high != HIGHEST:
            parts.append(z3.ULE(value, high))
        return z3.And(parts)
    wide = value if bits == POINTER_BITS else (z3.ZeroExt if is_unsigned(kind) else z3.SignExt)(72 - bits, value)
    if low != LOWEST:
        parts.append(wide >= low)
    if high != HIGHEST:
        parts.append(wide <= high)
    return z3.And(parts)


def variables_in(text):
    """The numbers of all variables that an expression or a list of them names."""
    if isinstance(text, list):
        if len(text) == 3 and text[0] == "var":
            yield text[2]
        else:
            for part in text:
                yield from variables_in(part)
