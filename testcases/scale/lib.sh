# Shared by the tests of the jobs in integration/: POSIX sh, sourced with the build folder in $1.
#
# Installs so2check into a folder of its own, copies some drivers beside it, and makes the reports of one machine
# (one.json, one.sarif) to compare with. Status 77: this machine cannot run the test.

top=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd) || exit 1
[ -x "$build/so2check" ] || { echo "no program in $build"; exit 1; }

# skip WHY
skip() {
	echo "skipped: $1"
	exit 77
}

# need PROGRAM...: all installed (install.sh does it)
need() {
	for program in "$@"; do
		command -v "$program" > /dev/null 2>&1 || skip "$program is not installed (testcases/scale/install.sh)"
	done
}

need_root() {
	[ "$(id -u)" = 0 ] || skip "only root can start what this needs"
}

PATH=$PATH:/usr/sbin:/sbin
work=$(mktemp -d "${TMPDIR:-/tmp}/so2check-scale.XXXXXX") || exit 1
chmod 755 "$work"

# clean_up is what the test leaves running
trap 'clean_up; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM

failed=0

# check NAME COMMAND...: the command succeeds
check() {
	name=$1
	shift
	if "$@"; then
		echo "ok: $name"
	else
		echo "FAILED: $name"
		failed=$((failed + 1))
	fi
}

# free_ports N: numbers of N TCP ports that nobody uses now
free_ports() {
	python3 -c 'import socket, sys
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(s.getsockname()[1] for s in sockets))' "$1"
}

# wait_until SECONDS COMMAND...: the command succeeds within that time
wait_until() {
	left=$(($1 * 5))
	shift
	until "$@" > /dev/null 2>&1; do
		left=$((left - 1))
		[ $left -gt 0 ] || return 1
		sleep 0.2
	done
}

# set_up OWNER: program, drivers and reports, which the user may read
set_up() {
	cmake --install "$build" --prefix "$work/prefix" > /dev/null || exit 1
	so2check=$work/prefix/bin/so2check
	mkdir "$work/site" "$work/cache"
	cp -r "$top/testcases/drivers" "$work/site/drivers"
	cd "$work/site" || exit 1
	for form in json sarif; do
		XDG_CACHE_HOME=$work/cache "$so2check" --format $form -o "$work/one.$form" drivers
		[ $? -eq 1 ] || { echo "FAILED: the run on one machine"; exit 1; }
	done
	chown -R "$1" "$work/site" "$work/cache"
}

finish() {
	[ $failed -eq 0 ]
	exit $?
}
