#!/bin/sh
# Completion: what the program offers, and what bash, zsh and fish make of it when somebody types.
scripts=$(cd "$(dirname "$0")/../../integration/completion" && pwd)
. "$(dirname "$0")/lib.sh"

offers() { # WORD... then `:` and the lines wanted, in order
	words=
	while [ "$1" != : ]; do
		words="$words '$1'"
		shift
	done
	shift
	last="complete --$words"
	eval "\"\$so2check\" complete -- $words" > full 2> err
	cut -f1 full > out
	for line; do echo "$line"; done > wanted
	if cmp -s out wanted; then pass; else fail "wanted: $*"; fi
	check "silence on standard error" test ! -s err
}
offers ex : explain :files
commands=$("$so2check" --help | sed -n '/^commands/,/^$/s/^  \([a-z]*\) .*/\1/p')
# shellcheck disable=SC2086 # a list of words
offers "" : $commands :files
offers explain lin-lock-held : lin-lock-held-on-exit
offers explain x lin-lock-held :
offers --disable lin-mem-leak,lin-lock-held : lin-mem-leak,lin-lock-held-on-exit
offers --format s : sarif short
offers --format=s : --format=sarif --format=short
offers --format = s : sarif short
offers --target = : linux windows auto
offers --kb : --kbuild --kbuild=error
offers rules --cov : --coverage
offers check --cov :
offers cache --f :
offers --rules d : :folders
offers -p d : :files
offers -o d : :files
offers --stats d : :files
offers merge d : :files
offers --jobs "" :
offers hook "" : install
offers help me : merge
offers a.c -- -I : :files
offers --no-such-option ex : explain :files
# shellcheck disable=SC2086
offers : $commands :files
"$so2check" complete -- --format > full
check "an option is explained" grep -q "^--format	text, " full

mkdir bin "a folder"
ln -s "$so2check" bin/so2check
: > "a folder/driver.c"
PATH=$work/bin:$PATH

# typed SHELL...: standard input has lines SETUP, then pairs of what is typed and what must come to stand there
cat > type.py <<'P'
"""Types into a shell on a terminal: argv is the shell; stdin has the set-up, then lines `typed => wanted`."""
import os
import pty
import re
import select
import sys
import time

setup, *rows = sys.stdin.read().splitlines()
child, terminal = pty.fork()
if child == 0:
    os.environ.update(TERM="dumb", PS1="> ", INPUTRC="/dev/null")
    os.execvp(sys.argv[1], sys.argv[1:])


def read_until(wanted, seconds):
    text, end = "", time.monotonic() + seconds
    while wanted not in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|[\r\a\x08]", "", text) and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            text += os.read(terminal, 4096).decode(errors="replace")
    return wanted in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|[\r\a\x08]", "", text), text


os.write(terminal, (setup + "; echo re''ady\n").encode())
if not read_until("ready", 20)[0]:
    sys.exit("the shell does not answer")
failed = 0
for row in rows:
    typed, wanted = row.split(" => ")
    os.write(terminal, typed.encode() + b"\t")
    is_there, text = read_until(wanted, 20)
    if not is_there:
        failed = 1
        print("typed", typed, "wanted", wanted, "got", repr(text))
    os.write(terminal, b"\x15echo do''ne\n")
    read_until("done", 20)
os.write(terminal, b"exit\n")
os.close(terminal)
sys.exit(failed)
P
cat > typed.txt <<'T'
so2check expl => so2check explain
so2check explain lin-lock-hel => lin-lock-held-on-exit
so2check --format=che => --format=checkstyle
so2check --format sho => --format short
so2check --only lin-mem-leak,lin-lock-hel => lin-mem-leak,lin-lock-held-on-exit
so2check rules --cov => --coverage
so2check a => a\ folder/
so2check --rules a => a\ folder/
T
if command -v python3 > /dev/null; then
	if command -v bash > /dev/null; then
		last="typed into bash"
		{ echo "PS1='> '; . '$scripts/so2check.bash'"; cat typed.txt; } | python3 type.py bash --norc -i > out 2>&1
		check "bash completes" test $? -eq 0
	fi
	if command -v zsh > /dev/null; then
		last="typed into zsh"
		{ echo "PS1='> '; fpath=('$scripts' \$fpath); autoload -U compinit; compinit -u -d '$work/dump'"; cat typed.txt; } |
			python3 type.py zsh -f -i > out 2>&1
		check "zsh completes" test $? -eq 0
	else
		echo "SKIPPED: zsh is not installed"
	fi
else
	echo "SKIPPED: bash and zsh, which python3 types into"
fi
if command -v fish > /dev/null; then
	in_fish() { # LINE WANTED
		last="fish: $1"
		HOME=$work fish --no-config -c "source '$scripts/so2check.fish'; complete -C '$1'" > full 2> err
		cut -f1 full > out
		check "fish completes to $2" grep -qxF -e "$2" out
	}
	in_fish "so2check expl" explain
	in_fish "so2check explain lin-lock-hel" lin-lock-held-on-exit
	in_fish "so2check --format=che" --format=checkstyle
	in_fish "so2check --only lin-mem-leak,lin-lock-hel" lin-mem-leak,lin-lock-held-on-exit
	in_fish "so2check rules --cov" --coverage
	in_fish "so2check a" "a folder/"
	in_fish "so2check --rules a" "a folder/"
else
	echo "SKIPPED: fish is not installed"
fi

finish
