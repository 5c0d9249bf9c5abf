#!/bin/sh
# Checks drivers as N shards on several machines with GNU parallel over ssh, and merges the reports.
#
#   check.sh HOSTS N REPORT ARGUMENT...
#
# HOSTS is a file of ssh logins, one a line (`:` is this machine); ARGUMENTs are those of so2check (options and paths). The
# report is SARIF or JSON if its name ends so, else text. Exit status as of so2check: 0, 1, 3, or 2 if there is no report.
# All hosts must have the sources and the program under the same paths. SO2CHECK is the program (default: the one in PATH),
# SO2_SSH the ssh command. A shard that gives no report is tried once more, on another host if there is one.
set -eu

if [ $# -lt 4 ]; then
	echo "usage: check.sh HOSTS N REPORT ARGUMENT..." >&2
	exit 2
fi
hosts=$1 shards=$2 report=$3
case $report in
*.sarif) format=sarif wanted=sarif ;;
*.json) format=json wanted=json ;;
*) format=json wanted=text ;;
esac
shift 3
program=$(command -v "${SO2CHECK:-so2check}") || {
	echo "check.sh: there is no program ${SO2CHECK:-so2check}" >&2
	exit 2
}

# quote WORD...: for a shell on the other side
quote() {
	for word in "$@"; do
		printf "'%s' " "$(printf %s "$word" | sed "s/'/'\\\\''/g")"
	done
}

# Findings are a result. Only a shard without a report has failed. The command travels as a variable, for parallel
# would replace braces in it.
SO2_COMMAND="cd $(quote "$PWD") && { $(quote "$program") --format $format --shard \$shard/$shards $(quote "$@")
case \$? in 0 | 1 | 3) ;; *) false ;; esac; }"
export SO2_COMMAND
parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT
rm -f "$report"

failed=0
# shellcheck disable=SC2016 # for the shells on the other side
seq "$shards" | parallel ${SO2_SSH:+--ssh "$SO2_SSH"} --sshloginfile "$hosts" --jobs 1 --retries 2 --env SO2_COMMAND \
	--joblog "$parts/jobs" --results "$parts/{}.report" 'shard={}; eval "$SO2_COMMAND"' > /dev/null || failed=$?
if [ "$failed" != 0 ]; then
	cat "$parts"/*.err >&2
	echo "check.sh: $failed of $shards shards gave no report" >&2
	exit 2
fi
[ -z "${SO2_JOBLOG:-}" ] || cp "$parts/jobs" "$SO2_JOBLOG"
"$program" merge --format $wanted --output "$report" "$parts"/*.report
