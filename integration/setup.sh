#!/bin/sh
# Sets up so2check on a Debian machine: installs the packages it needs, builds
# it into build/ and checks the bundled drivers.
set -eu
cd "$(dirname "$0")/.."

# also what another package stands for: nodejs from elsewhere brings npm, and conflicts with Debian's
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' | sed -n 's/^installed //p' | tr -d ' ' |
	tr ',' '\n' | sed 's/(.*//')
missing=
for package in $(cat integration/packages.txt); do
	echo "$installed" | grep -qxF "$package" || missing="$missing $package"
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
