#!/bin/sh
# --shard I/N and merge: together the report of one run, byte for byte; what does not belong together is refused.
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib.sh"

# compare STATUS COUNTS PATH...: one run over the paths against as many shards as each count says
compare() {
	expected=$1 counts=$2
	shift 2
	for form in json sarif text; do
		run "$expected" --format $form "$@"
		cp out "one.$form"
	done
	for n in $counts; do
		parts $n json "$@"
		run "$expected" merge parts/*.json
		check "$n shards, json" cmp -s out one.json
		# in any order
		# shellcheck disable=SC2046 # a list of files
		run "$expected" merge --format text $(ls -r parts/*.json)
		check "$n shards, text" cmp -s out one.text
		[ $n -eq 3 ] || continue
		parts $n sarif "$@"
		run "$expected" merge parts/*.sarif
		check "$n shards, sarif" cmp -s out one.sarif
	done
}

cp -r "$top/testcases/drivers" drivers
cp -r "$top/testcases/engine" engine
compare 3 "1 2 3 4 5" drivers engine/locks.c engine/windows_irp.c nowhere.c

# ---- what reports could lose -------------------------------------------------------

mkdir -p odd/deep
for i in 1 2 3; do
	write_driver "odd/plain$i.c" "plain$i" $((i * 40000))
done
write_driver 'odd/with blank+plus.c' blank 100
write_driver 'odd/deep/%41.c' percent 100
write_driver 'odd/ăîș.c' diacritics 100 '/* ăîș */ wanted++;'
latin=$(printf 'latin\351')
write_driver "odd/$latin.c" latin 100 "$(printf '/* \343\356\272 */ wanted++;')"
sed -i "$(printf 's,if (wanted < 0),if (/* \343\356\272 */ wanted < 0),')" "odd/$latin.c"
sed -i 's,if (wanted < 0),if (/* ăîș */ wanted < 0),' 'odd/ăîș.c'
printf '#include <linux/module.h>\nint broken(void) { return 1 +; }\nmodule_init(broken);\n' > odd/broken.c
printf '#include <stdio.h>\nint main(void) { return 0; }\n' > odd/user.c
# A header's defects: one that all see, and two alike of which each shard sees one.
cat > odd/shared.h <<'C'
#include <linux/module.h>
#include <linux/spinlock.h>

extern spinlock_t shared_lock;

static inline int shared_all(int wanted)
{
	spin_lock(&shared_lock);
	if (wanted < 0)
		return -22;
	spin_unlock(&shared_lock);
	return 0;
}

static inline int shared_some(int wanted)
{
	spin_lock(&shared_lock);
#ifdef FIRST
	if (wanted < 1)
		return -22;
#else
	if (wanted < 2)
		return -22;
#endif
	spin_unlock(&shared_lock);
	return 0;
}
C
for i in 1 2 3 4; do
	{
		[ $((i % 2)) -eq 1 ] && echo '#define FIRST'
		echo '#include "shared.h"'
		echo "static int __init user${i}_init(void) { return shared_all($i) + shared_some($i); }"
		echo "module_init(user${i}_init);"
	} > odd/user$i.c
done
# given in several ways, so that names are not in the order of paths
compare 3 3 ./odd/deep odd "$work/odd/plain1.c" odd/nowhere.c
has one.json '"file": "odd/shared.h"'
has one.json 'a user-space program by its includes'
has one.sarif 'latin%E9.c'
found=$(grep -c '"function": "shared_' one.json)
check "the shared header's defects are there once ($found)" test "$found" -eq 3
run 3 --format json odd
first=$(grep '"fingerprint"' out | sort | uniq -d)
check "equal findings differ in their fingerprints" test -z "$first"

# ---- which driver in which shard ------------------------------------------------------

mkdir many
i=0
for bytes in 900 250000 4000 120000 60000 33000 18000 90000 5000 700; do
	i=$((i + 1))
	mkdir many/d$i
	write_driver many/d$i/one.c "one$i" $bytes
	write_driver many/d$i/two.c "two$i" 300
	sed -i '/module_init/d' many/d$i/two.c
done
for n in 2 5; do
	parts $n json many
	: > all
	: > costs
	for part in parts/*.json; do
		grep -o '"file": "many/[^"]*"' "$part" | cut -d '"' -f 4 | sort -u > files
		cat files >> all
		cost=0
		for file in $(cat files); do
			cost=$((cost + 50000 + $(wc -c < "$file")))
		done
		echo $cost >> costs
		cut -d / -f 2 files | sort | uniq -c | grep -v ' 2 ' > split
		check "no driver is split ($part of $n)" test ! -s split
	done
	sort -n -o costs costs
	sort all > sorted
	find many -name '*.c' | sort > wanted
	check "each file in exactly one of $n" cmp -s sorted wanted
	# 351,000: the dearest driver; no part can be longer than the shortest by more
	spread=$(($(tail -n 1 costs) - $(head -n 1 costs)))
	check "$n parts are balanced ($(tr '\n' ' ' < costs))" test $spread -le 351000
	lines=$(wc -l < costs)
	check "$n parts were looked at" test "$lines" -eq $n
done
# the dearest alone, when there are enough, as in those five
check "the dearest driver is alone" test "$(grep -l many/d2/ parts/*.json | wc -l)" -eq 1
hasnt "$(grep -l many/d2/ parts/*.json)" many/d4/
run 1 --shard 1/3 --format json many
cp out first
for jobs in 0 1 3; do
	run 1 --shard 1/3 --format json -j $jobs many
	check "the same shard with $jobs processes" cmp -s out first
done
run 0 --shard 9/9 --format json odd/plain1.c
has out '"units": 0'

finish
