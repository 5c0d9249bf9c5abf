#!/bin/sh
# merge puts reports together that belong together, and says of others why they do not.
. "$(dirname "$0")/lib.sh"

mkdir clean many
write_good clean/a.c
write_good clean/b.c
sed -i 's/device_/other_/' clean/b.c
for i in 1 2 3; do
	mkdir many/d$i
	write_driver many/d$i/one.c "one$i" $((i * 10000))
done

# ---- what can be merged ------------------------------------------------------------------

parts 2 json many
run 1 --format json many
cp out all.json
run 1 merge -o merged.json parts/1.json parts/2.json
check "merge -o" cmp -s all.json merged.json
run 1 merge merged.json
check "one whole report is itself" cmp -s out merged.json
run 1 merge merged.json merged.json
sed 's/"\(units\|functions\)": [0-9]*/"\1": 0/' out > twice
sed 's/"\(units\|functions\)": [0-9]*/"\1": 0/' merged.json > once
check "a report twice says nothing twice" cmp -s twice once
parts 2 json many/d1 nowhere.c
run 3 merge parts/*.json
parts 2 json clean
run 0 merge parts/*.json

# submissions checked one by one, in the folder of each
run 0 --format json clean/a.c
cp out a.json
run 0 --format json clean/b.c
cp out b.json
run 0 --format json clean
cp out all.json
run 0 merge a.json b.json
check "whole reports" cmp -s out all.json
run 1 --format sarif many/d1
cp out one.sarif
(cd many && "$so2check" --format sarif d2 > ../two.sarif)
run 1 merge one.sarif two.sarif
has err "two.sarif: note: its paths are relative to $work/many/; the merged report has the folder of one.sarif"

# ---- wrong usage ---------------------------------------------------------------------

for value in 0/3 4/3 3 /3 1/ 1/0 a/b 1/2/3 -1/2 +1/2 ' 1/2' 1/100001 99999999999/99999999999; do
	run 2 --shard "$value" clean
	has err "option --shard: \`$value\` is no I/N"
done
run 2 --shard 1/2 --dump ir clean
has err "option --shard goes with a report, not with --dump"
run 2 merge
has err "\`merge\` needs REPORT..."
run 2 merge --stats a.json
has err "option --stats does not belong to \`merge\`"
run 2 merge a.json -o nowhere/out.json
has err "nowhere/out.json"

# ---- reports that cannot be merged -----------------------------------------------------

# refused TEXT REPORT...: status 2, the message, and nothing written
refused() {
	text=$1
	shift
	rm -f made
	run 2 merge -o made "$@"
	has err "$text"
	check "nothing is written" test ! -e made
}

parts 2 json many
run 1 many/d1
cp out report.txt
head -c "$(($(wc -c < parts/1.json) / 2))" parts/1.json > cut.json
refused "cut.json:$(($(wc -l < cut.json) + 1)):" cut.json parts/2.json
has err "is no JSON or SARIF report"
: > empty.json
refused "empty.json:1" empty.json parts/2.json
refused "report.txt:1:" report.txt
refused "gone.json: error: cannot be opened: No such file" gone.json parts/1.json
refused "parts: error: " parts
echo '{"a": 1}' > other.json
refused "other.json: error: is no report of so2check" other.json a.json
echo '[]' > list.json
refused "list.json: error: is no report of so2check" list.json
sed 's/"name": "so2check"/"name": "lint"/' one.sarif > lint.sarif
refused "lint.sarif: error: is a report of \`lint\`, not of so2check" one.sarif lint.sarif
version=$("$so2check" --version | sed -n '1s/so2check //p')
sed "s/\"version\": \"$version\"/\"version\": \"0.0.1\"/" parts/1.json > old.json
refused "old.json: error: was made by so2check 0.0.1, and this is $version" old.json parts/2.json
sed 's/"libclang": ".*"/"libclang": "clang version 7"/' parts/1.json > clang.json
refused "clang.json: error: was made with clang version 7, but parts/2.json with" parts/2.json clang.json
refused "one.sarif: error: is SARIF, but parts/1.json is JSON" parts/1.json one.sarif
refused "option --format: SARIF reports can be merged into sarif only" --format text one.sarif
refused "option --format: JSON reports cannot be merged into sarif" --format sarif a.json
run 1 --format json --disable lin-lock-double --shard 1/2 many
cp out less.json
refused "less.json: error: was made with other rules than parts/2.json" parts/2.json less.json
mkdir -p pack/linux/facts
printf 'name: mine\nversion: 1\n' > pack/pack.yaml
printf 'apis:\n  - {name: pump_start, result: void, sleeps: never}\n' > pack/linux/facts/pump.yaml
run 1 --format json --rules pack --shard 1/2 many
cp out facts.json
refused "facts.json: error: was made with other rules than parts/2.json" parts/2.json facts.json
refused "of the reports of 2 shards 1 is missing: 2" parts/1.json
refused "parts/1.json: error: is shard 1 of 2, and so is parts/1.json" parts/1.json parts/1.json parts/2.json
run 1 --format json --shard 1/3 many
cp out third.json
refused "third.json: error: is shard 1 of 3, but parts/2.json is shard 2 of 2" parts/2.json third.json
echo '/* longer */' >> many/d1/one.c
run 1 --format json --shard 1/2 many
cp out changed.json
refused "changed.json: error: divides other sources than parts/2.json" parts/2.json changed.json
sed '0,/"line": [0-9]*/s//"line": "x"/' parts/1.json > line.json
refused 'line.json: error: findings[0]: "line" is not a whole number' line.json parts/2.json
sed '0,/"severity": "error"/s//"severity": "fatal"/' parts/1.json > fatal.json
refused 'fatal.json: error: findings[0]: "severity" has the unknown value `fatal`' fatal.json parts/2.json
# all that is wrong, in one go
refused "old.json: error: was made by so2check 0.0.1" old.json gone.json cut.json
has err "gone.json: error: "
has err "cut.json:"

finish
