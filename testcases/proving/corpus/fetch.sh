#!/bin/sh
# Fetches the corpora from Debian packages into FOLDER; nothing of them is ever committed.
#
#   fetch.sh [--linux-only] FOLDER [KERNEL_FOLDER...]
#
# FOLDER gets linux-source/ (unpacked from the package linux-source-6.1), linux-build/ (configured and prepared),
# database/compile_commands.json and wine-source/ (of the source package wine). KERNEL_FOLDER: folders of the kernel
# whose compile commands are wanted; the default is those of linux-6.1.txt. What is there already is kept.
#
# Installs what it lacks (as root, or by sudo): the kernel's build needs and the tools that so2check is compared with.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

wine=yes
if [ "${1:-}" = --linux-only ]; then
	wine=no
	shift
fi
[ $# -ge 1 ] || {
	sed -n '2,/^set -eu/s/^# \{0,1\}//p' "$0" >&2
	exit 2
}
folder=$1
shift
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo

install_missing() {
	missing=
	for package in "$@"; do
		state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
		[ "$state" = "install ok installed" ] || missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	$as_root apt-get update -q
	# shellcheck disable=SC2086 # a list of packages
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}

fetch_linux() {
	install_missing linux-source-6.1 xz-utils make gcc flex bison bc libelf-dev libssl-dev python3 clang-19
	if [ $# = 0 ]; then
		# The first two levels: make -n is quick, and a folder's Makefile may hand down flags.
		# shellcheck disable=SC2046 # a list of folders
		set -- $(grep -v '^#' "$here/linux-6.1.txt" | cut -d/ -f1-2 | sort -u)
	fi
	[ -f "$folder/database/compile_commands.json" ] ||
		"$here/../../bench/make_compile_db.sh" "$folder/linux-source" "$folder/linux-build" "$folder/database" "$@"
}

fetch_wine() {
	[ ! -d "$folder/wine-source/include" ] || return 0
	install_missing dpkg-dev libwine-dev debian-archive-keyring
	(
		cd "$folder"
		apt_sources update -q
		apt_sources source -q --download-only wine
		dpkg-source --no-check -x wine_*.dsc wine-source
	)
}

# apt-get on the source packages of the machine's own main archives. It works on lists of its own in $folder/apt, so
# that the machine's, which may have no deb-src entries, stay as they are.
apt_sources() {
	mkdir -p "$folder/apt/partial"
	apt-get indextargets --format 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(SITE) $(RELEASE) main' \
		'Created-By: Packages' 'Component: main' | sort -u >"$folder/apt/sources.list"
	apt-get -o Dir::Etc::sourcelist="$folder/apt/sources.list" -o Dir::Etc::sourceparts=- \
		-o Dir::State::lists="$folder/apt" -o APT::Sandbox::User="$(id -un)" "$@"
}

fetch_peers() {
	install_missing sparse coccinelle cppcheck gcc-12 clang-19
}

fetch_linux "$@"
[ "$wine" = no ] || {
	fetch_wine
	fetch_peers
}
