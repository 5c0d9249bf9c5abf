#!/bin/sh
# integration/parallel against two hosts: network namespaces joined to this one by veth pairs, an sshd in each, with keys
# and configuration of our own.
. "$(dirname "$0")/lib.sh"
id=$$

clean_up() {
	for number in 1 2; do
		[ -s "$work/sshd$number.pid" ] && kill "$(cat "$work/sshd$number.pid")" 2> /dev/null
		# Connections that were kept open, and the device, which goes with its other end.
		ip netns pids so2host$number-$id 2> /dev/null | xargs -r kill 2> /dev/null
		ip netns delete so2host$number-$id 2> /dev/null
	done
	[ -z "$made_run" ] || rmdir /run/sshd
}

need_root
need ip sshd ssh ssh-keygen parallel
made_run=
ip netns add so2host1-$id 2> /dev/null || skip "there are no network namespaces here"
set_up root
# sshd insists on this empty folder.
[ -d /run/sshd ] || { mkdir -m 755 /run/sshd && made_run=1; }
ssh-keygen -q -t ed25519 -N '' -f "$work/client"
cat > "$work/ssh_config" <<C
Host *
	User $(id -un)
	Port 2222
	IdentityFile $work/client
	IdentitiesOnly yes
	BatchMode yes
	UserKnownHostsFile $work/known_hosts
	ConnectTimeout 10
C

# start_host NUMBER: reached as 198.18.NUMBER.2 (RFC 2544: never routed)
start_host() {
	namespace=so2host$1-$id
	[ "$1" = 1 ] || ip netns add $namespace || return 1
	ip link add so2v$1-$id type veth peer name eth0 netns $namespace || return 1
	ip address add 198.18.$1.1/30 dev so2v$1-$id && ip link set so2v$1-$id up
	ip -n $namespace address add 198.18.$1.2/30 dev eth0
	ip -n $namespace link set eth0 up
	cp -r "$work/cache" "$work/cache$1"
	ssh-keygen -q -t ed25519 -N '' -f "$work/host$1"
	echo "[198.18.$1.2]:2222 $(cut -d ' ' -f 1,2 "$work/host$1.pub")" >> "$work/known_hosts"
	cat > "$work/sshd_config$1" <<C
ListenAddress 198.18.$1.2
Port 2222
HostKey $work/host$1
PidFile $work/sshd$1.pid
AuthorizedKeysFile $work/client.pub
AuthenticationMethods publickey
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
SetEnv XDG_CACHE_HOME=$work/cache$1
C
	ip netns exec $namespace /usr/sbin/sshd -f "$work/sshd_config$1" -E "$work/sshd$1.log"
}

for number in 1 2; do
	start_host $number || { echo "FAILED: host $number"; exit 1; }
done
answers() {
	ssh -F "$work/ssh_config" "$1" true
}
for number in 1 2; do
	wait_until 20 answers 198.18.$number.2 || { echo "FAILED: no answer"; tail "$work"/sshd*.log; exit 1; }
done
printf '198.18.1.2\n198.18.2.2\n' > "$work/hosts"
export SO2CHECK="$so2check" SO2_SSH="ssh -F $work/ssh_config" SO2_JOBLOG="$work/jobs" PARALLEL_HOME="$work/parallel"
mkdir "$work/parallel"
: > "$work/parallel/will-cite"

"$top/integration/parallel/check.sh" "$work/hosts" 4 "$work/merged.json" drivers
check "exit status: findings" test $? -eq 1
check "JSON is that of one machine" cmp "$work/one.json" "$work/merged.json"
for number in 1 2; do
	check "host $number did some of it" grep -q "198.18.$number.2" "$work/jobs"
done
"$top/integration/parallel/check.sh" "$work/hosts" 3 "$work/merged.sarif" drivers
check "SARIF is that of one machine" cmp "$work/one.sarif" "$work/merged.sarif"
# names that a shell or parallel would take apart
mkdir "it's {} a \$HOME;"
cp -r drivers/linux/chardev "it's {} a \$HOME;/{1}"
XDG_CACHE_HOME=$work/cache "$so2check" -o "$work/one.odd" "it's {} a \$HOME;"
"$top/integration/parallel/check.sh" "$work/hosts" 2 "$work/merged.odd" "it's {} a \$HOME;"
check "odd names, as text" cmp "$work/one.odd" "$work/merged.odd"

# A host that is down: the other one does its part.
kill "$(cat "$work/sshd2.pid")"
"$top/integration/parallel/check.sh" "$work/hosts" 3 "$work/merged.json" drivers 2> "$work/err"
check "one host down: findings all the same" test $? -eq 1
check "and the same report" cmp "$work/one.json" "$work/merged.json"
"$top/integration/parallel/check.sh" "$work/hosts" 2 "$work/none.json" --only no-such-rule drivers 2> "$work/err"
check "shards without a report: status 2" test $? -eq 2
check "and nothing merged" test ! -e "$work/none.json"
check "and the reason" grep -q 'unknown rule `no-such-rule`' "$work/err"
finish
