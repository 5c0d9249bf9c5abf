#!/bin/sh
# The Debian package on a fresh machine: built from a build folder, looked at by lintian, installed by apt in a new Debian
# root of its own, used there on a Linux and a Windows driver, and removed.
#
#   debian.sh BUILD
#
# Needs root, cpack, mmdebstrap and a Debian mirror; about two minutes. Status 77: the machine lacks something.
set -u

build=$(cd "${1:?the build folder}" && pwd) || exit 2
for tool in cpack mmdebstrap dpkg-deb chroot; do
	command -v $tool > /dev/null || { echo "SKIPPED: $tool is not installed"; exit 77; }
done
[ "$(id -u)" = 0 ] || { echo "SKIPPED: only root can make a Debian root and enter it"; exit 77; }
# shellcheck disable=SC1091
. /etc/os-release
[ "${ID-}" = debian ] || { echo "SKIPPED: this is no Debian"; exit 77; }

work=$(mktemp -d "${TMPDIR:-/tmp}/so2check-package.XXXXXX") || exit 1
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 1' HUP INT TERM
failed=0

step() { echo "== $1"; }
# check WHAT COMMAND...: the command succeeds; else what it printed
check() {
	what=$1
	shift
	"$@" > "$work/out" 2>&1 && return
	failed=$((failed + 1))
	echo "FAILED: $what"
	sed 's/^/  /' "$work/out" | tail -n 20
}
finish() {
	[ $failed -eq 0 ] && echo "the package works"
	exit $((failed > 0))
}

step "build it"
check "cpack" sh -c "cd '$build' && cpack -G DEB -B '$work/made'"
package=$(find "$work/made" -maxdepth 1 -name '*.deb')
[ -f "$package" ] || finish
dpkg-deb -f "$package" Package Version Depends
check "libclang is among its dependencies" sh -c "dpkg-deb -f '$package' Depends | grep -qE 'libclang1-[0-9]+'"
check "Clang's headers are" sh -c "dpkg-deb -f '$package' Depends | grep -qE 'libclang-common-[0-9]+-dev'"
if command -v lintian > /dev/null; then
	check "lintian" lintian --allow-root --fail-on error "$package"
else
	echo "SKIPPED: lintian is not installed"
fi

step "a fresh Debian $VERSION_CODENAME"
root=$work/root
set --
for list in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
	[ ! -s $list ] || set -- "$@" $list
done
mmdebstrap --quiet --variant=apt --skip=cleanup/apt --dpkgopt=force-unsafe-io "$VERSION_CODENAME" "$root" "$@" || {
	echo "FAILED: no Debian root could be made"
	exit 1
}
cp "$package" "$root/tmp/so2check.deb"
cp /etc/resolv.conf "$root/etc/" 2> /dev/null
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive XDG_CACHE_HOME=/tmp/cache "$@"; }

step "install it there"
check "apt-get install" inside apt-get install -q -y /tmp/so2check.deb
[ $failed -eq 0 ] || finish

step "use it there"
cat > "$root/tmp/pump.c" <<'C'
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(gate);

int pump_set(int level)
{
	spin_lock(&gate);
	if (level < 0)
		return -EINVAL;
	spin_unlock(&gate);
	return 0;
}
C
cat > "$root/tmp/lamp.c" <<'C'
#include <ntddk.h>

NTSTATUS LampSet(PKSPIN_LOCK gate, LONG level)
{
	KIRQL old;

	KeAcquireSpinLock(gate, &old);
	if (level < 0)
		return STATUS_INVALID_PARAMETER;
	KeReleaseSpinLock(gate, old);
	return STATUS_SUCCESS;
}
C
says() { # TEXT COMMAND...: the command prints it
	text=$1
	shift
	inside "$@" > "$work/said" 2>&1
	if grep -qF -e "$text" "$work/said"; then return 0; fi
	cat "$work/said"
	return 1
}
check "it starts" says "libclang: Debian clang version" so2check --version
check "a Linux driver" says "pump.c:10:3: error: gate is still held" so2check --format short /tmp/pump.c
check "a Windows driver" says "lamp.c:9:3: error: gate is still held" so2check --format short /tmp/lamp.c
check "a rule's page" says "# lin-lock-held-on-exit" so2check explain lin-lock-held-on-exit
check "the manual page" sh -c "gzip -dc '$root/usr/share/man/man1/so2check.1.gz' | grep -q 'TH SO2CHECK'"
check "completion" test -f "$root/usr/share/bash-completion/completions/so2check"

step "remove it"
check "apt-get purge" inside apt-get purge -q -y so2check
rm -rf "$root/tmp"
find "$root" -xdev -name '*so2check*' ! -path "$root/var/cache/*" > "$work/left"
check "nothing is left" sh -c "! grep . '$work/left'"
check "dpkg knows nothing of it" sh -c "! chroot '$root' dpkg-query -s so2check"
finish
