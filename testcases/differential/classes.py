"""Why the two may disagree.

UNTRUE and MISSED: name, how many of 1000 functions may be in it, when a disagreement belongs to it, why. For an untrue finding
of which none of these speaks, LOOSE is asked: the runs are made anew with conditions that may go either way
(generate.Loosened). A finding that is right then comes of what so2check forgets of these conditions. For a missed one so2check's
summary of the helpers is asked for: IN_DOUBT."""
import re


def has_inconsistent_helper(case, lock):
    return any(fault.subject == lock and fault.is_first for truth in case.helpers for fault in truth.faults)


def loops_of(text):
    """(first, last) line of each loop, from 0."""
    lines = text.splitlines()
    for first, line in enumerate(lines):
        indent = re.match(r"\t*", line).group()
        if re.match(r"for |do \{", line.strip()):
            yield first, next(index for index in range(first + 1, len(lines)) if lines[index].startswith(indent + "}"))
        elif re.fullmatch(r"again\d:;", line.strip()):
            back = [index for index in range(first, len(lines)) if lines[index].strip() == f"goto {line.strip()[:-2]};"]
            yield from ((first, index) for index in back[:1])


def is_in_rounds(case, fault):
    """Acquired in a loop, and another loop lets go of such a thing."""
    loops = list(loops_of(case.text))
    words = {"leak": "alloc(", "clock": "clk_prepare_enable(", "irq": "request_irq("}
    return fault.kind in words and len(loops) > 1 and any(
        words[fault.kind] in line or "help" in line for first, last in loops for line in case.text.splitlines()[first:last + 1])


def is_said_otherwise(case, fault):
    """The same lock, taken twice or left; the same memory, freed twice; the same variable's memory, lost twice."""
    if fault.kind == "sleep":
        return any(finding.kind == "lock" for finding in case.findings)
    return fault.kind == "leak" and any((finding.kind == "freed" and int(fault.subject) in finding.lines) or
                                        (finding.kind == "leak" and finding.message.startswith(f"{allocated_at(case, fault)} is "))
                                        for finding in case.findings)


def line_of(case, fault):
    """Of the allocation, from 0."""
    return int(fault.subject) - case.first_line


def is_kept_in_other_round(case, fault):
    """A loop stores what it allocates in the caller's field, in rounds that do not leave."""
    if fault.kind != "leak":
        return False
    lines, at = case.text.splitlines(), line_of(case, fault)
    return any(first <= at <= last and any(f"d->slot = {allocated_at(case, fault)};" in line for line in lines[at:last + 1])
               for first, last in loops_of(case.text))


def helpers_text(case):
    return case.text.partition(f"\nint {case.group.name}(")[0]


def allocated_at(case, fault):
    """The variable that gets the memory which is lost."""
    line = case.text.splitlines()[line_of(case, fault)]
    variable = re.search(r"\b(p\d) = ", line)
    return variable.group(1) if variable else "?"


