#!/bin/sh
# Several processes: the same report as from one, and what is lost is told.
. "$(dirname "$0")/lib.sh"

mkdir many
for i in 1 2 3 4 5 6 7 8 9; do
	write_bad "many/bad$i.c"
	write_good "many/good$i.c"
	sed -i "s/device_/device${i}_/g" "many/bad$i.c"
done

# byte for byte, whatever the number
for format in text json sarif; do
	run 1 -j 0 --format $format many
	cp out here
	for jobs in 1 2 7; do
		rm -f cache/so2check/results.sqlite # each is to do the work
		run 1 --jobs $jobs --format $format many
		check "$format with $jobs processes" cmp -s here out
	done
done
rm -f cache/so2check/results.sqlite
run 1 --stats -j 3 many
has err "units 18 of 18 analysed"
has err "functions 18, over budget 0"

run 2 -j -1 many
has err "option --jobs: \`-1\` is no number from 0 to 1024"
run 2 --time-limit 0 many
run 2 --memory-limit lots many

# A file that takes longer than anybody waits.
{
	echo '#include <linux/module.h>'
	echo '#define A0 x = x + 1;'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
		echo "#define A$i A$((i - 1)) A$((i - 1))"
	done
	printf 'int endless(int x)\n{\n\tA23\n\treturn x;\n}\n'
} > many/endless.c
run 3 -j 2 --time-limit 2 --format json many
has out '"reason": "it took longer than 2 seconds (--time-limit); `so2check --jobs 0` shows it"'
has out '"file": "many/endless.c"'
found=$(grep -c '"fingerprint"' out)
check "the others are analysed" test "$found" -eq 9

# A worker that is killed takes one file with it.
: > out
"$so2check" -j 2 --time-limit 60 --format json many > out 2> err < /dev/null &
checker=$!
last="-j 2 many, its workers killed"
killed=0
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	sleep 0.5
	worker=$(cat "/proc/$checker/task/$checker/children" 2> /dev/null | cut -d ' ' -f 1)
	[ -n "$worker" ] || continue
	kill -KILL "$worker" && killed=$((killed + 1))
	[ $killed -eq 2 ] && break
done
wait $checker
status=$?
check "status 3 after the loss" test $status -eq 3
has out 'the checker was ended by signal 9'
found=$(grep -c '"fingerprint"' out)
lost=$(grep -c 'ended by signal' out)
check "what was not lost is there ($found found, $lost lost)" test $((found + lost)) -ge 9
check "no more lost than killed" test "$lost" -le $killed

# A driver of several files: each on its own, when the whole cannot be.
mkdir pair
write_bad pair/one.c
sed 's/A23/A23 one_more(x);/; s/endless/pair_more/' many/endless.c > pair/two.c
printf 'obj-m := pair.o\npair-objs := one.o two.o\n' > pair/Kbuild
run 3 -j 1 --time-limit 1 --format json pair
has out "the 2 files of this driver were analysed on their own"
has out '"file": "pair/one.c"'
has out "lin-lock-held-on-exit"

# A worker that comes later does not count again what those before it have done.
mkdir early lost late
write_driver early/first.c first 9000
cp many/endless.c lost/endless.c
write_good late/last.c
rm -f cache/so2check/results.sqlite
run 3 -j 1 --time-limit 1 --stats early lost late
has err "modules 2, of several units 0"

# Too little memory for anything. (Sanitizers take more addresses than any limit.)
if ! grep -q __asan_init "$so2check"; then
	run 3 --memory-limit 40 many/good1.c
	has out "many/good1.c: not analysed"
fi
finish
