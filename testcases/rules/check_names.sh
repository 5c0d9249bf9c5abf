#!/bin/sh
# Every API of the facts must be a name of the installed headers: a misspelt one would never match a call. A name that
# they lack says why: it is `removed`, `deprecated` or newer (`since`). For Linux, the functions of `implemented-by` and
# the records that roles and fields name are looked up, too; Windows headers of other makers implement their macros in
# other ways, and a role may be bound to what old kernels had.
#
#   check_names.sh [RULES]    KERNEL_HEADERS and DDK name folders to use in place of the installed ones
#
# Prints what cannot be found and ends with 1; with 77 if there are no headers.
export LC_ALL=C
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
rules=${1:-$top/rules}
work=$(mktemp -d "${TMPDIR:-/tmp}/so2check-names.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

# What the headers call or define with parentheses, and what they define as a macro or a record.
words() {
	grep -rohE --include='*.h' '[A-Za-z_][A-Za-z0-9_]*[ 	]*\(|^[ 	]*#[ 	]*define[ 	]+[A-Za-z_][A-Za-z0-9_]*|(struct|union)[ 	]+[A-Za-z_][A-Za-z0-9_]*' "$@" |
		sed 's/[ 	]*($//; s/.*[ 	]//' | sort -u
}

# Beginnings that headers glue an ending of up to four letters to (`__out##bwl`).
beginnings() {
	grep -rohE --include='*.h' '[A-Za-z_][A-Za-z0-9_]{3,}##' "$@" | sed 's/##//' | sort -u
}

# Names of facts, one a line: NAME FILE:LINE. An API that is not in today's headers says so itself.
names() {
	awk -v os="$1" '
	function flush() {
		if (name != "" && !excused)
			for (i = 0; i < count; i++)
				print found[i], place[i]
		name = ""; count = excused = 0
	}
	function keep(what) { found[count] = what; place[count++] = FILENAME ":" FNR }
	function after(key,   text) {
		text = $0
		sub(".*[{ ]" key ": *", "", text)
		sub(/[^A-Za-z0-9_].*/, "", text)
		return text
	}
	FNR == 1 { flush(); part = "" }
	/^[a-z]+:/ { flush(); part = $1 }
	part == "apis:" && /^  - name:/ { flush(); name = $3; keep(name); next }
	part == "apis:" && /^    (removed|since|deprecated):/ { excused = 1 }
	part == "apis:" && /^    implemented-by:/ { shapes = 1; next }
	part == "apis:" && /^    [a-z]/ { shapes = 0 }
	part == "apis:" && shapes && /^      - *(\{name:|name:)/ && os == "linux" && !/__builtin_/ { keep(after("name")) }
	part == "fields:" && /[{ ]record:/ { print after("record"), FILENAME ":" FNR }
	END { flush() }' "$rules/$1"/facts/*.yaml | sort
}

# The newest folder, as the checker chooses it; Debian keeps the sources of a flavour in -common.
newest() {
	for folder in "$@"; do
		[ -d "$folder/include" ] && echo "$folder"
	done | sort -V | tail -n 1
}

missing=0 looked=0
look_up() { # SYSTEM FOLDER...
	system=$1
	shift
	looked=1
	words "$@" >"$work/words"
	beginnings "$@" >"$work/beginnings"
	names "$system" >"$work/names"
	join -v 1 "$work/names" "$work/words" >"$work/missing"
	while read -r name place; do
		for letters in ? ?? ??? ????; do
			grep -qxF -e "${name%$letters}" "$work/beginnings" && continue 2
		done
		echo "$place: '$name' is not in the headers of $system"
		missing=1
	done <"$work/missing"
}

kernel=${KERNEL_HEADERS:-$(newest /usr/src/linux-headers-*-common)}
[ "$kernel" ] || kernel=$(newest /usr/src/linux-headers-* /lib/modules/*/build)
[ "$kernel" ] && look_up linux "$kernel/include" "$kernel/arch/x86/include"

ddk=${DDK:-/usr/share/mingw-w64/include}
[ -d "$ddk" ] && look_up windows "$ddk" "$top/checker/frontend/headers/windows"

[ $looked = 1 ] || exit 77
exit $missing
