#!/bin/sh
# `so2check grade`: what decides a verdict, what students cannot decide, exit statuses, mistakes.
# testcases/grade has a whole class.
document=$(cd "$(dirname "$0")/../../docs" && pwd)/grading.md
. "$(dirname "$0")/lib.sh"

# submission NAME KIND: bad or good, with a build file
submission() {
	mkdir -p "class/$1"
	"write_$2" "class/$1/driver.c"
	echo 'obj-m := driver.o' > "class/$1/Makefile"
}

# row NAME: its line of the table
row() {
	grep "^\"$1\"," grades/summary.csv > row
}

mkdir assignment
echo 'obj-m := driver.o' > assignment/Makefile
printf 'gate:\n  errors: 0\ngrade:\n  reference: assignment\n' > policy.yaml
submission ana good
run 0 grade class --policy policy.yaml
has out "1 submissions: 1 passed, in grades/summary.html and summary.csv"
submission bob bad
run 1 grade class/ --policy policy.yaml
row ana
has row '"ana",passed,0,0,0,0,0,1,"","reports/ana.html"'
row bob
has row '"bob",failed,1,0,0,0,0,1,"1 error, at most 0: 1 too many"'
check "a report for each" test -s grades/reports/ana.html -a -s grades/reports/bob.html
has grades/reports/bob.html "device_lock is still held"
hasnt grades/reports/ana.html "class/bob"
has grades/reports/ana.html "<h1>ana: passed</h1>"
has grades/reports/bob.html "<h1>bob: failed</h1>"
has grades/reports/bob.html "<li>1 error, at most 0: 1 too many</li>"
check "the page has both" test "$(grep -c 'reports/.*\.html' grades/summary.html)" = 2

# comments: not counted unless the policy says so, listed all the same
sed -i 's|return -22;|return -22; /* so2check: allow(lin-lock-held-on-exit) <b>my</b> reason */|' class/bob/driver.c
printf 'rules:\n  disable: ["*"]\n' > class/bob/.so2check.yaml
printf 'rules:\n  disable: ["*"]\n' > class/.so2check.yaml
run 1 grade class --policy policy.yaml -o other
has other/summary.csv '"bob",failed,1,0,0,0,1,1,"1 error, at most 0: 1 too many; .so2check.yaml is not obeyed; comment not counted: driver.c:10: allow(lin-lock-held-on-exit) <b>my</b> reason"'
has other/summary.html '&lt;b&gt;my&lt;/b&gt; reason'
{ cat policy.yaml; echo 'allow-comments: true'; } > lenient.yaml
run 0 grade class --policy lenient.yaml
row bob
has row '"bob",passed,0,0,0,1,1,1,".so2check.yaml is not obeyed; comment: driver.c:10: allow('
rm class/.so2check.yaml class/bob/.so2check.yaml
write_bad class/bob/driver.c

# the policy: paths are those of a submission, severities, rules, a baseline of what was handed out
{ cat policy.yaml; printf 'paths:\n  exclude: [/extra]\n'; } > paths.yaml
mkdir class/ana/extra
write_bad class/ana/extra/extra.c
run 1 grade class --policy paths.yaml
row ana
has row '"ana",passed'
run 1 grade class --policy policy.yaml
row ana
has row '"ana",failed'
rm -r class/ana/extra
{ cat policy.yaml; printf 'severity:\n  locking: note\n'; } > notes.yaml
run 0 grade class --policy notes.yaml
row bob
has row '"bob",passed,0,0,1,'
cp class/bob/driver.c assignment
run 1 --no-policy --format json -o before.json assignment
rm assignment/driver.c
{ cat policy.yaml; echo 'baseline: before.json'; } > baseline.yaml
run 0 grade class --policy baseline.yaml

