#!/bin/sh
# Any other CI service, or cron: gate.sh [PATH...] in the repository with the drivers (default: all of it).
#
#   SO2CHECK          the program (default: so2check on the PATH)
#   SO2CHECK_SINCE    a revision, such as origin/main: what the branch point with it has, too, does not count
#   SO2CHECK_REPORTS  a folder for the reports: text, HTML, SARIF, JUnit (default: so2check-reports)
#
# What may pass is said by .so2check.yaml (docs/policy.md). The exit status is that of `so2check gate`: 0 passed, 1 over a threshold, 2 a wrong
# call or policy, 3 something could not be analysed. Reports are there unless it is 2.
set -eu
reports=${SO2CHECK_REPORTS:-so2check-reports}
since=
if [ -n "${SO2CHECK_SINCE:-}" ]; then
	since=$(git merge-base "$SO2CHECK_SINCE" HEAD) || {
		echo "gate.sh: $SO2CHECK_SINCE and HEAD have no commit in common here; is the clone shallow?" >&2
		exit 2
	}
fi
mkdir -p "$reports"
[ $# -gt 0 ] || set -- .
exec "${SO2CHECK:-so2check}" gate ${since:+--since "$since"} --report "text=$reports/so2check.txt" \
	--report "html=$reports/so2check.html" --report "sarif=$reports/so2check.sarif" --report "junit=$reports/so2check.xml" "$@"
