#!/bin/sh
# The ready CI files: their commands, run as the services run them, in a repository with a good, a bad and a known state.
ci=$(cd "$(dirname "$0")/../../integration" && pwd)/ci
. "$(dirname "$0")/lib.sh"

command -v git > /dev/null || {
	echo "SKIPPED: git is not installed"
	exit 77
}
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE BASE PATHS CHANGE_TARGET CI_MERGE_REQUEST_DIFF_BASE_SHA SO2CHECK SO2CHECK_PATHS
unset SO2CHECK_SINCE SO2CHECK_REPORTS
export HOME="$work" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
mkdir bin
ln -s "$so2check" bin/so2check
export PATH="$work/bin:$PATH"

# The one command of a YAML file, of the Jenkinsfile.
awk '/^ *(run:|-) \|$/ { found = 1; match($0, /^ */); indent = RLENGTH; next }
	found { match($0, /^ */); if (length($0) && RLENGTH <= indent) exit; print }' "$ci/github.yml" > github.sh
awk '/^ *(run:|-) \|$/ { found = 1; match($0, /^ */); indent = RLENGTH; next }
	found { match($0, /^ */); if (length($0) && RLENGTH <= indent) exit; print }' "$ci/gitlab.yml" > gitlab.sh
# Groovy reads \\ in a text as one
awk "/'''\$/ { found = !found; next } found" "$ci/Jenkinsfile" | sed 's/\\\\/\\/g' > jenkins.sh
echo "\"$ci/gate.sh\" \$SO2CHECK_PATHS" > shell.sh
for service in github gitlab jenkins; do
	check "$service has a command" grep -q 'so2check gate' $service.sh
done
if python3 -c 'import yaml' 2> /dev/null; then
	for service in github gitlab; do
		check "$service.yml is YAML" python3 -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$ci/$service.yml"
	done
else
	echo "SKIPPED: python3-yaml is not installed: the files are not parsed as YAML"
fi

git init -q -b main repository && cd repository || exit 1
mkdir lab
write_bad lab/old.c
printf 'gate:\n  errors: 0\n' > .so2check.yaml
git add . && git commit -q -m old
git update-ref refs/remotes/origin/main HEAD
base=$(git rev-parse HEAD)
git checkout -q -b topic

# ends STATUS SERVICE [NAME=VALUE...]: its command, as the service calls it
ends() {
	expected=$1 service=$2
	shift 2
	last="$service $*"
	rm -rf so2check* gl-*
	env "$@" sh -e "$work/$service.sh" > out 2> err
	status=$?
	if [ $status -eq "$expected" ]; then pass; else fail "$service: exit status $status, not $expected"; fi
}

# of the service: how it says what to compare with, and its reports
says() {
	case $1 in
	github) variable=BASE=$base reports=so2check.sarif ;;
	gitlab) variable=CI_MERGE_REQUEST_DIFF_BASE_SHA=$base reports="gl-code-quality-report.json so2check.xml" ;;
	jenkins) variable=CHANGE_TARGET=main reports="so2check.sarif so2check-checkstyle.xml" ;;
	shell) variable=SO2CHECK_SINCE=origin/main reports="so2check-reports/so2check.txt so2check-reports/so2check.html
		so2check-reports/so2check.sarif so2check-reports/so2check.xml" ;;
	esac
}

write_good lab/new.c
git add lab && git commit -q -m good
for service in github gitlab jenkins shell; do
	says $service
	ends 0 $service "$variable"
	has out "gate: passed"
	ends 1 $service
	has out "gate: 1 error, at most 0: 1 too many"
	for report in $reports; do
		check "$service: $report" test -s "$report"
	done
done
sed 's/device_/new_/g' lab/old.c > lab/new.c
git add lab && git commit -q -m bad
printf 'int f(void) { return g(; }\n' > broken.c
for service in github gitlab jenkins shell; do
	says $service
	ends 1 $service "$variable" PATHS=lab SO2CHECK_PATHS=lab
	has out "gate: 1 error, at most 0: 1 too many"
	ends 3 $service "$variable" PATHS=broken.c SO2CHECK_PATHS=broken.c
	hasnt out "gate: passed"
done
rm broken.c
ends 2 shell SO2CHECK_SINCE=nowhere
has err "is the clone shallow?"
ends 0 shell SO2CHECK_REPORTS=elsewhere SO2CHECK_SINCE=HEAD SO2CHECK="$so2check"
check "reports elsewhere" test -s elsewhere/so2check.html
finish
