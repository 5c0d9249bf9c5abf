#!/bin/sh
# Colour on a terminal only: script(1) gives the program one. Skipped (77) without it.
. "$(dirname "$0")/lib.sh"
command -v script > /dev/null 2>&1 || exit 77

write_bad bad.c
escape=$(printf '\033')
on_terminal() {
	last="$* (on a terminal)"
	script -qec "$*" /dev/null < /dev/null > out 2> err
}

on_terminal env TERM=xterm "$so2check" bad.c
has out "$escape[1"
on_terminal env TERM=xterm NO_COLOR=1 "$so2check" bad.c
hasnt out "$escape[1"
on_terminal env TERM=dumb "$so2check" bad.c
hasnt out "$escape[1"
on_terminal env TERM=xterm "$so2check" --format json bad.c
hasnt out "$escape[1"

finish
