# neovim.sh SO2CHECK EDITORS.MD: Neovim's own client, set up as docs/editors.md says, with a bug that is typed, looked at,
# allowed and gone.
so2check=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
page=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
command -v nvim > /dev/null || {
	echo "SKIPPED: there is no nvim"
	exit 77
}
work=$(mktemp -d "${TMPDIR:-/tmp}/so2check-nvim.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
cd "$work" || exit 1
mkdir bin
ln -s "$so2check" bin/so2check
# only what was given to it: the user's own settings stay out
export PATH="$work/bin:$PATH" HOME="$work" XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config" \
	XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state"
sed -n '/^```lua$/,/^```$/p' "$page" | sed '/^```/d' > config.lua
[ -s config.lua ] || { echo "FAILED: the page has no setup for Neovim"; exit 1; }
cat > poll.c <<'C'
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(device_lock);

int device_poll(int wanted)
{
	spin_lock(&device_lock);
	if (wanted < 0)
		goto out;
out:
	spin_unlock(&device_lock);
	return 0;
}
C
cat > test.lua <<'LUA'
local function fail(what)
  io.stdout:write('FAILED: ' .. what .. '\n' .. vim.inspect(vim.diagnostic.get(0)) .. '\n')
  vim.cmd('cquit 1')
end
local function wait_for(what, test)
  if not vim.wait(60000, test, 20) then fail(what) end
end
local function codes()
  local list = {}
  for _, item in ipairs(vim.diagnostic.get(0)) do
    list[#list + 1] = item.code or item.user_data.lsp.code
  end
  return table.concat(list, ' ')
end
local function client()
  return vim.lsp.get_active_clients()[1]
end

wait_for('the server starts', function() return client() and client().initialized end)
wait_for('the file is clean', function() return codes() == '' end)
vim.api.nvim_buf_set_lines(0, 9, 10, false, { '\t\t/* žluťoučký */ return -22;' })
wait_for('the bug is found', function() return codes() == 'lin-lock-held-on-exit' end)
local found = vim.diagnostic.get(0)[1]
local line = vim.api.nvim_buf_get_lines(0, found.lnum, found.lnum + 1, false)[1]
if line:sub(found.col + 1, found.end_col) ~= 'return -22' then fail('the place of the finding') end

local place = vim.lsp.util.make_position_params(0, client().offset_encoding)
place.position = { line = found.lnum, character = 20 }
local hover = client().request_sync('textDocument/hover', place, 60000, 0)
if not hover.result.contents.value:find('## ', 1, true) then fail('hover shows the rule') end

local range = found.user_data.lsp.range or { start = place.position, ['end'] = place.position }
local actions = client().request_sync('textDocument/codeAction',
  { textDocument = place.textDocument, range = range, context = { diagnostics = {} } }, 60000, 0)
vim.lsp.util.apply_workspace_edit(actions.result[#actions.result].edit, client().offset_encoding)
wait_for('a reason is asked for', function() return codes():find('note', 1, true) end)
vim.cmd('%s/REASON/the caller lets go of it/')
wait_for('the finding is allowed', function() return codes() == '' end)
io.stdout:write('passed: Neovim ' .. tostring(vim.version().major) .. '.' .. tostring(vim.version().minor) .. '\n')
vim.cmd('qall!')
LUA
timeout 300 nvim --headless --clean --cmd 'luafile config.lua' poll.c -c 'luafile test.lua'
