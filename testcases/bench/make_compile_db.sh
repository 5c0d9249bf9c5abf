#!/bin/sh
# Makes OUTDIR/compile_commands.json for real Linux drivers, without building them.
#
#   make_compile_db.sh SRC BUILD OUTDIR [FOLDER...]
#
# SRC     kernel source; when it does not exist it is unpacked there from the
#         Debian package linux-source-6.1
# BUILD   build folder (O=); configured with every driver as a module and
#         prepared when it is not
# FOLDER  folders below SRC; the default is a broad choice of drivers/
#
# Needs: make, flex, bison, bc, libelf-dev, libssl-dev, python3, clang.
# Environment: CC (clang-19), HOSTCC (gcc), TARBALL (/usr/src/linux-source-6.1.tar.xz).
set -eu

usage() {
	sed -n '2,/^set -eu/s/^# \{0,1\}//p' "$0" >&2
	exit 2
}

[ $# -ge 3 ] || usage
source=$1
build=$2
outdir=$3
shift 3
[ $# -gt 0 ] || set -- drivers/char drivers/tty drivers/misc drivers/net drivers/usb drivers/scsi drivers/i2c \
	drivers/hwmon drivers/watchdog drivers/block drivers/input

cc=${CC:-clang-19}
hostcc=${HOSTCC:-gcc}
tarball=${TARBALL:-/usr/src/linux-source-6.1.tar.xz}

unpack() {
	[ -f "$tarball" ] || {
		echo "$0: $source does not exist and $tarball neither: apt-get install linux-source-6.1" >&2
		exit 1
	}
	# whole or not at all: an unpacking that is cut off is begun anew
	rm -rf "$source.part"
	mkdir -p "$source.part"
	tar -C "$source.part" --strip-components=1 -xf "$tarball"
	mv -T "$source.part" "$source"
}

# Everything a module; instrumentation, which only makes headers longer, off.
write_fragment() {
	cat <<'END'
CONFIG_EXPERT=y
CONFIG_COMPILE_TEST=y
CONFIG_PREEMPT_VOLUNTARY=y
CONFIG_LTO_NONE=y
CONFIG_DEBUG_INFO_NONE=y
END
	for option in KASAN KMSAN KCSAN UBSAN GCOV FTRACE LOCKDEP PROVE_LOCKING DEBUG_SPINLOCK DEBUG_MUTEXES \
		DEBUG_LOCK_ALLOC LOCK_STAT DEBUG_ATOMIC_SLEEP CFI_CLANG WERROR; do
		echo "# CONFIG_$option is not set"
	done
}

run_make() {
	make -s -C "$source" O="$build" CC="$cc" HOSTCC="$hostcc" LD=ld "$@"
}

run_logged() { # LOG ARGS...
	log=$1
	shift
	run_make "$@" >"$log" 2>&1 || {
		echo "$0: make failed in $source; the end of $log:" >&2
		tail -n 20 "$log" >&2
		exit 1
	}
}

[ -f "$source/Makefile" ] || unpack
mkdir -p "$build" "$outdir"
source=$(cd "$source" && pwd)
build=$(cd "$build" && pwd)
outdir=$(cd "$outdir" && pwd)

if [ ! -f "$build/include/generated/autoconf.h" ]; then
	write_fragment >"$build/so2check.fragment"
	run_logged "$outdir/configure.log" KCONFIG_ALLCONFIG="$build/so2check.fragment" allmodconfig
	run_logged "$outdir/prepare.log" -j"$(nproc)" modules_prepare
fi

# A dry run prints the compiler commands; targets that make cannot reach without
# building something first are of no interest here.
targets=
for folder in "$@"; do
	targets="$targets ${folder%/}/"
done
# shellcheck disable=SC2086 # one word per target is meant
make -C "$source" O="$build" CC="$cc" HOSTCC="$hostcc" LD=ld -n -k V=1 $targets \
	>"$outdir/dry-run.log" 2>"$outdir/dry-run.err" || true

python3 - "$outdir/dry-run.log" "$build" "$cc" >"$outdir/compile_commands.json" <<'END'
"""The compile commands in the output of `make -n V=1`, as a compile database."""
import json
import os
import re
import sys

log, build, compiler = sys.argv[1:]
command = re.compile(r"(?:^|[;&({]\s*)(" + re.escape(compiler) + r"\s[^;]*?\s-c\s+-o\s+\S+\.o\s+(\S+\.c))")
entries = {}
with open(log, errors="replace") as lines:
    for line in lines:
        for match in command.finditer(line):
            file = os.path.normpath(os.path.join(build, match.group(2)))
            entries[file] = {"directory": build, "command": match.group(1), "file": file}
json.dump([entries[file] for file in sorted(entries)], sys.stdout, indent=1)
sys.stdout.write("\n")
print(f"{len(entries)} commands", file=sys.stderr)
END
