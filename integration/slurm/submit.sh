#!/bin/sh
# Checks drivers as a Slurm job array of N shards and merges the reports.
#
#   submit.sh N REPORT ARGUMENT...
#
# ARGUMENTs are those of so2check (options and paths). The report is SARIF or JSON if its name ends so, else text. Waits
# for the end; exit status as of so2check: 0, 1, 3, or 2 if there is no report. All nodes must see this folder, the
# sources and the program under the same paths. SO2CHECK is the program (default: the one in PATH), SO2_CPUS how many
# processors a shard gets (default: 1); SBATCH_* variables choose partition, account, time limit.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

if [ $# -lt 3 ]; then
	echo "usage: submit.sh N REPORT ARGUMENT..." >&2
	exit 2
fi
SO2_SHARDS=$1
case $2 in
*.sarif) SO2_FORMAT=sarif SO2_WANTED=sarif ;;
*.json) SO2_FORMAT=json SO2_WANTED=json ;;
*) SO2_FORMAT=json SO2_WANTED=text ;;
esac
SO2_REPORT=$2
shift 2
SO2_PROGRAM=$(command -v "${SO2CHECK:-so2check}") || {
	echo "submit.sh: there is no program ${SO2CHECK:-so2check}" >&2
	exit 2
}
SO2_PARTS=$(mktemp -d "$PWD/so2check-parts.XXXXXX")
export SO2_SHARDS SO2_FORMAT SO2_WANTED SO2_REPORT SO2_PROGRAM SO2_PARTS
rm -f "$SO2_REPORT"

array=$(sbatch --parsable --cpus-per-task="${SO2_CPUS:-1}" --array="1-$SO2_SHARDS" "$here/shard.sbatch" "$@") || exit 2
array=${array%%;*} # of a cluster with a name
status=0
sbatch --wait --dependency="afterok:$array" --kill-on-invalid-dep=yes "$here/merge.sbatch" > /dev/null || status=$?

if [ ! -e "$SO2_REPORT" ]; then
	echo "submit.sh: there is no report; what the tasks said is in $SO2_PARTS" >&2
	cat "$SO2_PARTS"/*.log >&2 2> /dev/null || true
	exit 2
fi
rm -r "$SO2_PARTS"
exit $status
