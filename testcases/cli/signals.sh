#!/bin/sh
# A signal at any moment: the program ends by it, leaves no process and no file behind, outputs are the old or the whole new
# ones, and the next run finds the cache usable.
tool=$(cd "$(dirname "$0")" && pwd)/signals.py
. "$(dirname "$0")/lib.sh"

command -v python3 > /dev/null || { echo "SKIPPED: python3 is not installed"; exit 77; }
mkdir driver
write_bad driver/a.c
write_driver driver/b.c other 100
python3 "$tool" "$so2check" driver "${SO2_SIGNALS:-30}" > out 2> err
code=$?
last="at a random moment"
cat out
check "all ended well" test $code -eq 0
[ $code -eq 0 ] || cat err
finish
