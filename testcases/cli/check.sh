#!/bin/sh
# A finding in every format, selection of rules, exit status 0 and 1.
. "$(dirname "$0")/lib.sh"

write_bad bad.c
write_good good.c

run 0 good.c
has out "1 unit, 1 function checked, 0 findings (0 errors, 0 warnings, 0 notes), 0 not analysed"
run 1 bad.c
has out "bad.c:10:"
has out "[lin-lock-held-on-exit]"
has out "device_lock"
has out "bad.c:8:2:"
has out "  why: "
has out "  rule: "
has out "1 finding"
cp out first
run 1 check good.c bad.c
run 1 .
run 1 bad.c -- -DUNUSED=1
check "same result with more clang arguments" cmp -s first out

run 0 bad.c --disable lin-lock-held-on-exit
run 0 --only lin-lock-double bad.c
run 1 --only lin-lock-double --only lin-lock-held-on-exit bad.c

run 1 --format json bad.c
has out '"rule": "lin-lock-held-on-exit"'
has out '"exitStatus": 1'
run 1 --format sarif bad.c
has out '"version": "2.1.0"'
has out '"ruleId": "lin-lock-held-on-exit"'
has out '"exitCode": 1'
has out '"executionSuccessful": true'

run 1 --stats bad.c
has err "stats: units 1 of 1 analysed"
has err "stats: peak memory"
run 0 --dump=ir bad.c
has out "device_poll"
run 0 --dump=cfg bad.c
run 0 --dump=state bad.c

# no terminal: no colour, whatever TERM says; and NO_COLOR is no error
export TERM=xterm
run 1 bad.c
check "no escape sequences" sh -c '! grep -q "$(printf "\033")" out'
export NO_COLOR=1
run 1 bad.c
check "the same with NO_COLOR" cmp -s first out
unset NO_COLOR

# two runs give the same bytes
run 1 --format sarif . && cp out one
run 1 --format sarif .
check "output is stable" cmp -s one out

finish
