#!/usr/bin/env python3
"""signals.py PROGRAM DRIVER COUNT: sends SIGINT, SIGTERM or SIGHUP to COUNT runs of all commands, to the process or to its whole
group, at moments that a seed draws (SO2_SEED, 1 by default). Run in an empty folder, with XDG_CACHE_HOME in it."""
import os
import pty
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import time

program, driver, count = os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3])
draw = random.Random(int(os.environ.get("SO2_SEED", "1")))
cache = os.environ["XDG_CACHE_HOME"]
MARK = f"{os.getpid()}-{time.time_ns()}"
failures = []
OLD = "precious\n"


def environment():
    return dict(os.environ, SO2_SIGNALS_MARK=MARK, TERM="xterm")


def run(*args):
    return subprocess.run([program, *args], capture_output=True, text=True, env=environment(), check=False)


def left_processes():
    """Those that bear our environment, but for this one."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        try:
            with open(f"/proc/{name}/environ", "rb") as file:
                if MARK.encode() in file.read():
                    found.append(int(name))
        except OSError:
            pass
    return found


def left_files():
    found = []
    for folder, folders, files in os.walk("."):
        for name in folders + files:
            inside = os.path.abspath(folder).startswith(os.path.abspath(cache))
            if re.match(r"tmp-|part-new-", name) if inside else re.search(r"\.[A-Za-z0-9]{6}$", name):
                found.append(os.path.join(folder, name))
    return found


def fail(what, how):
    failures.append(f"{how}: {what}")


def plain(text):
    return re.sub(r"\d+\.\d+ s", "", text)


class Case:
    """A command, its outputs, and whether what it wrote is whole."""

    def __init__(self, name, args, outputs=(), prepare=None):
        self.name, self.args, self.outputs, self.prepare = name, args, outputs, prepare
        self.old, self.whole = {}, {}

    def begin(self):
        for path in self.outputs:
            with open(path, "w", encoding="utf-8") as file:
                file.write(OLD)
        if self.prepare:
            self.prepare()
        for path in self.outputs:
            with open(path, encoding="utf-8") as file:
                self.old[path] = file.read()
            os.chmod(path, 0o640)

    def learn(self):
        """One run that is left in peace; how long it took."""
        self.begin()
        start = time.monotonic()
        if self.name == "lsp":
            subprocess.run([program, *self.args], input=b"", capture_output=True, env=environment(), check=False)
        else:
            run(*self.args)
        taken = time.monotonic() - start
        for path in self.outputs:
            with open(path, encoding="utf-8") as file:
                self.whole[path] = file.read()
            if self.whole[path] == self.old[path]:
                fail(f"{path} was not written by an undisturbed run", self.name)
        return taken

    def judge(self, how):
        for path in self.outputs:
            with open(path, encoding="utf-8") as file:
                text = file.read()
            if text not in (self.old[path], self.whole[path]):
                fail(f"{path} is neither the old nor the new one: {text[:80]!r}", how)
            if stat.S_IMODE(os.stat(path).st_mode) != 0o640:
                fail(f"{path} has lost its mode", how)


def fresh_source():
    shutil.copyfile(os.path.join(driver, "a.c"), "fixed.c")


CASES = [
    Case("check", ["-j", "2", "--format", "json", "-o", "report.json", driver], ["report.json"]),
    Case("gate", ["gate", "-j", "2", "--report", "sarif=gate.sarif", "--report", "html=gate.html", driver],
         ["gate.sarif", "gate.html"]),
    Case("grade", ["grade", "class", "--policy", "policy.yaml", "-o", "grades"]),
    Case("merge", ["merge", "--format", "html", "-o", "merged.html", "given.json"], ["merged.html"]),
    Case("fix", ["fix", "--apply", "fixed.c"], ["fixed.c"], fresh_source),
    Case("lsp", ["lsp"]),
]


def wait_for_none(find, seconds=5):
    end = time.monotonic() + seconds
    while (found := find()) and time.monotonic() < end:
        time.sleep(0.01)
    return found


def disturb(case, span, number):
    which = draw.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    to_group = draw.random() < 0.5
    moment = draw.random() * span * 1.1
    if draw.random() < 0.4:
        shutil.rmtree(cache, ignore_errors=True)
    case.begin()
    how = f"{number}. {case.name}, {which.name} to {'the group' if to_group else 'the process'} after {moment * 1000:.0f} ms"
    with subprocess.Popen([program, *case.args], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, env=environment(), start_new_session=True) as process:
        time.sleep(moment)
        if to_group:
            os.killpg(process.pid, which) if process.poll() is None else None
        else:
            process.send_signal(which)
        try:
            status = process.wait(30)
        except subprocess.TimeoutExpired:
            fail("it does not end", how)
            process.kill()
            status = process.wait()
        if found := wait_for_none(left_processes):
            fail(f"processes are left: {found}", how)
        if status < 0 and -status != which:
            fail(f"ended by signal {-status}", how)
        if status > 1:
            fail(f"status {status}: {process.stderr.read().decode(errors='replace')[:200]}", how)
    if found := left_files():
        fail(f"files are left: {found}", how)
        for path in found:
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
    case.judge(how)
    return status < 0


def line_of_progress():
    """On a terminal, the line that was drawn last is cleared."""
    os.makedirs("many", exist_ok=True)
    for number in range(60):
        shutil.copy(os.path.join(driver, "b.c"), f"many/d{number}.c")
    main, terminal = pty.openpty()
    with subprocess.Popen([program, "--no-cache", "-j", "1", *[f"many/d{i}.c" for i in range(60)]], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=terminal, env=environment(), start_new_session=True) as process:
        os.close(terminal)
        seen = b""
        end = time.monotonic() + 60
        while b"] " not in seen and time.monotonic() < end:
            try:
                seen += os.read(main, 4096)
            except OSError:
                break
        if process.poll() is not None or b"] " not in seen:
            print("SKIPPED: the run was over before it drew its line")
            return
        process.send_signal(signal.SIGINT)
        process.wait(30)
        try:
            while chunk := os.read(main, 4096):
                seen += chunk
        except OSError:
            pass
    if not seen.endswith(b"\r\x1b[K"):
        fail(f"the line of progress is not cleared: {seen[-60:]!r}", "progress")


def ignored_signals():
    """What nohup ignores ends neither the program nor its workers."""
    with subprocess.Popen([program, "--no-cache", "-j", "2", driver], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=environment(), start_new_session=True,
                          preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as process:
        time.sleep(0.05)
        for _ in range(5):
            os.killpg(process.pid, signal.SIGHUP) if process.poll() is None else None
            time.sleep(0.02)
        process.communicate()
        if process.returncode != 1:
            fail(f"status {process.returncode}, not 1", "SIGHUP ignored")


def main():
    run("--format", "json", "-o", "given.json", driver)
    for student in "one", "two":
        shutil.copytree(driver, f"class/{student}", dirs_exist_ok=True)
    with open("policy.yaml", "w", encoding="utf-8") as file:
        file.write("gate:\n  errors: 0\n")
    fresh_source()
    spans = {case.name: case.learn() for case in CASES}
    # a run with nothing known takes longest
    shutil.rmtree(cache, ignore_errors=True)
    start = time.monotonic()
    expected = run(driver).stdout
    spans["check"] = max(spans["check"], time.monotonic() - start)
    ended = sum(disturb(case := CASES[number % len(CASES)], max(spans[case.name], 0.05), number) for number in range(count))
    again = run(driver)
    if again.stdout != expected:
        fail(f"another result than before: {again.stdout[:200]!r}", "the next run")
    if again.stderr:
        fail(f"it complains: {again.stderr[:200]!r}", "the next run")
    if count >= 20 and ended < count // 4:
        fail(f"only {ended} of {count} were ended by their signal", "the test itself")
    line_of_progress()
    ignored_signals()
    print(f"{count} runs disturbed, {ended} ended by the signal")
    print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


sys.exit(main())
