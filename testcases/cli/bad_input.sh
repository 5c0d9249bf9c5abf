#!/bin/sh
# What cannot be analysed is said, gives status 3, and costs no other file its result.
. "$(dirname "$0")/lib.sh"

write_bad bad.c

# TEXT-of-reason is not fixed here; that the file is named is.
expect_missing() {
	run 3 "$1" bad.c
	has out "$1: not analysed: "
	has out "[lin-lock-held-on-exit]"
	has out "1 not analysed"
	run 3 --format json "$1" bad.c
	has out '"notAnalysed": ['
	has out '"exitStatus": 3'
	run 3 --format sarif "$1" bad.c
	has out '"id": "not-analysed"'
	has out '"ruleId": "lin-lock-held-on-exit"'
	has out '"executionSuccessful": false'
}

expect_missing missing.c
ln -s nowhere.c dangling.c
expect_missing dangling.c
mkdir folder.c
expect_missing folder.c
rmdir folder.c
rm dangling.c
printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000' > binary.c
expect_missing binary.c
mkfifo pipe.c
expect_missing pipe.c
rm pipe.c
if [ "$(id -u)" -ne 0 ]; then
	write_good unreadable.c
	chmod 000 unreadable.c
	expect_missing unreadable.c
	rm -f unreadable.c
fi

# Text that does not parse: whatever could be read is checked, and the rest said.
printf '#include <linux/module.h>\nint broken(void)\n{\n\treturn (1 + ;\n}\n' > syntax.c
run 3 syntax.c bad.c
has out "syntax.c: "
has out "[lin-lock-held-on-exit]"
run 3 --format sarif syntax.c bad.c
has out '"ruleId": "lin-lock-held-on-exit"'

for lines in 7 9 10 11; do
	head -n $lines bad.c > truncated.c
	run 3 truncated.c bad.c
	has out "truncated.c:"
	has out "bad.c:10:"
done

printf '#include <linux/no_such_header.h>\n' > header.c
cat bad.c >> header.c
run 1 header.c bad.c
has out "no_such_header.h"
has out "header.c:11:"
has out "bad.c:10:"

: > empty.c
expect_missing empty.c

# A folder: each of its files on its own.
run 3 .
has out "binary.c: not analysed: "
has out "bad.c:10:"

# Headers that are not there.
run 3 --kernel /nonexistent bad.c
check "the folder is named" sh -c 'cat out err | grep -q /nonexistent'

# Names that are no plain words.
write_bad 'with space é$(x).c'
run 1 'with space é$(x).c'
run 1 --format sarif 'with space é$(x).c'
has out 'with%20space%20%C3%A9%24%28x%29.c'
write_bad "$(printf 'esc\033[31m.c')"
run 1 "$(printf 'esc\033[31m.c')"
check "no escape sequence reaches the reader" sh -c '! grep -q "$(printf "\033")" out'

finish
