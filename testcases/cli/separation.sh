#!/bin/sh
# Submissions of one class, and of one gate after the other: nobody touches what is said of another, not even from within a
# worker that was taken over.
attacker=$(cd "$(dirname "$0")/../hostile" && pwd)/taken_over.c
. "$(dirname "$0")/lib.sh"

gate_cache=$XDG_CACHE_HOME/so2check-gate
secret='int secret_of_bob(void);'

student() { # NAME KIND
	mkdir -p "class/$1"
	"write_$2" "class/$1/driver.c"
	echo 'obj-m := driver.o' > "class/$1/Makefile"
}

# row NAME: its line of the table
row() {
	grep "^\"$1\"," grades/summary.csv > row
}

printf 'gate:\n  errors: 0\n' > policy.yaml
student ana good
student bob good
echo "$secret" > class/bob/secret.h
sed -i '1i #include "secret.h"' class/bob/driver.c

# what the one names of the other's is not there, whichever way it is named
printf '#include "../bob/secret.h"\nint a(void) { return secret_of_bob(); }\n' >> class/ana/driver.c
mkdir class/carl class/dora
ln -s ../bob/secret.h class/carl/secret.h
cp class/bob/driver.c class/bob/Makefile class/carl
ln -s ../bob class/dora/lib
sed 's|"secret.h"|"lib/secret.h"|' class/bob/driver.c > class/dora/driver.c
cp class/bob/Makefile class/dora
student eve good
printf 'ccflags-y := -I%s -include %s\n' "$work/class/bob" "$work/class/bob/secret.h" >> class/eve/Makefile
mkdir -p class/bob/include/linux # a kernel tree may be read, but not this one
: > class/bob/include/linux/kconfig.h
printf '#include <secret.h>\n' >> class/eve/driver.c
run 3 grade class --policy policy.yaml # a folder that is a link leads out
for student in ana carl dora eve; do
	hasnt grades/reports/$student.html "secret_of_bob(void)"
done
has grades/reports/ana.html "may not be read"
has grades/reports/carl.html "may not be read"
has grades/reports/dora.html "may not be read"

# the command for one submission and the one for a class keep apart from what is checked by hand
check "nothing in the cache of all" test ! -e "$XDG_CACHE_HOME/so2check"
parts=$(find "$gate_cache" -mindepth 1 -maxdepth 1 -name 'part-*' | wc -l)
check "a part of the cache for each ($parts)" test "$parts" -eq 5
check "the headers that all share are apart" test -n "$(find "$gate_cache/headers" -name '*.pch')"
check "and none is in a part" test -z "$(find "$gate_cache" -path '*/part-*' -name '*.pch')"

if grep -q __asan_init "$so2check"; then
	echo "SKIPPED: a library cannot be preloaded with sanitizers"
	finish
fi
# shellcheck disable=SC2086
if ! ${CC:-cc} -shared -fPIC -o taken_over.so "$attacker" > out 2> err; then
	echo "SKIPPED: no C compiler"
	finish
fi

# a worker of ana's that was taken over: only her own part can be written to
attacked() { # VARIABLE=VALUE... -- STATUS ARG...

	echo "/* $* */" >> class/ana/driver.c # it must be parsed
	(
		while [ "$1" != -- ]; do
			export "$1"
			shift
		done
		shift 2
		LD_PRELOAD=$work/taken_over.so "$so2check" "$@" > out 2> err < /dev/null
	)
	status=$?
	while [ "$1" != -- ]; do shift; done
	last="attacked $*"
	if [ $status -eq "$2" ]; then pass; else fail "exit status $status, not $2"; fi
}
rm -r class/carl class/dora class/eve
student ana good
sleep 2.1 # or results would not be kept
run 0 grade class --policy policy.yaml
others=$(find "$gate_cache" -mindepth 1)
attacked ATTACK_READ="$work/class/bob/secret.h
$work/class/bob/driver.c
$work/policy.yaml
$(find "$gate_cache" -path '*/part-*')" \
	ATTACK_WRITE="$others
$gate_cache
$XDG_CACHE_HOME
$work/class/ana/driver.c
$work/class/ana
$work/grades/reports/bob.html" \
	ATTACK_REMOVE="$others
$work/class/bob/driver.c" ATTACK_CHANGE="$others
$work/class/bob/driver.c
$work/class/ana/driver.c" -- 0 grade class --policy policy.yaml -j 1
has err "attack refused: read $work/class/bob/secret.h"
has err "attack refused: write $gate_cache"
has err "attack refused: remove $gate_cache/part-"
hasnt err "attack done"
before=$(cat grades/summary.csv)
run 0 grade class --policy policy.yaml
check "nothing has changed" test "$before" = "$(cat grades/summary.csv)"

# what it says, or does not say, costs its own result only
for how in lie stall quit; do
	limit=30
	[ $how != stall ] || limit=3 # which it takes
	attacked ATTACK_ANSWER=$how -- 3 grade class --policy policy.yaml --time-limit $limit -j 1
	has err "attack done: answer $how"
	row ana
	has row '"ana",not analysed'
	row bob
	has row '"bob",passed'
done

# a gate: what is in its part was made by who has seen this submission and nothing else
run 0 gate class/ana
run 0 gate class/ana
before=$(find "$gate_cache" -name 'part-*' | sort)
cp -r class/bob other
rm -r class/ana
mv other class/ana # somebody else's, at the same place
run 0 gate class/ana
after=$(find "$gate_cache" -name 'part-*' | sort)
check "another submission has another part" test "$before" != "$after"
run 0 cache --clear
check "all of it can be cleared" test -z "$(find "$gate_cache" -type f)"
finish