# build files: those of the assignment, whatever the ends of lines
printf 'obj-m := driver.o\r\n' > class/ana/Makefile
run 1 grade class --policy policy.yaml
row ana
has row '"ana",passed'
printf 'obj-m := driver.o\nccflags-y := -DX\n' > class/ana/Makefile
run 1 grade class --policy policy.yaml
row ana
has row '"ana",build files changed,0,0,0,0,0,1,"Makefile has changed"'
sed '/grade:/,$d' policy.yaml > plain.yaml
run 1 grade class --policy plain.yaml
has err "changed build files are not seen"
row ana
has row '"ana",passed'
run 1 grade class --policy plain.yaml --reference assignment
row ana
has row '"ana",build files changed'
rm class/ana/Makefile
run 1 grade class --policy plain.yaml
row ana
has row '"ana",not buildable,0,0,0,0,0,1,"no build file makes a module of its sources"'
{ cat plain.yaml; printf 'grade:\n  needs-module: false\n'; } > bare.yaml
run 1 grade class --policy bare.yaml
row ana
has row '"ana",passed'
printf 'obj-m := driver.o other.o\n' > class/ana/Makefile
run 1 grade class --policy plain.yaml
row ana
has row '"ana",not buildable,0,0,0,0,0,1,"Makefile: `class/ana/other.c` is a part of `other` and is not here"'
submission ana good

# what could not be analysed is not passed
printf 'int f(void) { return g(; }\n' >> class/ana/driver.c
run 3 grade class --policy policy.yaml
row ana
has row '"ana",not analysed,0,0,0,0,0,1,"driver.c: syntax errors'
submission ana good

# one student's files change nothing of another's
write_bad class/bob/part.h
printf '#include "../bob/part.h"\n' >> class/ana/driver.c
mkdir class/zoe
write_good class/zoe/driver.c
cat > class/bob/driver.vcxproj <<'X'
<Project><ItemGroup><ClCompile Include="..\zoe\driver.c" /></ItemGroup></Project>
X
echo 'obj-m := driver.o' > class/zoe/Makefile
submission eve good
ln -sf ../zoe/driver.c class/eve/driver.c
run 1 grade class --policy plain.yaml
row zoe
has row '"zoe",passed,0,0,0,0,0,1,""'
has grades/reports/ana.html "may not be read: it lies outside"
hasnt grades/reports/ana.html "spin_lock"
row eve
has row '"eve",not buildable'
has row "driver.c: it leads outside of what is checked"
hasnt grades/reports/zoe.html "still held"
rm -r class/zoe class/eve class/bob/driver.vcxproj class/bob/part.h
submission ana good

# a Windows project
mkdir class/win
cat > class/win/driver.c <<'C'
#include <ntddk.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
	KIRQL irql;
	KSPIN_LOCK lock;

	UNREFERENCED_PARAMETER(driver);
	UNREFERENCED_PARAMETER(path);
	KeInitializeSpinLock(&lock);
	KeAcquireSpinLock(&lock, &irql);
	return STATUS_SUCCESS;
}
C
cat > class/win/driver.vcxproj <<'X'
<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <PropertyGroup><ConfigurationType>Driver</ConfigurationType></PropertyGroup>
  <ItemGroup><ClCompile Include="driver.c" /></ItemGroup>
</Project>
X
run 1 grade class --policy plain.yaml
row win
has row '"win",failed,'
rm -r class/win

# the same table at any -j
run 1 grade class --policy policy.yaml -j 1 -o one
run 1 grade class --policy policy.yaml -j 4 -o four
check "the same table" cmp one/summary.csv four/summary.csv
check "the same reports" diff -r one/reports four/reports

# what the document shows is right
awk '/^```yaml/ { open = 1; next } /^```/ { open = 0 } open' "$document" | sed '/^kernel:/d' > shown.yaml
run 1 grade class --policy shown.yaml
row ana
has row '"ana",passed'

# mistakes
run 2 grade class
has err "needs --policy FILE"
run 2 grade class --policy nowhere.yaml
run 2 grade nowhere --policy policy.yaml
has err "nowhere: error: No such file or directory"
mkdir empty
: > empty/file.zip
run 2 grade empty --policy policy.yaml
has err "empty/file.zip: warning: is no folder: not graded"
has err "no folder that could be a submission"
run 2 grade class --policy policy.yaml -o class/grades
has err "the reports cannot lie among the submissions"
run 2 grade class --policy plain.yaml --reference nowhere
has err "nowhere: error: the assignment is no folder"
run 2 grade class --policy policy.yaml --since HEAD
has err "does not belong to"
run 2 --reference assignment class
: > taken
run 2 grade class --policy policy.yaml -o taken
has err "taken"
finish
