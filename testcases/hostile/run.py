#!/usr/bin/env python3
"""Hostile submissions: run.py SO2CHECK [CASE...]

Each file of cases/ is one submission and its documented outcome:

    what is tried, in a line
    outcome: clean | finding | note | missing | refused
                          (missing: not analysed, or in part by a note, exit status 3; refused: wrong usage, 2)
    says: TEXT            the report has it; may be repeated
    says sarif: TEXT      the report of that format has it
    args: ...             instead of `gate .`; `grade` writes its own reports, which are not looked at
    build: plain          not with sanitizers, which read /proc themselves or are too slow for what is huge
    === NAME              a file with the lines that follow
    === NAME bytes        likewise, with escapes: \\x00, \\n, \\\\; ends of lines are not part of it
    === NAME -> TARGET    a symbolic link
    === NAME = OTHER      a hard link
    === NAME fifo         a named pipe; socket; folder; sparse, of 50 MB
A name may have escapes, too, and @I@: then the file is one of the 5,000 with that name.

@*N{TEXT}*@ in a file is TEXT N times, @I@ in it a number from 0 on.
@CANARY@ is a header beside the submission that nothing may read, @OUTSIDE@ its folder (extra.h there may be trusted). A case fails if its outcome
differs, if any report has a word of the canary, or if anything changed but the reports and the cache. With strace
it also fails if the canary is opened, a file elsewhere is written, a program is started or a socket made."""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORD = "canary_7f3a91"
CANARY = f"""int {WORD}_value;
#define {WORD.upper()} 1
static inline int {WORD}(void) {{ return {WORD}_value; }} /* {WORD} */
"""
STATUS = {"clean": 0, "note": 0, "finding": 1, "refused": 2, "missing": 3}
FORMATS = ("text", "html", "sarif", "junit")
MANY = 5000
REPEAT = re.compile(r"@\*(\d+)\{(.*?)\}\*@", re.S)
# A sanitizer reports through programs of its own and looks at its process.
IS_TRACED = shutil.which("strace") is not None and os.environ.get("SO2_HOSTILE_NO_TRACE") is None


class Case:
    def __init__(self, path):
        self.name = path.stem
        head, *parts = re.split(r"^=== ", path.read_text(), flags=re.M)
        self.title, *fields = head.strip().splitlines()
        self.says, self.args, self.outcome, self.build = [], "gate .", None, "any"
        for field in fields:
            key, _, value = field.partition(":")
            if key.split()[0] == "says":
                self.says.append((key[len("says "):], value.strip()))
            elif key in ("args", "outcome", "build"):
                setattr(self, key, value.strip())
            else:
                raise SystemExit(f"{path}: unknown field `{key}`")
        if self.outcome not in STATUS:
            raise SystemExit(f"{path}: outcome `{self.outcome}` is none of {', '.join(STATUS)}")
        self.files = [part.partition("\n")[::2] for part in parts]

    def write(self, folder, outside):
        for head, text in self.files:
            name, _, kind = head.partition(" ")
            text = fill(text, outside)
            kind = fill(kind, outside)
            for number in range(MANY if "@I@" in name else 1):
                path = folder / os.fsdecode(unescape(name.replace("@I@", str(number))))
                path.parent.mkdir(parents=True, exist_ok=True)
                make(path, kind, text.replace("@I@", str(number)))


def fill(text, outside):
    """Repetitions from the inside out, then the folders of this run."""
    text = text.replace("@CANARY@", str(outside / "canary.h")).replace("@OUTSIDE@", str(outside))
    return REPEAT.sub(lambda m: "".join(m[2].replace("@I@", str(i)) for i in range(int(m[1]))), text)


def unescape(text):
    """Bytes of a text with escapes."""
    return text.encode().decode("unicode_escape").encode("latin-1") if "\\" in text else text.encode()


def make(path, kind, text):
    word, _, target = kind.partition(" ")
    if word == "->":
        path.symlink_to(target)
    elif word == "=":
        path.hardlink_to(path.parent / target)
    elif word == "fifo":
        os.mkfifo(path)
    elif word == "folder":
        path.mkdir()
    elif word == "socket":
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(str(path))
    elif word == "sparse":
        path.write_text(text)
        os.truncate(path, 50 << 20)
    elif word == "bytes":
        path.write_bytes(unescape(text.replace("\n", "")))
    else:
        path.write_text(text)


def snapshot(folder):
    """What must stay as it is: names, kinds, contents."""
    state = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        is_plain = path.is_file() and not path.is_symlink()
        state[str(path)] = (status.st_mode, path.read_bytes() if is_plain else None)
    return state


