"""Random C functions that lock, allocate and register, most of them right, some with a fault planted.

A function is built as a tree of statements by scopes: acquire, something between, release, and on every way out of a
scope what that way has to undo, in the styles that drivers use (ladders of labels, releases before each return, flags,
conditions that correlate, helpers). Then faults are planted by edits of the tree that know nothing of locks or memory: what
an edit did, running the function tells. `emit()` is the text, the same for user space and for so2check."""
import random
import re

HEADERS = ("clk", "delay", "errno", "interrupt", "mutex", "semaphore", "slab", "spinlock", "uaccess")

PREAMBLE = "".join(f"#include <linux/{header}.h>\n" for header in HEADERS) + """
struct buf {
	int len;
	struct buf *next;
	char text[24];
};

static irqreturn_t on_irq(int irq, void *cookie)
{
	(void)irq;
	(void)cookie;
	return IRQ_HANDLED;
}
"""

DEVICE = """
struct dev{n} {{
	spinlock_t a{n}, b{n};
	rwlock_t r{n};
	struct mutex m{n}, k{n};
	struct semaphore s{n};
	struct clk *clk{n};
	int mode, count;
	struct buf *slot;
}};
"""


# ---- statements ---------------------------------------------------------------------------

class Node:
    """text: a line; bodies: nested lists of nodes; kind says how they are written."""

    def __init__(self, kind, text="", *bodies):
        self.kind, self.text, self.bodies = kind, text, list(bodies)


def line(text):
    return Node("line", text)


def when(condition, then, other=None):
    return Node("if", condition, then, *([other] if other else []))


def emit_list(nodes, tabs):
    lines = []
    for node in nodes:
        lines += emit_node(node, tabs)
    return lines


def emit_node(node, tabs):
    indent = "\t" * tabs
    if node.kind == "line":
        return [indent + node.text]
    if node.kind == "label":
        return ["\t" * (tabs - 1) + node.text + ":;"]
    body = emit_list(node.bodies[0], tabs + 1) if node.bodies else []
    if node.kind == "if":
        other = node.bodies[1] if len(node.bodies) > 1 else []
        if not other and len(body) == 1 and node.bodies[0][0].kind == "line":
            return [f"{indent}if ({node.text})"] + body
        lines = [f"{indent}if ({node.text}) {{"] + body
        if other:
            lines += [f"{indent}}} else {{"] + emit_list(other, tabs + 1)
        return lines + [indent + "}"]
    if node.kind == "loop":
        return [f"{indent}{node.text} {{"] + body + [indent + "}"]
    if node.kind == "do":
        return [indent + "do {"] + body + [f"{indent}}} while ({node.text});"]
    if node.kind == "switch":
        return [f"{indent}switch ({node.text}) {{"] + emit_list(node.bodies[0], tabs) + [indent + "}"]
    if node.kind == "case":
        return [indent + node.text + ":"] + body
    raise ValueError(node.kind)


# ---- what is acquired -------------------------------------------------------------------------

class Resource:
    """take: statements, given how to leave when it fails; drop: statements."""

    def __init__(self, take, drop, is_atomic=False, key="", pointer=None):
        self.take, self.drop, self.is_atomic, self.key, self.pointer = take, drop, is_atomic, key, pointer
        self.label = None


