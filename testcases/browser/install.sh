#!/bin/sh
# install.sh FOLDER: the packages of package-lock.json, exactly, into FOLDER/node_modules.
here=$(cd "$(dirname "$0")" && pwd)
folder=$1

skip() {
	echo "SKIPPED: $1"
	exit 77
}

command -v node > /dev/null && command -v npm > /dev/null || skip "node or npm is not installed"
node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || skip "node is older than 18"
mkdir -p "$folder" || exit 1
if cmp -s "$here/package-lock.json" "$folder/installed.json"; then
	echo "the packages are there"
	exit 0
fi
rm -f "$folder/installed.json"
cp "$here/package.json" "$here/package-lock.json" "$folder/" || exit 1
(cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts) || skip "npm cannot get the packages"
chmod u+x "$folder/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool" || exit 1
cp "$here/package-lock.json" "$folder/installed.json"