def trace_problems(trace, outside, writable):
    problems, programs = [], 0
    for line in trace.read_text(errors="replace").splitlines():
        if re.search(r"= -1 E|resumed|exited|killed|<unfinished", line) and "execve" not in line:
            continue
        programs += "execve(" in line
        if re.search(r"\b(socket|connect)\(", line):
            problems.append(f"network: {line}")
        name = re.search(r'"([^"]*)"', line)
        path = name.group(1) if name else ""
        if re.search(r"\bopen(at)?\(", line) and "O_PATH" not in line:
            if path.lower().endswith("canary.h"):
                problems.append(f"canary opened: {line}")
            is_write = re.search(r"O_WRONLY|O_RDWR|O_CREAT", line)
            if is_write and not path.startswith(writable) and path not in ("/dev/null", "/dev/tty"):
                problems.append(f"written: {line}")
    if programs > 1:
        problems.append(f"{programs} programs started")
    return problems


def judge(case, status, report, outputs, error):
    problems = []
    if status != STATUS[case.outcome]:
        problems.append(f"exit status {status}, not {STATUS[case.outcome]}: {error.strip()}")
    if report is not None and case.outcome == "note" and not report.get("notes"):
        problems.append("no note")
    if report is not None and case.outcome == "missing" and not (report.get("notAnalysed") or report.get("notes")):
        problems.append("nothing is said to be not analysed")
    everything = "\n".join(outputs.values()) + error
    for where, text in case.says:
        if text not in (outputs[where] if where else outputs["text"] + error):
            problems.append(f"nowhere said{' in ' + where if where else ''}: {text}")
    if WORD in everything.lower():
        problems.append("a report has words of the canary")
    return problems


def run(so2check, case, work):
    folder = work / case.name
    box, outside, out = folder / "box", folder / "outside", folder / "out"
    for path in (box, outside, out):
        path.mkdir(parents=True)
    (outside / "canary.h").write_text(CANARY)
    (outside / "extra.h").write_text("int extra;\n")
    (outside / "b.c").write_text(f"int {WORD}_b;\n")
    case.write(box, outside)
    before = snapshot(box), snapshot(outside)
    reports = [f"--report={name}={out / name}" for name in FORMATS]
    words = case.args.replace("@OUTSIDE@", str(outside)).replace("@OUT@", str(out)).split()
    command = [so2check, *words]
    if words[0] != "grade":
        command += ["--format=json", f"-o{out / 'json'}", *reports]
    trace = folder / "trace"
    if IS_TRACED:
        calls = "trace=open,openat,creat,execve,execveat,socket,connect"
        # Only these calls stop a process; what the box itself denies does not, and is not done either.
        command = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", calls, "-o", str(trace), *command]
    done = subprocess.run(command, cwd=box, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
    error = (done.stdout + done.stderr).decode(errors="replace")
    outputs = {name: (out / name).read_text(errors="replace") if (out / name).exists() else ""
               for name in ("json", *FORMATS)}
    report = json.loads(outputs["json"] or "{}")
    if words[0] == "grade":
        report, outputs["text"] = None, "".join(path.read_text() for path in out.rglob("*.csv"))
    problems = judge(case, done.returncode, report, outputs, error)
    if (snapshot(box), snapshot(outside)) != before:
        problems.append("the submission, or what is beside it, was changed")
    if IS_TRACED:
        problems += trace_problems(trace, outside, (str(out), os.environ["XDG_CACHE_HOME"]))
    return case, problems


def main():
    so2check = str(Path(sys.argv[1]).resolve())
    cases = [Case(path) for path in sorted((HERE / "cases").glob("*.case"))]
    if sys.argv[2:]:
        cases = [case for case in cases if case.name in sys.argv[2:]]
    if os.environ.get("SO2_HOSTILE_NO_TRACE"):
        print("not with sanitizers:", *(case.name for case in cases if case.build == "plain"))
        cases = [case for case in cases if case.build != "plain"]
    if not IS_TRACED:
        print("no strace: what is opened is judged by the reports alone")
    os.environ.update(ASAN_OPTIONS="exitcode=99", UBSAN_OPTIONS="exitcode=99", LC_ALL="C")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="so2check-hostile.") as name:
        work = Path(name).resolve()
        os.environ.update(XDG_CACHE_HOME=str(work / "cache"), HOME=str(work))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for case, problems in pool.map(lambda case: run(so2check, case, work), cases):
                failed += bool(problems)
                for problem in problems:
                    print(f"FAILED: {case.name} ({case.title}): {problem}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


sys.exit(main())
