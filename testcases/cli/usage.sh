#!/bin/sh
# Options, commands, help; every mistake names what is wrong and gives status 2.
. "$(dirname "$0")/lib.sh"

run 0 --help
has out "usage: so2check"
for option in --database --target --kernel --ddk --rules --only --disable --format --output --stats --dump --shard \
	--explain-context; do
	has out "$option"
done
run 0 check --help
run 0 --version
has out "so2check "
has out "libclang: "

write_bad bad.c
run 2
has err "PATH"
run 2 --no-such-option bad.c
has err "--no-such-option"
run 2 --fromat json bad.c
has err "did you mean --format"
run 2 --format xml bad.c
has err "xml"
has err "sarif"
run 2 bad.c --format
has err "--format needs a value"
run 2 --stats=yes bad.c
has err "--stats takes no value"
run 2 -x bad.c
has err "-x"
run 2 chek bad.c
has err "did you mean \`check\`"
run 2 rules extra
has err "extra"
run 2 rules --stats
has err "--stats"
run 2 explain
run 2 test
run 2 -p nowhere bad.c
has err "nowhere"

# rules by id
run 2 --only lin-lock-duble bad.c
has err "lin-lock-duble"
has err "did you mean \`lin-lock-double\`"
run 2 --disable lin-lock-double,nothing-like-it bad.c
has err "nothing-like-it"
hasnt err "\`lin-lock-double\`"
run 2 explain lock-doubel
has err "lin-lock-double"

run 0 rules
has out "lin-lock-held-on-exit"
run 0 rules --format json
has out '"id": "lin-lock-held-on-exit"'
run 0 explain lin-lock-double
has out "lin-lock-double"
has out "## Source documents"

# a file called like a command, and options behind operands
mkdir rules
write_good rules/a.c
run 0 ./rules
write_good check
run 3 ./check
export POSIXLY_CORRECT=1
run 0 ./rules --format json
has out '"findings": []'
unset POSIXLY_CORRECT

finish