class Function:
    def __init__(self, rng, number, kind, helpers):
        self.rng, self.number, self.kind, self.helpers = rng, number, kind, helpers
        self.held = []	     # innermost last; a mark is a loop: ("loop", how to leave a round)
        self.declarations = []
        self.counters = {}
        self.used_locks = set()
        self.busy_conditions = []  # variables that conditions of open scopes depend on
        self.body = []

    # -- names

    def fresh(self, stem):
        self.counters[stem] = self.counters.get(stem, -1) + 1
        return f"{stem}{self.counters[stem]}"

    def pick(self, *choices):
        return self.rng.choice(choices)

    def chance(self, percent):
        return self.rng.randrange(100) < percent

    def variable(self, kind, stem, value):
        name = self.fresh(stem)
        self.declarations.append(f"{kind}{'' if kind.endswith('*') else ' '}{name} = {value};")
        return name

    def is_atomic(self):
        return any(isinstance(held, Resource) and held.is_atomic for held in self.held)

    # -- conditions over the inputs

    def simple_condition(self):
        value = self.pick("x", "x", "y", "y", "d->mode", "x + 1")
        constant = self.rng.randrange(3)
        forms = [f"{value} > {constant}", f"{value} < {constant}", f"{value} == {constant}", f"{value} != {constant}",
                 f"{constant} < {value}", f"{value} >= {constant}"]
        if " " not in value:
            forms += [value, f"!{value}", f"{value} & 1", f"!({value} & 2)"]
        return self.rng.choice(forms)

    def condition(self):
        roll = self.rng.randrange(100)
        if roll < 62:
            return self.simple_condition()
        if roll < 70:
            return self.pick("x == y", "x < y", "y <= x", "x != y")
        left, right = self.simple_condition(), self.simple_condition()
        if roll < 82:
            return f"({left}) && ({right})"
        if roll < 94:
            return f"({left}) || ({right})"
        return f"(x > 1 ? {left} : {right})"

    def same_condition(self, condition):
        """Another spelling of it, sometimes."""
        if self.chance(60):
            return condition, False
        if self.chance(50):
            return f"!({condition})", True
        return f"({condition}) != 0", False

    # -- ways out

    def undo(self, resource):
        return resource.drop()

    def bail(self, code):
        """Statements that leave the function with an error, from here."""
        nodes = []
        for held in reversed(self.held):
            if not isinstance(held, Resource):
                continue
            if held.label:
                return nodes + [line(f"ret = {code};"), line(f"goto {held.label};")]
            nodes += self.undo(held)
        return nodes + [self.leave(code)]

    def leave(self, code):
        if self.kind == "int":
            return line(f"return {code};")
        if self.kind == "pointer":
            return line("return NULL;")
        return line("return;")

    def leave_round(self, how):
        """`break` or `continue` of the innermost loop, with what this round has acquired given back."""
        nodes = []
        for held in reversed(self.held):
            if not isinstance(held, Resource):
                return nodes + [line(f"{how};")]
            if held.label:
                return None
            nodes += self.undo(held)
        return None

    # -- resources

    def lock_resource(self):
        choices = []
        if "a" not in self.used_locks:
            choices += ["spin", "irqsave", "spin-try"]
        if "b" not in self.used_locks:
            choices += ["spin-b"]
        if "r" not in self.used_locks:
            choices += ["write"]
        if not self.is_atomic():
            for name in ("m", "k"):
                if name not in self.used_locks:
                    choices += [name, f"{name}-try", f"{name}-interruptible"]
            if "s" not in self.used_locks:
                choices += ["sem", "sem-interruptible"]
        if not choices:
            return None
        kind = self.rng.choice(choices)
        lock = {"spin": "a", "irqsave": "a", "spin-try": "a", "spin-b": "b", "write": "r", "sem": "s",
                "sem-interruptible": "s"}.get(kind, kind[0])
        make = {"spin": ("spin_lock({0});", "spin_unlock({0});"), "spin-b": ("spin_lock({0});", "spin_unlock({0});"),
                "write": ("write_lock({0});", "write_unlock({0});"), "m": ("mutex_lock({0});", "mutex_unlock({0});"),
                "k": ("mutex_lock({0});", "mutex_unlock({0});"), "sem": ("down({0});", "up({0});")}
        place = f"&d->{lock}"
        atomic = lock in "abr"
        if kind == "irqsave":
            flags = self.variable("unsigned long", "flags", "0")
            return Resource(lambda: [line(f"spin_lock_irqsave({place}, {flags});")],
                            lambda: [line(f"spin_unlock_irqrestore({place}, {flags});")], True, lock)
        if kind in make:
            take, drop = (text.format(place) for text in make[kind])
            return Resource(lambda: [line(take)], lambda: [line(drop)], atomic, lock)
        if kind == "spin-try":
            return Resource(lambda: [when(f"!spin_trylock({place})", self.bail("-EBUSY"))],
                            lambda: [line(f"spin_unlock({place});")], True, lock)
        if kind.endswith("-try"):
            return Resource(lambda: [when(f"!mutex_trylock({place})", self.bail("-EBUSY"))],
                            lambda: [line(f"mutex_unlock({place});")], False, lock)
        call, drop = (("down_interruptible", "up") if kind.startswith("sem") else
                      ("mutex_lock_interruptible", "mutex_unlock"))
        return Resource(lambda: self.checked(f"{call}({place})", "-ERESTARTSYS"),
                        lambda: [line(f"{drop}({place});")], False, lock)

    def checked(self, call, code):
        """A call that returns an error code, in the forms that drivers write."""
        form = self.rng.randrange(4)
        if form == 0:
            return [when(call, self.bail(code))]
        if form == 1:
            return [line(f"ret = {call};"), when("ret", self.bail("ret"))]
        if form == 2:
            return [line(f"ret = {call};"), when("ret < 0", self.bail("ret"))]
        return [when(f"(ret = {call}) != 0", self.bail("ret"))]

    def memory_resource(self):
        name = self.variable("struct buf *", "p", "NULL")
        gfp = "GFP_ATOMIC" if self.is_atomic() or self.chance(20) else "GFP_KERNEL"
        call = f"{self.pick('kmalloc', 'kzalloc')}(sizeof(*{name}), {gfp})"

        def take():
            form = self.rng.randrange(4)
            if form == 0:
                return [when(f"!({name} = {call})", self.bail("-ENOMEM"))]
            if form == 1:
                return [line(f"{name} = {call};"), when(f"{name} == NULL", self.bail("-ENOMEM"))]
            return [line(f"{name} = {call};"), when(f"!{name}", self.bail("-ENOMEM")), line(f"{name}->len = x;")]

        return Resource(take, lambda: [line(f"kfree({name});")], False, "memory", name)

    def device_resource(self):
        if self.is_atomic() or "device" in self.used_locks:
            return None
        if self.chance(50):
            return Resource(lambda: self.checked('request_irq(7, on_irq, 0, "dev", d)', "-EBUSY"),
                            lambda: [line("free_irq(7, d);")], False, "device")
        return Resource(lambda: self.checked("clk_prepare_enable(d->clk)", "-EIO"),
                        lambda: [line("clk_disable_unprepare(d->clk);")], False, "device")

    def resource(self):
        roll = self.rng.randrange(100)
        if roll < 50:
            return self.lock_resource() or self.memory_resource()
        if roll < 88:
            return self.memory_resource()
        return self.device_resource() or self.memory_resource()

    # -- fragments

    def statement(self):
        pointers = [held.pointer for held in self.held if isinstance(held, Resource) and held.pointer]
        choices = ["count", "copy-less"]
        if pointers:
            choices += ["fill", "fill", "read"]
        if not self.is_atomic():
            choices += ["sleep"]
            if self.kind == "int":
                choices += ["user"]
        if self.kind == "int":
            choices += ["check", "check", "check"]
        what = self.rng.choice(choices)
        if what == "fill":
            return [line(f"{self.rng.choice(pointers)}->len = {self.pick('x', 'y', '1')};")]
        if what == "read":
            return [line(f"d->count += {self.rng.choice(pointers)}->len;")]
        if what == "sleep":
            return [line("msleep(1);")]
        if what == "user":
            return self.user_copy()
        if what == "check":
            return [when(self.condition(), self.bail(self.pick("-EINVAL", "-EIO", "-EBUSY")))]
        return [line(self.pick("d->count++;", "d->count = x;", "ret = 0, d->count--;" if self.kind == "int" else "d->count--;"))]

    def user_copy(self):
        if self.chance(50):
            return [when("copy_to_user(u, &d->count, sizeof(d->count))", self.bail("-EFAULT"))]
        name = self.variable("int", "n", "0")
        nodes = [when(f"copy_from_user(&{name}, u, sizeof({name}))", self.bail("-EFAULT"))]
        if self.chance(60):
            nodes.append(when(f"{name} {self.pick('>', '<', '==')} {self.rng.randrange(3)}", self.bail("-EINVAL")))
        return nodes

    def fragment(self, depth):
        """Some statements that leave everything as it was."""
        nodes = []
        for _ in range(self.rng.randrange(1, 4)):
            roll = self.rng.randrange(100)
            if depth <= 0 or roll < 40:
                nodes += self.statement()
            else:
                nodes += self.rng.choice([self.scope, self.scope, self.scope, self.branch, self.correlated, self.flagged, self.loop,
                                          self.switch, self.once, self.maybe_memory, self.replace_slot, self.call_helper,
                                          self.retry])(depth)
        return nodes

    def opened(self, resource, inside):
        self.held.append(resource)
        if resource.key != "memory":
            self.used_locks.add(resource.key)
        nodes = inside()
        self.held.pop()
        self.used_locks.discard(resource.key)
        return nodes

    def scope(self, depth):
        resource = self.resource()
        in_loop = any(not isinstance(held, Resource) for held in self.held)
        nodes = resource.take()
        if self.kind == "int" and not in_loop and self.chance(55):
            resource.label = self.fresh("out")
            nodes.append(line("ret = 0;"))
        nodes += self.opened(resource, lambda: self.fragment(depth - 1))
        if resource.label:
            nodes.append(Node("label", resource.label))
        nodes += self.undo(resource)
        if resource.label:
            nodes.append(when("ret", self.bail("ret")))
        return nodes

    def branch(self, depth):
        return [when(self.condition(), self.fragment(depth - 1), self.fragment(depth - 1) if self.chance(60) else None)]

    def correlated(self, depth):
        """if (c) take; ... if (c) drop;"""
        condition = self.condition()
        resource = self.resource()
        take = resource.take()
        plain_drop = resource.drop
        resource.drop = lambda: [self.mirrored(condition, plain_drop())]
        pointer, resource.pointer = resource.pointer, None
        nodes = [when(condition, take)]
        nodes += self.opened(resource, lambda: self.fragment(depth - 1))
        if pointer and self.chance(40):
            nodes.append(when(pointer, [line(f"{pointer}->len = y;")]))
        return nodes + self.undo(resource)

    def mirrored(self, condition, nodes):
        again, is_negated = self.same_condition(condition)
        return when(again, [line("d->count--;")], nodes) if is_negated else when(again, nodes)

    def flagged(self, depth):
        """A variable remembers what was taken."""
        flag = self.variable(self.pick("bool", "int"), "taken", "false")
        resource = self.resource()
        take = resource.take()
        plain_drop = resource.drop
        resource.drop = lambda: [when(flag, plain_drop())]
        resource.pointer = None
        nodes = [line(f"{flag} = false;"), when(self.condition(), take + [line(f"{flag} = true;")])]
        nodes += self.opened(resource, lambda: self.fragment(depth - 1))
        return nodes + self.undo(resource)

    def loop(self, depth):
        counter = self.variable("int", "i", "0")
        bound = self.pick("2", "3", "x", "y")
        head = self.pick(f"for ({counter} = 0; {counter} < {bound}; {counter}++)",
                         f"for ({counter} = {bound}; {counter} > 0; {counter}--)")
        self.held.append("loop")
        body = []
        if self.chance(70):
            resource = self.resource()
            body += resource.take()

            def inside():
                nodes = self.statement()
                if self.chance(60):
                    nodes.append(when(self.pick(self.condition(), f"{counter} == 1"), self.leave_round(self.pick("break", "continue"))))
                return nodes + (self.fragment(depth - 2) if self.chance(50) else [])
            body += self.opened(resource, inside) + self.undo(resource)
        else:
            body += self.fragment(depth - 1)
        self.held.pop()
        return [Node("loop", head, body)]

    def retry(self, depth):
        """A label above, and a way back to it."""
        tries = self.variable("int", "tries", "0")
        label = self.fresh("again")
        resource = self.resource()
        nodes = [Node("label", label)] + resource.take()
        nodes += self.opened(resource, lambda: self.statement()) + self.undo(resource)
        return nodes + [when(f"{tries}++ < {self.pick('x', '2')}", [line(f"goto {label};")])]

    def switch(self, depth):
        cases = []
        for value in range(self.rng.randrange(1, 3)):
            labels = f"case {value}" if self.chance(70) else f"case {value}:\n\tcase {value + 5}"
            cases.append(Node("case", labels, self.fragment(depth - 1) + [line("break;")]))
        last = self.fragment(depth - 2) + [line("break;")] if self.chance(50) else self.bail("-EINVAL")
        if self.chance(70):
            cases.append(Node("case", "default", last))
        # `break` means the switch here; a loop around it is out of reach
        return [Node("switch", self.pick("x", "y", "d->mode"), cases)]

    def once(self, depth):
        """do { ... break; ... } while (0);"""
        self.held.append("loop")
        body = []
        resource = self.resource()
        body += resource.take()
        body += self.opened(resource, lambda: self.statement() + [
            when(self.condition(), self.leave_round("break"))] + self.fragment(depth - 2))
        body += self.undo(resource)
        self.held.pop()
        return [Node("do", "0", body)]

    def maybe_memory(self, depth):
        """An allocation on some ways; kfree(NULL) on the others."""
        resource = self.memory_resource()
        name = resource.pointer
        gfp = "GFP_ATOMIC" if self.is_atomic() else "GFP_KERNEL"
        call = f"kzalloc(sizeof(*{name}), {gfp})"
        form = self.rng.randrange(4)
        if form == 0:
            nodes = [line(f"{name} = NULL;"), when(self.condition(), [line(f"{name} = {call};"), when(f"!{name}", self.bail("-ENOMEM"))])]
        elif form == 1:
            nodes = [line(f"{name} = {self.condition()} ? {call} : NULL;")]
        elif form == 2:
            nodes = [line(f"{name} = NULL;"), when(f"({self.condition()}) && !({name} = {call})", self.bail("-ENOMEM"))]
        else:
            nodes = [line(f"d->count++, {name} = {call};")]
        resource.pointer = None
        inside = self.opened(resource, lambda: self.fragment(depth - 1))
        nodes += inside
        if self.chance(60):
            nodes.append(self.pick(when(name, [line(f"{name}->len = x;")]), when(f"{name} && {name}->len > 1", [line("d->count = 0;")])))
        return nodes + [line(f"kfree({name});")]

    def replace_slot(self, depth):
        """Memory that the device keeps; what it had is freed."""
        if self.is_atomic():
            return self.statement()
        resource = self.memory_resource()
        name = resource.pointer
        nodes = resource.take() + self.opened(resource, lambda: self.fragment(depth - 2))
        form = self.rng.randrange(3)
        if form == 0:
            return nodes + [line("kfree(d->slot);"), line(f"d->slot = {name};")]
        if form == 1:
            return nodes + [line(f"{name}->next = NULL;"), when("d->slot", [line("kfree(d->slot);")]), line(f"d->slot = {name};")]
        old = self.variable("struct buf *", "old", "NULL")
        return nodes + [line(f"{old} = d->slot;"), line(f"d->slot = {name};"), line(f"kfree({old});")]

    def call_helper(self, depth):
        usable = [helper for helper in self.helpers if helper.is_usable(self)]
        if not usable:
            return self.statement()
        return self.rng.choice(usable).use(self, depth)

    # -- whole functions

    def finish(self, nodes):
        self.body = nodes
        return self

    def text(self, header):
        declarations = (["int ret = 0;"] if self.kind == "int" else []) + self.declarations
        lines = [header, "{"] + ["\t" + text for text in declarations] + [""]
        return "\n".join(lines + emit_list(self.body, 1) + ["}"]) + "\n"


