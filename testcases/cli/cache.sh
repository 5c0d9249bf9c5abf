#!/bin/sh
# Headers that an earlier run has parsed: found again, and never out of date.
. "$(dirname "$0")/lib.sh"

headers() { # FOUND MADE PARSED
	has err "stats: headers from the cache $1, parsed for the cache $2, parsed with the file $3"
}

# A kernel of our own: what is not the driver's lies outside its folder. A header that
# has only just been written could be written again with the same time.
mkdir -p inc first other driver
cat > inc/kernel.h <<'C'
#ifndef KERNEL_H
#define KERNEL_H
#define LIMIT 1
typedef struct spinlock { int raw; } spinlock_t;
extern void spin_lock(spinlock_t *lock);
extern void spin_unlock(spinlock_t *lock);
static inline int twice(int x) { return 2 * x; }
#endif
C
cat > driver/a.c <<'C'
/* one */
#include <kernel.h>


int work(spinlock_t *lock, int x)
{
	spin_lock(lock);
#ifdef BROKEN
	if (x == LIMIT)
		return -1;
#endif
	spin_unlock(lock);
	return twice(x);
}
C
sed 's/one/two/' driver/a.c > driver/b.c
touch -d '1 hour ago' inc/kernel.h
settle() { sleep 3; }
settle
lin() { # STATUS FILE [CLANG_ARG...]
	status=$1 file=$2
	shift 2
	rm -f "$XDG_CACHE_HOME"/so2check/results.sqlite # only the headers are known
	run "$status" --stats --target linux "$file" -- -isystem "$work/first" -isystem "$work/inc" "$@"
}
lin 0 driver/a.c
headers 0 1 0
lin 0 driver/a.c
headers 1 0 0
lin 0 driver/b.c # begins alike but for the comment
headers 1 0 0
run 0 cache
has out "4 files" # the rules, the headers, what they were made of, results

# another macro, another block
lin 1 driver/a.c -DBROKEN
headers 0 1 0
has out "lin-lock-held-on-exit"
lin 1 driver/a.c -DBROKEN
headers 1 0 0
cp out cached
run 1 --no-cache --target linux driver/a.c -- -isystem "$work/first" -isystem "$work/inc" -DBROKEN
check "the report is the same without the cache" cmp -s cached out
has out "x == LIMIT"

# a macro before the include belongs to it
{ echo '#define BROKEN'; cat driver/a.c; } > driver/c.c
lin 1 driver/c.c
headers 0 1 0

# a changed header, also when its size and time stay
sed -i 's/LIMIT 1/LIMIT 2/' inc/kernel.h
touch -d '1 hour ago' inc/kernel.h
settle
lin 0 driver/a.c
headers 0 1 0
lin 0 driver/a.c
headers 1 0 0

# a header that would now be found first
cp inc/kernel.h first/kernel.h
settle
lin 0 driver/a.c
headers 0 1 0

# the driver's own header, included as the kernel's are, is needed whole
mkdir -p driver/include
printf 'static inline int own(spinlock_t *l) { spin_lock(l); return 0; }\n' > driver/include/own.h
printf '#include <kernel.h>\n#include <own.h>\nint f(spinlock_t *l) { own(l); spin_unlock(l); return 0; }\n' > driver/d.c
settle
lin 0 driver/d.c "-I$work/driver/include" # but what comes before it is driver/a.c's
headers 1 0 0

# drivers in two folders share a block, until one of them has a header of a name that the block asks for
mkdir one two
printf '#include <nested.h>\n' > inc/outer.h
printf '#define BROKEN_BELOW 10\n' > inc/nested.h
cat > one/f.c <<'C'
#include <kernel.h>
#include <outer.h>
int f(spinlock_t *l, int x)
{
	spin_lock(l);
	if (x < BROKEN_BELOW && BROKEN_BELOW > 10)
		return -1;
	spin_unlock(l);
	return 0;
}
C
cp one/f.c two/f.c
touch -d '1 hour ago' inc/outer.h inc/nested.h
settle
lin 0 one/f.c "-I$work/one"
headers 0 1 0
lin 0 two/f.c -I "$work/two"
headers 1 0 0
printf '#define BROKEN_BELOW 20\n' > two/nested.h
lin 1 two/f.c "-I$work/two"
headers 0 0 1
cp out cached
run 1 --no-cache --target linux two/f.c -- -isystem "$work/first" -isystem "$work/inc" "-I$work/two"
check "the report is the same without the cache" cmp -s cached out
lin 0 one/f.c "-I$work/one"
headers 1 0 0
rm two/nested.h
lin 0 two/f.c "-I$work/two"
headers 1 0 0

# what is known of it is asked anew when such a header comes
run 0 --target linux two/f.c -- -isystem "$work/first" -isystem "$work/inc" "-I$work/two"
printf '#define BROKEN_BELOW 20\n' > two/nested.h
run 1 --target linux two/f.c -- -isystem "$work/first" -isystem "$work/inc" "-I$work/two"

# in quotes, and with the kernel's behind its guard: those belong to the block, the rest is needed whole
cat > driver/drv.h <<'C'
#ifndef DRV_H
#define DRV_H
#include <kernel.h>
static inline int drv_work(spinlock_t *lock, int x)
{
	spin_lock(lock);
	if (x == LIMIT)
		return -1;
	spin_unlock(lock);
	return 0;
}
#endif
C
printf '#include "drv.h"\nint h(spinlock_t *l, int x) { return drv_work(l, x); }\n' > driver/h.c
lin 1 driver/h.c # it begins as driver/a.c does
headers 1 0 0
has out "driver/drv.h:8:3"
cp out cached
run 1 --no-cache --target linux driver/h.c -- -isystem "$work/first" -isystem "$work/inc"
check "the report is the same without the cache" cmp -s cached out
sed -i '8s/.*/		x = 0;/' driver/drv.h # behind the block
lin 0 driver/h.c
headers 1 0 0
sed -i '2s/$/\n#define TWICE 2/' driver/drv.h # a macro ends it, before its first header
lin 0 driver/h.c
headers 0 0 1

# errors: parsed as it is, with the same report
printf '#include <kernel.h>\nint g(void) { return unknown_name; }\n' > driver/e.c
lin 0 driver/e.c
headers 0 0 1

# no file may grow: nothing is kept, and nothing is lost
program=$so2check
printf '#!/bin/sh\nulimit -f 16\nexec "%s" "$@"\n' "$program" > limited
chmod +x limited
so2check=./limited
lin 1 driver/a.c -DBROKEN -DLIMITED
headers 0 0 1
hasnt err "LIBCLANG"
so2check=$program
lin 1 driver/a.c -DBROKEN -DLIMITED
headers 0 1 0

# damage is noticed
for file in cache/so2check/*; do
	printf 'x' | dd of="$file" bs=1 seek=200 conv=notrunc 2> /dev/null
done
lin 1 driver/a.c -DBROKEN
headers 0 1 0
lin 1 driver/a.c -DBROKEN
headers 1 0 0
for file in cache/so2check/*; do
	: > "$file"
done
lin 1 driver/a.c -DBROKEN
headers 0 1 0

# no cache, no harm
run 0 cache --clear
has out "0 files, 0.0 MB"
chmod 777 cache/so2check
lin 1 driver/a.c -DBROKEN
headers 0 0 1
run 2 cache
has err "others may write to it"
run 2 cache --clear --format json
finish
