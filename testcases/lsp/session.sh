# session.sh PYTHON SO2CHECK DRIVERS: session.py in a folder of its own, with an empty cache.
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/so2check-lsp.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
cd "$work" || exit 1
export XDG_CACHE_HOME="$work/cache"
"$1" "$here/session.py" "$2" "$3"
