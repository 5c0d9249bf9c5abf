#!/bin/sh
# Compile databases: those bear makes of a real build, in both forms, and what is written by hand.
. "$(dirname "$0")/lib.sh"

mkdir -p tree/src tree/inc
cat > tree/inc/gate.h <<'C'
typedef struct spinlock {
	int value;
} spinlock_t;
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
C
cat > tree/src/gate.c <<'C'
#include <gate.h>

static spinlock_t gate;

int gate_set(int level)
{
	spin_lock(&gate);
	if (level < LEAST)
		return -1;
	spin_unlock(&gate);
	return 0;
}
C
cat > tree/Makefile <<'M'
src/gate.o: src/gate.c
	cd src && cc -D__KERNEL__ -isystem ../inc '-DLEAST=(2 - 1)' -c -o gate.o gate.c
M
found() { # WHAT: the finding, with nothing to complain about
	run 1 --no-cache -p tree tree/src
	has out "gate.c:9:3: error: gate is still held when gate_set returns here"
	hasnt out "note:"
}
if command -v bear > /dev/null && command -v make > /dev/null && command -v cc > /dev/null; then
	(cd tree && bear -- make) > log 2>&1 || { cat log; exit 1; }
	check "bear writes arguments" grep -q '"arguments"' tree/compile_commands.json
	found
	cat > config.json <<'J'
{"output": {"content": {"include_only_existing_source": true}, "format": {"command_as_array": false, "drop_output_field": true}}}
J
	(cd tree && touch src/gate.c && rm compile_commands.json && bear --config ../config.json -- make) > log 2>&1
	check "or a command" grep -q '"command"' tree/compile_commands.json
	found

	headers=$(find /usr/src -maxdepth 1 -name 'linux-headers-*-amd64' 2> /dev/null | sort | tail -n 1)
	if [ -f "$headers/Makefile" ]; then
		mkdir mod
		echo 'obj-m := gate.o' > mod/Kbuild
		{ write_bad mod/gate.c; echo 'MODULE_LICENSE("GPL");' >> mod/gate.c; }
		bear --output mod/compile_commands.json -- make -C "$headers" "M=$work/mod" gate.o > log 2>&1 || cat log
		run 1 -p mod mod/gate.c
		has out "gate.c:10:3: error: device_lock is still held"
		hasnt out "note:"
	else
		echo "SKIPPED: no kernel headers to build a module with (linux-headers-amd64)"
	fi
else
	echo "SKIPPED: bear, make or cc is not installed"
fi

# relative folders are those of the database
arguments='"-D__KERNEL__", "-DLEAST=1", "-isystem", "../inc"'
for folder in ./src src "$work/tree/src"; do
	echo "[{\"directory\": \"$folder\", \"file\": \"gate.c\", \"arguments\": [\"cc\", $arguments, \"gate.c\"]}]" \
		> tree/compile_commands.json
	found
done
echo '[{"directory": "", "file": "src/gate.c", "command": "cc -D__KERNEL__ -D LEAST=\"1\" -isystem inc/ -c src/gate.c"}]' \
	> tree/compile_commands.json
found

# response files are not read
echo '-DLEAST=1' > tree/src/rest.rsp
for command in '"arguments": ["cc", "-D__KERNEL__", "-isystem", "../inc", "@rest.rsp", "gate.c"]' \
	'"command": "cc -D__KERNEL__ -isystem ../inc @rest.rsp gate.c"'; do
	echo "[{\"directory\": \"src\", \"file\": \"gate.c\", $command}]" > tree/compile_commands.json
	run 1 --no-cache -p tree tree/src/gate.c
	has out "tree/src/gate.c: note: its command has the response file \`@rest.rsp\`, which is not read"
	has out "'LEAST' is not known"
done

finish