# ---- helpers --------------------------------------------------------------------------------------

class Helper:
    """A static function of a group, and how it is called."""

    def __init__(self, rng, number, index):
        self.rng, self.number, self.name = rng, number, f"help{number}_{index}"
        self.style = rng.choice(("work", "pair", "get", "try", "put"))
        self.make = getattr(self, "make_" + self.style)

    def is_usable(self, function):
        if self.style in ("pair", "try"):
            return self.lock not in function.used_locks and not function.is_atomic()
        if self.style == "put":
            return True
        return not function.is_atomic() and not function.used_locks

    # work: does something and leaves nothing behind
    def make_work(self):
        self.function = Function(self.rng, self.number, "int", [])
        self.function.finish(self.function.fragment(2) + [line("return 0;")])
        self.header = f"static int {self.name}(struct dev{self.number} *d, int x, int y, void __user *u)"

    def use(self, function, depth):
        return getattr(self, "use_" + self.style)(function, depth)

    def use_work(self, function, depth):
        return function.checked(f"{self.name}(d, {function.pick('x', 'y', '1')}, {function.pick('y', '0')}, u)", "-EIO")

    # pair: one helper locks, its twin unlocks
    def make_pair(self):
        self.lock = self.rng.choice("amk")
        kind = "spin" if self.lock == "a" else "mutex"
        self.function = Function(self.rng, self.number, "void", [])
        self.function.finish([line("d->count++;"), line(f"{kind}_lock(&d->{self.lock});")])
        self.header = f"static void {self.name}(struct dev{self.number} *d)"
        self.twin = f"static void un{self.name}(struct dev{self.number} *d)\n{{\n\t{kind}_unlock(&d->{self.lock});\n\td->count--;\n}}\n"

    def use_pair(self, function, depth):
        resource = Resource(lambda: [line(f"{self.name}(d);")], lambda: [line(f"un{self.name}(d);")], self.lock == "a", self.lock)
        nodes = resource.take() + function.opened(resource, lambda: function.fragment(depth - 1))
        return nodes + resource.drop()

    # try: returns an error, or holds the lock
    def make_try(self):
        self.lock = self.rng.choice("mk")
        self.function = Function(self.rng, self.number, "int", [])
        self.function.finish([when(self.function.simple_condition().replace("y", "x"), [line("return -EINVAL;")]),
                              when(f"mutex_lock_interruptible(&d->{self.lock})", [line("return -EINTR;")]),
                              line("return 0;")])
        self.header = f"static int {self.name}(struct dev{self.number} *d, int x)"

    def use_try(self, function, depth):
        resource = Resource(lambda: function.checked(f"{self.name}(d, {function.pick('x', 'y')})", "-EINTR"),
                            lambda: [line(f"mutex_unlock(&d->{self.lock});")], False, self.lock)
        nodes = resource.take() + function.opened(resource, lambda: function.fragment(depth - 1))
        return nodes + resource.drop()

    # get: memory or NULL
    def make_get(self):
        self.function = Function(self.rng, self.number, "pointer", [])
        inner = self.function
        name = inner.variable("struct buf *", "p", "NULL")
        nodes = [when(inner.simple_condition().replace("y", "x"), [line("return NULL;")])] if inner.chance(50) else []
        nodes += [line(f"{name} = kzalloc(sizeof(*{name}), GFP_KERNEL);"), when(f"!{name}", [line("return NULL;")]),
                  line(f"{name}->len = x;"), line(f"return {name};")]
        inner.finish(nodes)
        self.header = f"static struct buf *{self.name}(struct dev{self.number} *d, int x)"

    def use_get(self, function, depth):
        name = function.variable("struct buf *", "p", "NULL")
        resource = Resource(lambda: [line(f"{name} = {self.name}(d, x);"), when(f"!{name}", function.bail("-ENOMEM"))],
                            lambda: [line(f"kfree({name});")], False, "memory", name)
        nodes = resource.take() + function.opened(resource, lambda: function.fragment(depth - 1))
        return nodes + resource.drop()

    # put: frees what it is given, sometimes only under a condition that its caller knows
    def make_put(self):
        self.function = Function(self.rng, self.number, "void", [])
        self.is_conditional = self.rng.randrange(100) < 40
        free = [line("kfree(p);")]
        self.function.finish([when("x > 1", free)] if self.is_conditional else [when("p", [line("p->next = NULL;")])] + free)
        self.header = f"static void {self.name}(struct dev{self.number} *d, struct buf *p, int x)"

    def use_put(self, function, depth):
        resource = function.memory_resource()
        plain = resource.drop
        drop = [line(f"{self.name}(d, {resource.pointer}, {'2' if self.is_conditional else 'x'});")]
        resource.drop = lambda: plain() if function.chance(40) else list(drop)
        nodes = resource.take() + function.opened(resource, lambda: function.fragment(depth - 1))
        return nodes + resource.drop()

    def call(self):
        """On its own, by the runner."""
        arguments = {"work": "input->x, input->y, user", "pair": "", "try": "input->x", "get": "input->x",
                     "put": "sim_alloc(64, GFP_ATOMIC, 0), input->x"}[self.style]
        return f"{self.name}(&d{', ' if arguments else ''}{arguments})"

    def text(self):
        return self.function.text(self.header) + ("\n" + self.twin if self.style == "pair" else "")


