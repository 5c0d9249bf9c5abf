#!/bin/sh
# Installs what the tests of this folder need (Debian), without starting any service. Run as root.
set -eu
packages="slurmctld slurmd slurm-client munge parallel openssh-server openssh-client iproute2 util-linux python3-yaml"

missing=
for package in $packages; do
	state=$(dpkg-query -W -f '${Status}' "$package" 2> /dev/null || true)
	[ "$state" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

# What package scripts ask before they start a service (policy-rc.d of invoke-rc.d): 101 is no.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
	printf '#!/bin/sh\nexit 101\n' > $policy
	chmod +x $policy
	trap 'rm -f $policy' EXIT
fi
apt-get update -q
# shellcheck disable=SC2086 # a list of packages
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
