#!/bin/sh
# Sets up so2check on a Debian machine: installs the packages it needs, builds
# it into build/ and checks the bundled drivers.
set -eu
cd "$(dirname "$0")/.."

missing=
for package in $(cat integration/packages.txt); do
	state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
	[ "$state" = "install ok installed" ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
	as_root=
	[ "$(id -u)" = 0 ] || as_root=sudo
	$as_root apt-get update -q
	# shellcheck disable=SC2086 # a list of packages
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
fi

cmake --preset release -G Ninja "$@"
cmake --build build
build/so2check --version
build/so2check test testcases/drivers