UNTRUE = [
    ("habit", 170, lambda case, finding: finding.certainty == "likely",
     "Certainty `likely`: memory stored in a caller's field is believed to be this function's own where it fails, as it frees it on other "
     "ways. Generated programs have no such habits."),
    ("after-crash", 8, lambda case, finding: any(truth.crashes() for truth in (case.truth, *case.helpers)),
     "A run ends where NULL is used; so2check says so and goes on."),
    ("after-deadlock", 2, lambda case, finding: any(fault.kind == "lock" and not fault.detail and
                                                    f"->{fault.subject}{case.group.number} forbids" in finding.message
                                                    for fault in case.truth.faults),
     "A run takes a lock for free once it was taken twice and let go of once; so2check still holds the first one."),
    ("ignored-result", 3, lambda case, finding: finding.kind in ("unchecked", "copy") and case.group.edits,
     "A result that nobody looks at is a fault by itself, whatever comes of it."),
]
MISSED = [
    ("looked-at", 35, lambda case, fault: fault.kind == "copy",
     "The rule asks whether the result of a user copy is looked at, not whether the function fails then."),
    ("callers-lock", 25, lambda case, fault: fault.detail == "at the return" and case.truth.is_entered_held(fault.subject),
     "A lock that is released without having been taken is the caller's, unless the same statement is reached holding it. On which "
     "ways the caller holds it is not known."),
    ("released-elsewhere", 2, lambda case, fault: fault.detail == "at the return" and "static void unhelp" in case.text,
     "A function that only takes a lock which another one of the module releases is taken for one half of a pair."),
    ("semaphore", 10, lambda case, fault: fault.kind == "lock" and fault.subject == "s",
     "A semaphore may be given by one who did not take it."),
    ("earlier-round", 3, lambda case, fault: fault.detail == "of an earlier round",
     "Memory of an earlier round of a loop has no name any more (testcases/rules/linux/lin-mem-leak/limits.c)."),
    ("overwritten", 2, lambda case, fault: fault.detail == "overwritten",
     "What was stored in a field of the caller's is the caller's from then on, also when the field gets something else."),
    ("said-otherwise", 3, is_said_otherwise,
     "The same object's first fault is reported; what follows from it is not. Memory that a variable loses several times before one "
     "return is one finding."),
    ("undone-in-rounds", 2, is_in_rounds,
     "What one loop acquires a later loop may let go of: which of them are left cannot be told."),
    ("kept-in-other-round", 2, is_kept_in_other_round,
     "The memory of all rounds has one name: where a return that succeeds is reached with an earlier round's kept by the caller, this "
     "round's is taken for it (testcases/rules/linux/lin-mem-leak/limits.c)."),
    ("helper-let-go", 2, lambda case, fault: fault.kind == "lock" and not fault.detail and
     re.search(rf"unlock\w*\(&d->{fault.subject}{case.group.number}\b", helpers_text(case)),
     "A lock that a helper took and let go of may be the caller's for what comes then (testcases/rules/linux/lin-unlock-not-held/limits.c)."),
    ("asked-for-twice", 2, lambda case, fault: fault.kind == "irq" and case.text.count("request_irq(") > 1,
     "An interrupt line is had or not: asked for twice, it is freed by one call. (The kernel refuses the second time.)"),
    ("helper-null", 2, lambda case, fault: fault.kind == "null" and "return NULL" in case.text,
     "A helper that returns NULL for several reasons: that memory ran out is one of them."),
    ("asked-as-value", 2, lambda case, fault: re.search(r"\?[^;{]*\)\s*!= 0\)", case.text),
     "A release under what ?: gives is taken for one on demand: what it gives, for an answer that tells whether there is anything to release."),
    ("helper-contract", 2, lambda case, fault: fault.kind == "lock" and has_inconsistent_helper(case, fault.subject),
     "A helper only takes the lock and its caller releases it: that is its contract. Which of its ways hold it the caller cannot tell, so "
     "the lock is in doubt there."),
]
IN_DOUBT = ("helper-doubt", 2,
            "A helper's ways that end alike are merged. If one took the lock and let it go and another did not, `--dump=summary` says "
            "`unsure`: callers do not rely on what they know of it.")
LOOSE = [
    ("compound-condition", 10, "`a || b` reached twice in other words, or in more ways than are kept apart: ways that hold the same are merged, "
     "and which operand was true is forgotten."),
    ("related-inputs", 5, "`x == y` and a bound of x say nothing of y."),
    ("switch-holes", 3, "Values between two cases: a value's range is one interval."),
    ("merged-ways", 5, "Ways that hold the same are merged at a label; what they knew of different inputs is forgotten."),
]


def explain(case, what, subject):
    for name, _, applies, _ in UNTRUE if what == "untrue" else MISSED:
        if applies(case, subject):
            return name
    return None


def most_of(name):
    return next(row[1] for row in [*UNTRUE, *MISSED, IN_DOUBT, *LOOSE] if row[0] == name)