# ---- faults -------------------------------------------------------------------------------------------

def all_lists(nodes):
    yield nodes
    for node in nodes:
        for body in node.bodies:
            yield from all_lists(body)


def is_movable(node):
    return node.kind not in ("label", "case")


# What it is worth to edit: calls, and where the ways part.
TELLING = re.compile(r"lock|free|alloc|goto|return|break|continue|down|up|clk|help")


def plant(rng, function):
    """One edit; its name, or None if it found no place."""
    body = function.body
    places = [(nodes, index) for nodes in all_lists(body) for index, node in enumerate(nodes) if is_movable(node)]
    telling = [(nodes, index) for nodes, index in places if TELLING.search(nodes[index].text)]
    nodes, index = rng.choice(telling if telling and rng.randrange(5) else places)
    node = nodes[index]
    edit = rng.choice(("drop", "drop", "drop", "double", "swap", "condition", "condition", "jump", "lock", "unchecked", "early"))
    if edit == "drop":
        if has_label([node]) or (node.text.startswith("return") and nodes is body and index == len(nodes) - 1):
            return None
        nodes[index:index + 1] = []
    elif edit == "double":
        if has_label([node]):
            return None
        nodes.insert(index, node)
    elif edit == "swap":
        if index + 1 >= len(nodes) or not is_movable(nodes[index + 1]):
            return None
        nodes[index], nodes[index + 1] = nodes[index + 1], nodes[index]
    elif edit == "condition":
        if node.kind != "if":
            return None
        if "> 1" in node.text and rng.randrange(2):
            node.text = node.text.replace("> 1", "> 2", 1)
        elif "== NULL" in node.text:
            node.text = node.text.replace("== NULL", "!= NULL")
        else:
            node.text = f"!({node.text})"
    elif edit == "jump":
        if node.kind != "line":
            return None
        if node.text.startswith("goto out"):
            labels = sorted({other.text for some in all_lists(body) for other in some if other.kind == "label" and other.text.startswith("out")})
            node.text = f"goto {rng.choice(labels)};"
        elif node.text in ("break;", "continue;"):
            nodes[index] = function.leave("0")
        else:
            return None
    elif edit == "lock":
        for old, new in (("&d->a", "&d->b"), ("&d->m", "&d->k"), ("&d->k", "&d->m")):
            if old in node.text and node.kind == "line":
                nodes[index] = line(node.text.replace(old, new))
                return edit
        return None
    elif edit == "unchecked":
        if node.kind != "if" or "(" not in node.text or has_label([node]):
            return None
        nodes[index] = line(f"{node.text.removeprefix('!')};") if "=" in node.text or "_" in node.text else line("d->count++;")
    elif edit == "early":
        nodes.insert(index, when(rng.choice(("x == 2", "x < 0")), [function.leave(rng.choice(("0", "-EIO")))]))
    return edit


