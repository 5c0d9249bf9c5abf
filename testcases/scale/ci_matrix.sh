#!/bin/sh
# The commands in integration/ci-matrix, run as the services run them (run_matrix.py).
. "$(dirname "$0")/lib.sh"

clean_up() {
	:
}

need python3 bash
python3 -c 'import yaml' 2> /dev/null || skip "python3-yaml is not installed (testcases/scale/install.sh)"
set_up "$(id -un)"
cd "$work" || exit 1
export PATH="$work/prefix/bin:$PATH" XDG_CACHE_HOME="$work/cache"
for service in github gitlab; do
	status=$(python3 "$top/testcases/scale/run_matrix.py" "$top/integration/ci-matrix/$service.yml" "$work/site" \
		"$work/$service.sarif" drivers)
	check "$service: the merging job fails on findings" test "$status" = 1
	check "$service: the report is that of one machine" cmp "$work/one.sarif" "$work/$service.sarif"
done
finish
