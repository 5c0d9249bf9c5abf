#!/bin/sh
# cmake --install, the tree moved elsewhere, and what other CMake projects get of it.
build=$(cd "$(dirname "$1")" && pwd)
. "$(dirname "$0")/lib.sh"

command -v cmake > /dev/null || { echo "SKIPPED: cmake is not installed"; exit 77; }
[ -f "$build/cmake_install.cmake" ] && [ -f "$build/so2check.1.gz" ] || {
	echo "SKIPPED: $build is no build folder in which all was built"
	exit 77
}
last="cmake --install"
check "it installs" sh -c "cmake --install '$build' --prefix '$work/first' > out 2> err"
mv first moved
so2check=$work/moved/bin/so2check
for path in share/so2check/rules/pack.yaml share/so2check/include/so2check_linux_compat.h share/so2check/pre-commit \
	share/man/man1/so2check.1.gz share/bash-completion/completions/so2check share/zsh/vendor-completions/_so2check \
	share/zsh/site-functions/_so2check \
	share/fish/vendor_completions.d/so2check.fish share/cmake/so2check/so2check-config.cmake \
	share/doc/so2check/rules/lin-mem-leak.md share/doc/so2check/writing-rules.md share/doc/so2check/copyright \
	share/doc/so2check/changelog.gz share/doc/so2check/examples/slurm/submit.sh \
	share/doc/so2check/examples/ci/gate.sh share/doc/so2check/editors.md; do
	check "$path is there" test -s "moved/$path"
done
check "the manual is that of the program" sh -c "gzip -dc moved/share/man/man1/so2check.1.gz > man && '$so2check' help man | cmp - man"
check "no file says where it was installed" sh -c "! grep -rlIF '$work/first' moved"

write_bad bad.c
run 1 bad.c
has out "[lin-lock-held-on-exit]"
check "the headers are those beside it" sh -c "'$so2check' --no-cache --stats bad.c > out 2>&1; rm -r moved/share/so2check/include; '$so2check' --no-cache bad.c > bare 2>&1; mv out full; ! cmp -s full bare"
# the rules are those beside it, too
rm -r moved/share/so2check
mkdir -p moved/share/so2check/rules
run 2 --no-cache bad.c
check "it asks for its own pack" grep -q "moved/bin/../share/so2check/rules" err

# ---- find_package(so2check) ----
rm -rf moved
cmake --install "$build" --prefix "$work/moved" > out 2> err
mkdir -p project/pump
cat > project/pump/CMakeLists.txt <<'C'
add_library(pump INTERFACE)
target_sources(pump PRIVATE main.c level.c)
target_include_directories(pump INTERFACE ../include)
target_compile_definitions(pump INTERFACE PUMP_SLOTS=4 "PUMP_NAME=\"a pump\"")
so2check_add_check(pump)
so2check_add_check(pump NAME pump-warn WARN OPTIONS --format short CLANG_ARGS -DPUMP_EXTRA=1)
add_library(lamp OBJECT EXCLUDE_FROM_ALL lamp.c)
so2check_add_check(lamp ALL OPTIONS --only lin-lock-held-on-exit,lin-lock-double)
C
cat > project/CMakeLists.txt <<'C'
cmake_minimum_required(VERSION 3.25)
project(pumps LANGUAGES C)
find_package(so2check 0.1 REQUIRED)
add_subdirectory(pump)
C
mkdir project/include
echo 'int pump_set(int level);' > project/include/pump.h
cat > project/pump/main.c <<'C'
#include <linux/module.h>
#include "pump.h"
#include "local.h"

static const char name[] = PUMP_NAME;

static int __init pump_init(void)
{
	return pump_set(PUMP_SLOTS + LOCAL + (name[0] == 'a'));
}
module_init(pump_init);
C
echo '#define LOCAL 1' > project/pump/local.h
write_good project/pump/lamp.c
write_good project/pump/level.c
sed -i '3i #include "pump.h"\nint pump_set(int level) { return PUMP_SLOTS - level; }' project/pump/level.c
generator="Unix Makefiles"
! command -v ninja > /dev/null || generator=Ninja
last="cmake of another project"
check "the project finds it" sh -c "cmake -G '$generator' -S project -B made -DCMAKE_PREFIX_PATH='$work/moved' > out 2> err"
target() { # STATUS TARGET
	last="cmake --build made --target $2"
	cmake --build made --target "$2" > out 2>&1
	built=$?
	[ $built -eq 0 ] || built=1
	: > err
	if [ $built -eq "$1" ]; then pass; else fail "$2 ended with $built, not $1"; fi
}
target 0 pump-check
has out "Checking pump"
has out "2 units, "
target 0 pump-check
hasnt out "Checking pump"
touch project/pump/local.h
target 0 pump-check
has out "Checking pump"
target 0 all
has out "Checking lamp"
write_bad project/pump/level.c
sed -i '3i #include "pump.h"\nint pump_set(int level) { return PUMP_SLOTS - level; }' project/pump/level.c
target 1 pump-check
has out "[lin-lock-held-on-exit]"
target 1 pump-check
has out "[lin-lock-held-on-exit]"
target 0 pump-warn
has out "level.c:12:3: error: "
target 0 all
hasnt out "Checking lamp"
sed -i 's/PUMP_SLOTS=4/PUMP_SLOTS=5/' project/pump/CMakeLists.txt
target 0 pump-warn
has out "Checking pump"
echo 'so2check_add_check(pumq)' >> project/CMakeLists.txt
last="cmake of another project"
check "a wrong target is named" sh -c '! cmake made > out 2> err && grep -q "there is no target pumq" err'

finish
