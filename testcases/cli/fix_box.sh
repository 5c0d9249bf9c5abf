#!/bin/sh
# so2check fix reads sources in the box of the other workers: what is lost costs one driver and is said, and only the program itself writes.
attacker=$(cd "$(dirname "$0")/../hostile" && pwd)/taken_over.c
. "$(dirname "$0")/lib.sh"

# a file that takes longer than anybody waits costs itself
mkdir many
write_bad many/bad.c
{
	echo '#include <linux/module.h>'
	echo '#define A0 x = x + 1;'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
		echo "#define A$i A$((i - 1)) A$((i - 1))"
	done
	printf 'int endless(int x)\n{\n\tA23\n\treturn x;\n}\n'
} > many/endless.c
run 3 fix --time-limit 1 --apply many
has err "many/endless.c: error: not analysed: it took longer than 1 seconds (--time-limit); \`so2check --jobs 0\` shows it"
has err "many/bad.c:10:3: note: fixed"
has err "1 finding fixed, 0 left"
check "the other one is fixed" grep -q -B1 "return -22" many/bad.c

# a driver of several files is tried file by file
mkdir pair
write_bad pair/one.c
sed 's/endless/pair_more/' many/endless.c > pair/two.c
printf 'obj-m := pair.o\npair-objs := one.o two.o\n' > pair/Kbuild
run 3 fix --time-limit 1 --apply pair
has err "the 2 files of this driver are fixed on their own"
has err "pair/two.c: error: not analysed: it took longer than 1 seconds"
has err "pair/one.c:10:3: note: fixed"
run 0 --no-cache pair/one.c

# what was not analysed is said, once, with its reason
write_bad torn.c
echo 'int torn( {' >> torn.c
run 3 fix torn.c
check "the reason, once" test "$(grep -c 'torn.c: error: not analysed: syntax errors' err)" -eq 1

# without a box the same text comes out
write_bad plain.c
run 0 fix plain.c
cp out boxed.patch
run 0 fix --jobs 0 plain.c
check "the same without a process of its own" cmp -s out boxed.patch
run 2 fix --sandbox require --jobs 0 plain.c
has err "there is no worker (--jobs 0)"

# hidden files, and what is no C source, are left alone, whoever includes them
mkdir -p lab/.hooks
write_bad lab/.hooks/hidden.h
sed 's/device_/other_/g' lab/.hooks/hidden.h > lab/other.txt
printf '#include ".hooks/hidden.h"\n#include "other.txt"\n' > lab/user.c
run 1 fix --apply lab
check "both are said" test "$(grep -c 'its file is hidden, or not named as C sources are' err)" -eq 2
check "and stay" test "$(grep -c spin_unlock lab/.hooks/hidden.h lab/other.txt | grep -c ':1$')" -eq 2
mkdir outside
write_bad outside/far.h
ln -s ../outside lab/inner
printf '#include "inner/far.h"\n' > lab/user.c
cp outside/far.h far_before.h
run 1 fix --apply lab
has err "its file lies outside of what was given"
check "what a link leads to stays" cmp -s outside/far.h far_before.h

if grep -q __asan_init "$so2check"; then
	echo "SKIPPED: a library cannot be preloaded with sanitizers"
	finish
fi
# shellcheck disable=SC2086
if ! ${CC:-cc} -shared -fPIC -o taken_over.so "$attacker" > out 2> err; then
	echo "SKIPPED: no C compiler"
	finish
fi

# attacked VARIABLE=VALUE... -- ARG...: status 3, and no file of the tree has changed
write_bad plain.c
mkdir -p tree/.git tree/own
write_bad tree/own/driver.c
echo 'all:' > tree/Makefile
echo '[core]' > tree/.git/config
write_bad tree/.git/hook.c
attacked() {
	cp -r tree kept
	(
		while [ "$1" != -- ]; do
			export "$1"
			shift
		done
		shift
		LD_PRELOAD=$work/taken_over.so "$so2check" "$@" > out 2> err < /dev/null
	)
	status=$?
	while [ "$1" != -- ]; do shift; done
	last="attacked $*"
	check "exit status 3, not $status" test $status -eq 3
	check "no file is changed" diff -r tree kept
	rm -r kept
}
attacked ATTACK_READ=/etc/passwd ATTACK_WRITE="$work/tree/own/driver.c
$work/tree/own" ATTACK_REMOVE="$work/tree/own/driver.c" ATTACK_ANSWER=lie -- fix --apply --sandbox require tree
hasnt err "attack done: read"
hasnt err "attack done: write"
hasnt err "attack done: remove"
has err "attack refused: write $work/tree/own/driver.c"
has err "not analysed"
attacked ATTACK_ANSWER=stall -- fix --apply --time-limit 1 tree/own
has err "it took longer than 1 seconds"
attacked ATTACK_ANSWER=quit -- fix --apply --time-limit 1 tree/own
has err "not analysed"
for name in plain.c "$work/plain.c" tree/../plain.c /etc/passwd; do
	attacked ATTACK_FIX="$name" -- fix --apply tree
	has err "its file lies outside of what was given"
done
for name in tree/Makefile tree/.git/config tree/.git/hook.c tree; do
	attacked ATTACK_FIX="$name" -- fix --apply tree
	hasnt err "fixed in the patch"
	check "$name is refused" grep -q -e "is hidden, or not named" -e "not analysed: not a file" -e "is a directory" err
done
attacked ATTACK_FIX=tree/own/driver.c -- fix --apply tree
has err "the file has been changed meanwhile"
attacked ATTACK_FIX=tree/own/driver.c ATTACK_EDIT=127 -- fix --apply tree
has err "the file has been changed meanwhile"
: > tree/own/short.c
attacked ATTACK_FIX=tree/own/short.c -- fix --apply tree
has err "it sent edits that do not fit the file"
finish
