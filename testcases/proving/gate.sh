#!/bin/sh
# The regression gate of the proving ground, for CI: fetches what the slice needs and runs it.
#
#   gate.sh [FOLDER]    FOLDER keeps the kernel's sources between runs (build/proving)
#
# Needs a built build/so2check.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
folder=${1:-build/proving}

# Only the kernel folders of the slice, and of drivers with a mended false finding, are asked for commands; two levels,
# since a Makefile may name objects of folders below it.
folders=$({
	cut -f2 "$here/slice.tsv" | sed -n 's|^linux/||p'
	awk -F'\t' '$6 == "mended" { print $2 }' "$here/ledger/linux-6.1.tsv"
} | cut -d/ -f1-2 | sort -u)

# shellcheck disable=SC2086 # a list of folders
"$here/corpus/fetch.sh" --linux-only "$folder" $folders
"$here/prove" gate --sources "$folder" --work "$folder/work" --so2check build/so2check --jobs "$(nproc)"
