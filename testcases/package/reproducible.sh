#!/bin/sh
# The same sources give the same bytes: the program, the installed files and the Debian package of a build folder are compared
# with those of a second build, from a copy of the sources elsewhere, by another user, with another umask, locale, time zone
# and number of jobs, other times of the files, and without ccache.
#
#   reproducible.sh BUILD
#
# A difference is named by its file, and shown by diffoscope where it is installed. Status 77: the machine lacks something,
# or BUILD is no release build.
set -u

build=$(cd "${1:?the build folder}" && pwd) || exit 2
cached() { sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"; }
for tool in cmake cpack dpkg-deb git tar; do
	command -v $tool > /dev/null || { echo "SKIPPED: $tool is not installed"; exit 77; }
done
case $(cached CMAKE_BUILD_TYPE):$(cached SO2_SANITIZE) in
Release:OFF | RelWithDebInfo:OFF | MinSizeRel:OFF) ;;
*) echo "SKIPPED: $build is no release build"; exit 77 ;;
esac

# another file system lists names in another order
where=${TMPDIR:-/tmp}
[ ! -w /dev/shm ] || [ "$(df -Pm /dev/shm | awk 'NR == 2 { print $4 }')" -lt 1000 ] || where=/dev/shm
work=$(mktemp -d "$where/so2check-reproducible.XXXXXX") || exit 1
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 1' HUP INT TERM
failed=0

fail() {
	failed=$((failed + 1))
	echo "FAILED: $1"
}
# must COMMAND...: or the test ends here
must() {
	"$@" > "$work/out" 2>&1 && return
	echo "FAILED: $*"
	tail -n 20 "$work/out"
	exit 1
}
# same WHAT ONE OTHER: the same bytes; else why, as far as can be found out
same() {
	if cmp -s "$2" "$3"; then return 0; fi
	fail "$1 differs"
	if command -v diffoscope > /dev/null; then
		diffoscope --max-report-size 4000 "$2" "$3" | head -n 60
	else
		echo "  install diffoscope to see why"
		cmp "$2" "$3"
	fi
}

# ---- the second build ----
source=$(cached CMAKE_HOME_DIRECTORY)
other="$work/somewhere else/so2check"
mkdir -p "$other"
must sh -c "cd '$source' && git -c safe.directory='*' ls-files -co --exclude-standard -z |
	tar -c --null -T - --ignore-failed-read | tar -x -C '$other'"
find "$other" -exec touch -d "2001-02-03 04:05:06" {} +
epoch=$(git -c safe.directory='*' -C "$source" log -1 --format=%ct) || exit 1
set -- -DSO2_TESTS=OFF -DCMAKE_C_COMPILER_LAUNCHER= -DCMAKE_C_COMPILER="$(cached CMAKE_C_COMPILER)"
for option in CMAKE_BUILD_TYPE CMAKE_C_FLAGS CMAKE_EXE_LINKER_FLAGS SO2_LLVM_VERSION SO2_LIBCLANG_ROOT SO2_VERIFY \
	SO2_PACKAGE_MAINTAINER; do
	set -- "$@" -D$option="$(cached $option)"
done
user="env"
if [ "$(id -u)" = 0 ] && command -v setpriv > /dev/null; then
	user="setpriv --reuid 65534 --regid 65534 --clear-groups"
	chown -R 65534:65534 "$work"
fi
locale=$(locale -a 2> /dev/null | grep -vx -e C -e POSIX | head -n 1)
elsewhere() {
	(
		umask 077
		cd / && exec $user env -u CFLAGS -u LDFLAGS HOME="$work" LC_ALL="${locale:-C}" TZ=Pacific/Kiritimati COLUMNS=57 \
			SOURCE_DATE_EPOCH="$epoch" CCACHE_DISABLE=1 "$@"
	)
}
must elsewhere cmake -G "$(cached CMAKE_GENERATOR)" -S "$other" -B "$other/made here" "$@"
must elsewhere cmake --build "$other/made here" -j 2 --target so2check so2_installed_texts
must elsewhere cpack -G DEB --config "$other/made here/CPackConfig.cmake" -B "$work/second"

# ---- the first one's package: when it is made is found out without SOURCE_DATE_EPOCH ----
must env -u SOURCE_DATE_EPOCH TZ=UTC cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work/first"

# ---- comparison ----
first=$(find "$work/first" -maxdepth 1 -name '*.deb') second=$(find "$work/second" -maxdepth 1 -name '*.deb')
[ "$(basename "$first")" = "$(basename "$second")" ] || fail "packages have two names: $first, $second"
same "the program" "$build/so2check" "$other/made here/so2check"
for one in first second; do
	must dpkg-deb -R "$(eval "echo \"\$$one\"")" "$work/$one.files"
	TZ=UTC dpkg-deb -c "$(eval "echo \"\$$one\"")" > "$work/$one.list"
	(cd "$work/$one.files" && find . -type f | LC_ALL=C sort) > "$work/$one.names"
done
diff "$work/first.list" "$work/second.list" > "$work/out" || {
	fail "files of the package differ in name, order, mode or time"
	head -n 20 "$work/out"
}
LC_ALL=C comm -12 "$work/first.names" "$work/second.names" > "$work/both"
while IFS= read -r path; do
	same "$path of the package" "$work/first.files/$path" "$work/second.files/$path"
done < "$work/both"
[ -s "$work/both" ] || fail "the packages have no file in common"
[ $failed -gt 0 ] || same "the package" "$first" "$second"
if [ $failed -eq 0 ]; then
	echo "two builds are the same: $(wc -l < "$work/both") files, $(sha256sum < "$first" | cut -c 1-64) $(basename "$first")"
fi
exit $((failed > 0))
