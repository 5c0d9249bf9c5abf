#!/bin/sh
# Help that teaches, and the manual page: both from the tables of the options, so nothing is missing in either.
. "$(dirname "$0")/lib.sh"

run 0 --help
cp out all.txt
check "examples come first" sh -c 'test "$(grep -n "^examples:" all.txt | cut -d: -f1)" -lt "$(grep -n "^options:" all.txt | cut -d: -f1)"'
check "no line is too long" test "$(wc -L < all.txt)" -le 110
sed -n 's/^  \(-., \|    \)--\([a-z-]*\).*/\2/p' all.txt > options.txt
sed -n '/^commands/,/^$/s/^  \([a-z]*\) .*/\1/p' all.txt > commands.txt
check "there are options" test "$(wc -l < options.txt)" -gt 20
check "there are commands" test "$(wc -l < commands.txt)" -gt 7

run 0 help man
cp out so2check.1
sed 's/\\-/-/g' so2check.1 > man.txt
while read -r option; do
	check "the manual has --$option" grep -qE "^\\\\fB(-., )?--$option( |\\\\|\[)" man.txt
done < options.txt
while read -r command; do
	check "the manual has $command" grep -qE "^\\\\fB$command " man.txt
	run 0 help "$command"
	has out "usage: so2check"
	has out "--help"
	cp out one.txt
	run 0 "$command" --help
	check "both ways to ask for $command" cmp out one.txt
	check "an example of $command" sh -c "sed -n '/^examples:/,/^\$/p' one.txt | grep -q 'so2check.*$command\\|pump'"
done < commands.txt
run 0 help rules
has out "--coverage"
hasnt out "--database"
run 0 help cache
hasnt out "--coverage"
run 2 help nothing
has err "there is no command \`nothing\`"
run 2 help complete
run 2 help rules cache
run 0 --help --no-cache rules gone.c

# the options that an example names are there
grep '^  so2check\|^  make' all.txt > lines.txt
check "examples are there" test -s lines.txt
grep -o -e ' --[a-z][a-z-]*' lines.txt | sort -u | while read -r option; do
	grep -qx -e "${option#--}" options.txt || echo "$option"
done > unknown.txt
check "examples use options that exist" test ! -s unknown.txt

if command -v groff > /dev/null; then
	groff -ww -man -Tutf8 so2check.1 > page.txt 2> warnings.txt
	check "groff has nothing to say" test ! -s warnings.txt
	check "the page is one" grep -q "wrong usage, or a broken rule pack" page.txt
else
	echo "SKIPPED: groff is not installed, the manual page is not formatted"
fi

finish