def has_label(nodes):
    return any(node.kind == "label" for some in all_lists(nodes) for node in some)


# ---- a group: helpers and the function that calls them ---------------------------------------------------

class Group:
    """name: the function; text: the C of the group; edits: what was planted."""

    def __init__(self, seed, number):
        rng = random.Random(f"{seed}/{number}")
        self.number, self.name, self.edits = number, f"fn{number}", []
        self.helpers = helpers = [Helper(rng, number, index) for index in range(rng.choice((0, 0, 0, 1, 1, 2)))]
        for helper in helpers:
            helper.make()
        top = Function(rng, number, "int", helpers)
        top.finish(top.fragment(rng.choice((1, 2, 2, 2, 3))) + [line("return 0;")])
        places = [top] * 4 + [helper.function for helper in helpers if helper.style != "pair"]
        wanted = rng.choice((0, 0, 1, 1, 1, 2))
        for _ in range(8 * wanted):
            if len(self.edits) < wanted:
                edit = plant(rng, rng.choice(places))
                self.edits += [edit] if edit else []
        parameters = f"struct dev{number} *d, int x, int y, void __user *u"
        code = "".join("\n" + helper.text() for helper in helpers) + "\n" + top.text(f"int {self.name}({parameters})")
        # Locks and clocks have names of their own: what is released elsewhere under the same name counts for so2check.
        self.text = DEVICE.format(n=number) + re.sub(r"\bd->([abrmks]|clk)\b", rf"d->\g<1>{number}", code)

    def names(self):
        return [self.name] + [helper.name for helper in self.helpers]

    def runner_text(self):
        """Wrappers that the runner calls, and their rows in its table: the function's, and its helpers' on their own."""
        values = self.inputs()
        calls = [(self.name, "int", f"fn{self.number}(&d, input->x, input->y, user)")]
        calls += [(helper.name, helper.function.kind, helper.call()) for helper in self.helpers]
        wrappers = "".join(WRAPPER.format(n=self.number, name=name, body=WRAPPER_BODY[kind].format(call=call)) for name, kind, call in calls)
        return wrappers, "".join(f'\t{{ "{name}", call_{name}, {values} }},\n' for name, _, _ in calls)

    def inputs(self):
        return ", ".join([domain(self.text, "x"), domain(self.text, "y"), domain(self.text, "d->mode"),
                          "true" if "d->slot" in self.text else "false",
                          "{ -1, 3 }" if "copy_from_user" in self.text else "{ 0, 0 }"])


