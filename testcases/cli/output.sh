#!/bin/sh
# -o writes all or nothing; what cannot be written is told.
. "$(dirname "$0")/lib.sh"

write_bad bad.c
write_good good.c

run 1 -o report.json --format json bad.c
check "nothing on standard output" test ! -s out
has report.json '"exitStatus": 1'
run 0 -o report.json --format json good.c
has report.json '"exitStatus": 0'
check "no temporary file is left" sh -c 'test "$(ls report.json*)" = report.json'

echo precious > kept
ln -s kept link
run 1 -o link bad.c
check "a link stays a link" test -L link
has kept "lin-lock-held-on-exit"

ln -s later dangling
run 1 -o dangling bad.c
check "a link to nothing stays one" test -L dangling
has later "lin-lock-held-on-exit"
chmod 640 kept
run 0 -o kept good.c
check "a file keeps its mode" test "$(stat -c %a kept)" = 640
(umask 027 && "$so2check" -o fresh good.c) > out 2> err
check "a new one has that of the umask" test "$(stat -c %a fresh)" = 640

# no room
cp kept before
for form in json html sarif; do
	last="-o kept --format $form bad.c, no file may grow beyond 512 bytes"
	(ulimit -f 1 && "$so2check" --no-cache --format $form -o kept bad.c) > out 2> err
	check "a full disk gives status 2" test $? -eq 2
	has err "cannot write kept: File too large"
	check "the old file stays" cmp -s kept before
done
check "nothing half-written is left" sh -c '! ls | grep -q "^kept[.]"'
write_bad fixed.c
{ printf '/*'; head -c 2000 /dev/zero | tr '\0' 'x'; printf '*/\n'; } >> fixed.c
cp fixed.c before
last="fix --apply fixed.c, no file may grow beyond 512 bytes"
(ulimit -f 1 && "$so2check" --no-cache fix --apply fixed.c) > out 2> err
check "fix says so" test $? -eq 2
has err "File too large"
check "the source stays" cmp -s fixed.c before

run 2 -o nowhere/report bad.c
has err "nowhere/report"
mkdir folder
run 2 -o folder bad.c
has err "folder"
run 2 --output= bad.c
# a usage error leaves the file as it was
echo precious > kept
run 2 -o kept -p nowhere bad.c
has kept precious
run 1 -o /dev/null bad.c

if [ -w /dev/full ]; then
	run 2 -o /dev/full bad.c
	has err "No space left"
	last="bad.c > /dev/full"
	"$so2check" bad.c > /dev/full 2> err
	check "a full device gives status 2" test $? -eq 2
	has err "standard output"
fi
{ "$so2check" bad.c 2> err; echo $? > code; } | true
check "a closed pipe gives status 2 or was read in time" grep -qx '[12]' code

finish
