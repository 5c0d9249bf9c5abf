#!/bin/sh
# integration/slurm on a real Slurm: munged, slurmctld and slurmd of our own on the loopback device, with generated
# configuration and key, all as an unprivileged user. Several shards as a job array, merged by a dependent job.
. "$(dirname "$0")/lib.sh"
user=nobody

clean_up() {
	for daemon in slurmd slurmctld munged; do
		[ -s "$work/run/$daemon.pid" ] && kill "$(cat "$work/run/$daemon.pid")" 2> /dev/null
	done
	[ -d "$work/run" ] && wait_until 10 no_daemon
}

no_daemon() {
	for pid in $(cat "$work"/run/*.pid 2> /dev/null); do
		kill -0 "$pid" 2> /dev/null && return 1
	done
	return 0
}

as_user() {
	setpriv --reuid "$user" --regid "$(id -g $user)" --clear-groups env HOME="$work" SLURM_CONF="$work/etc/slurm.conf" \
		XDG_CACHE_HOME="$work/cache" SO2CHECK="$so2check" "$@"
}

give_up() {
	echo "FAILED: $1"
	tail -n 20 "$work"/run/*.log
	exit 1
}

need_root
need munged slurmctld slurmd sbatch scontrol setpriv python3
set_up $user
mkdir "$work/etc" "$work/run" "$work/state" "$work/spool"
node=$(hostname -s)
# shellcheck disable=SC2046 # two numbers
set -- $(free_ports 2)
head -c 1024 /dev/urandom > "$work/etc/munge.key"
chmod 600 "$work/etc/munge.key"
cat > "$work/etc/slurm.conf" <<C
ClusterName=so2check
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$1
SlurmdPort=$2
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$work/run/munge.socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/run/slurmctld.pid
SlurmdPidFile=$work/run/slurmd.pid
SlurmctldLogFile=$work/run/slurmctld.log
SlurmdLogFile=$work/run/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=0
PriorityType=priority/basic
MpiDefault=none
SlurmdParameters=config_overrides
NodeName=$node NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=check Nodes=$node Default=YES MaxTime=10 State=UP
C
chown -R $user "$work/etc" "$work/run" "$work/state" "$work/spool"

as_user munged --key-file="$work/etc/munge.key" --socket="$work/run/munge.socket" --pid-file="$work/run/munged.pid" \
	--log-file="$work/run/munged.log" --seed-file="$work/run/munged.seed" --num-threads=2 || give_up "munged"
as_user slurmctld || give_up "slurmctld"
as_user slurmd || give_up "slurmd"
node_is_idle() {
	as_user scontrol show node "$node" | grep -q 'State=IDLE'
}
wait_until 20 node_is_idle || give_up "the node is not ready"

as_user SO2_CPUS=2 "$top/integration/slurm/submit.sh" 3 "$work/site/merged.sarif" drivers
check "exit status of the job array: findings" test $? -eq 1
check "the report is that of one machine" cmp "$work/one.sarif" "$work/site/merged.sarif"
as_user scontrol show job > "$work/jobs"
tasks=$(grep -c 'ArrayTaskId=[1-3] ' "$work/jobs")
check "Slurm ran the three tasks ($tasks)" test "$tasks" -eq 3

as_user "$top/integration/slurm/submit.sh" 2 "$work/site/none.json" --only no-such-rule drivers 2> "$work/err"
check "a task without a report: status 2" test $? -eq 2
check "and nothing merged" test ! -e "$work/site/none.json"
check "and the reason" grep -q 'unknown rule `no-such-rule`' "$work/err"
finish