COMPOUND = re.compile(r"&& |\|\| | \? ")
RELATION = re.compile(r"\b[xy] (?:==|!=|<|<=) [xy]\b")
# An input, a number read from user space, a counter: nothing that a call gave, and no flag.
INPUT = re.compile(r"^(?:[^=_]|[=!<>]=)*\b(?:x|y|d->mode|n\d|i\d)\b(?:[^=_]|[=!<>]=)*$")


class Loosened(Group):
    """A group whose conditions may go either way: 1: those with `&&`, `||` or `?:`; 2: also those of two inputs; 3: also
    where a switch leads; 4: all that are about inputs. is_constant: each the same way whenever a run comes by."""

    def __init__(self, group, level, is_constant):
        self.__dict__.update(group.__dict__)
        self.level, self.either = level, "sim_either_always(__LINE__, " if is_constant else "sim_either("
        text = re.sub(r"^(\t+)if \((.*)\)( \{)?$", self.loosen, group.text, flags=re.M)
        self.text = re.sub(r"switch \((.*?)\)", r"switch (sim_anywhere(\1))", text) if level >= 3 else text

    def loosen(self, match):
        tabs, condition, brace = match.groups()
        if (self.level >= 4 or COMPOUND.search(condition) or (self.level >= 2 and RELATION.search(condition))) and INPUT.match(condition):
            condition = f"{self.either}{condition})"
        return f"{tabs}if ({condition}){brace or ''}"

    def inputs(self):
        """As conditions go either way, few are enough: each constant; of inputs that are compared, also a greater one and a less."""
        return '{ -1, 3 }, { -1, 3 }, { 0, 2 }, true, { -1, 3 }'


