# emacs.sh SO2CHECK EDITORS.MD: Emacs with Eglot, set up as docs/editors.md says, shows a finding at its place.
so2check=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
page=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
emacs --batch --eval "(require 'eglot)" > /dev/null 2>&1 || {
	echo "SKIPPED: there is no Emacs with Eglot"
	exit 77
}
work=$(mktemp -d "${TMPDIR:-/tmp}/so2check-emacs.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
cd "$work" || exit 1
mkdir bin
ln -s "$so2check" bin/so2check
export PATH="$work/bin:$PATH" HOME="$work" XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config"
sed -n '/^```elisp$/,/^```$/p' "$page" | sed '/^```/d' > init.el
[ -s init.el ] || { echo "FAILED: the page has no setup for Emacs"; exit 1; }
cat > poll.c <<'C'
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(device_lock);

int device_poll(int wanted)
{
	spin_lock(&device_lock);
	if (wanted < 0)
		/* žluťoučký */ return -22;
	spin_unlock(&device_lock);
	return 0;
}
C
cat > test.el <<'EL'
(load (expand-file-name "init.el"))
(setq eglot-sync-connect 60)
(find-file "poll.c")
(unless (eglot-current-server) (call-interactively 'eglot)) ; batch mode runs no idle hooks
(flymake-mode 1)
(let ((end (+ (float-time) 60)))
  (while (and (not (flymake-diagnostics)) (< (float-time) end))
    (accept-process-output nil 0.05)))
(dolist (item (flymake-diagnostics))
  (message "found: %s at: %s" (flymake-diagnostic-text item)
           (buffer-substring (flymake-diagnostic-beg item) (flymake-diagnostic-end item))))
(eglot-shutdown (eglot-current-server))
EL
timeout 200 emacs --batch -l test.el > out 2>&1
if grep -q 'found: .*lin-lock-held-on-exit' out && grep -q ' at: return -22$' out; then
	echo "passed: Emacs with Eglot"
else
	echo "FAILED: the finding is not shown"
	cat out
	exit 1
fi