WRAPPER = """
static enum sim_result call_{name}(const struct sim_input *input)
{{
	static struct dev{n} d;
	static struct clk clk;
	static char user[64];
	enum sim_result result;

	(void)user;
	memset(&d, 0, sizeof(d));
	clk.enabled = 0;
	d.clk{n} = &clk;
	d.mode = input->mode;
	d.slot = sim_slot(input, sizeof(*d.slot));
	sim_watch((void *const *)&d.slot);
{body}	if (sim_keep(d.slot))
		sim_keep(d.slot->next);
	return result;
}}
"""
WRAPPER_BODY = {
    "int": "\tresult = {call} < 0 ? SIM_FAILED : SIM_SUCCEEDED;\n",
    "void": "\t{call};\n\tresult = SIM_NOTHING;\n",
    "pointer": "\tresult = sim_keep({call}) ? SIM_SUCCEEDED : SIM_FAILED;\n",
}


def domain(text, name):
    """Values that take each way of each condition: constants are 0 to 2, or one less; bits are those of 1 and 2."""
    if not re.search(rf"(?<![\w>.]){name}\b", re.sub(r"\bint [xy]\b", "", text)):
        return "{ 0, 0 }"
    return "{ -4, 6 }" if re.search(rf"{name} & |switch \({name}\)", text) else "{ -2, 4 }"


def unit_text(groups):
    return PREAMBLE + "".join(group.text for group in groups)


def run_text(unit_name, groups):
    """What makes a unit a program."""
    wrappers = [group.runner_text() for group in groups]
    return (f'#include "kernel.h"\n#include <string.h>\n#include "{unit_name}"\n' + "".join(wrapper for wrapper, _ in wrappers) +
            "\nconst struct sim_function sim_functions[] = {\n" + "".join(row for _, row in wrappers) + "};\n" +
            "const int sim_function_count = sizeof(sim_functions) / sizeof(sim_functions[0]);\n")
