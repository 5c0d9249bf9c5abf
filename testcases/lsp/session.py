#!/usr/bin/env python3
"""A session with `so2check lsp`, as an editor holds it: session.py SO2CHECK DRIVERS TEST

Each function below is a test; without TEST all of them run."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from client import ALL, Client, Ended, codes, replace, uri_of

PROGRAM, DRIVERS = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
LEAK = 'lin-lock-held-on-exit'
BAD = '''#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(device_lock);

int device_poll(int wanted)
{
	spin_lock(&device_lock);
	if (wanted < 0)
		return -22;
	spin_unlock(&device_lock);
	return 0;
}
'''
GOOD = BAD.replace('\t\treturn -22;', '\t\tgoto out;').replace('\tspin_unlock', 'out:\n\tspin_unlock')


def write(name, text):
    with open(name, 'w', encoding='utf-8', newline='') as file:
        file.write(text)
    return os.path.abspath(name)


def started(*arguments, **how):
    client = Client(PROGRAM, arguments)
    client.start(**how)
    return client


def place(text, part, plus=0):
    """Of the first of `part`, counted in UTF-16."""
    at = text.index(part) + plus
    start = text.rfind('\n', 0, at) + 1
    return {'line': text.count('\n', 0, at), 'character': len(text[start:at].encode('utf-16-le')) // 2}


def marked(text, item):
    """What a diagnostic's range covers."""
    lines = text.split('\n')
    start, end = item['range']['start'], item['range']['end']
    assert start['line'] == end['line'], item
    units = lines[start['line']].encode('utf-16-le')
    return units[2 * start['character']:2 * end['character']].decode('utf-16-le')


def children(process):
    with open(f'/proc/{process.pid}/task/{process.pid}/children', encoding='ascii') as file:
        return [int(word) for word in file.read().split()]


# ---- findings ------------------------------------------------------------------------------

def test_bundled_driver():
    """A bug typed into a bundled driver: finding, hover, action, and gone when the comment has a reason."""
    shutil.copytree(os.path.join(DRIVERS, 'chardev'), 'chardev')
    client = Client(PROGRAM, [])
    result = client.start()
    assert result['capabilities']['positionEncoding'] == 'utf-16', result
    assert result['serverInfo']['name'] == 'so2check', result
    uri = client.open('chardev/clean.c')
    assert client.published(uri) == []
    good = client.texts[uri]
    unlock = re.search(r'\n\tmutex_unlock\(&[^\n]*;(?=\n\treturn)', good)
    client.change(uri, changes=[{'range': {'start': place(good, unlock.group(), 0), 'end': place(
        good, unlock.group(), len(unlock.group()))}, 'text': ''}])
    client.texts[uri] = good[:unlock.start()] + good[unlock.end():]
    found = client.published(uri)
    assert LEAK in codes(found), found
    item = next(item for item in found if item['code'] == LEAK)
    assert item['severity'] == 1 and item['source'] == 'so2check', item
    steps = item['relatedInformation']
    assert steps and all(step['location']['uri'] == uri and step['message'] for step in steps), steps
    assert item['codeDescription']['href'].endswith(LEAK + '.md'), item
    with open(item['codeDescription']['href'][len('file://'):], encoding='utf-8') as file:
        assert file.read()
    hover = client.result('textDocument/hover', {'textDocument': {'uri': uri}, 'position': item['range']['start']})
    assert hover['contents']['kind'] == 'markdown' and LEAK in hover['contents']['value'], hover
    assert '## ' in hover['contents']['value'] and hover['range'] == item['range']
    nowhere = client.result('textDocument/hover', {'textDocument': {'uri': uri}, 'position': {'line': 0, 'character': 0}})
    assert nowhere is None, nowhere
    asked = {'textDocument': {'uri': uri}, 'range': item['range'], 'context': {'diagnostics': [item]}}
    actions = client.result('textDocument/codeAction', asked)
    allow = actions[-1]  # whether there is a fix is for the fixes' own tests
    assert allow['kind'] == 'quickfix' and allow['title'].startswith('Allow ' + LEAK), actions
    assert allow['edit']['documentChanges'][0]['textDocument']['version'] == client.versions[uri]
    assert client.result('textDocument/codeAction', asked) == actions  # known by now
    none = client.result('textDocument/codeAction', {**asked, 'context': {'diagnostics': [], 'only': ['refactor']}})
    assert none == [], none
    client.apply(allow['edit'])
    waiting = client.published(uri)
    assert LEAK in codes(waiting) and any('REASON' in each['message'] for each in waiting), waiting
    client.change(uri, client.texts[uri].replace('REASON', 'the caller unlocks'))
    assert client.published(uri) == []
    assert client.stop() == 0


def test_fix():
    """Fixes are worked out on the text in the editor, when they are asked for."""
    client = started(options={'delay': 0})
    uri = client.open(write('fix.c', GOOD))
    assert client.published(uri) == []
    text = '/* \U0001F984 */\n' + BAD
    client.change(uri, text)
    item = client.published(uri)[0]
    asked = {'textDocument': {'uri': uri}, 'range': item['range'], 'context': {'diagnostics': [item]}}
    client.send({'id': 'a', 'method': 'textDocument/codeAction', 'params': asked})
    client.notify('$/cancelRequest', {'id': 'a'})
    cancelled = client.wait_for(lambda m: m.get('id') == 'a')
    assert cancelled['error']['code'] == -32800, cancelled
    fix = client.result('textDocument/codeAction', asked)[0]
    assert fix['title'].startswith('Fix ' + LEAK) and fix['kind'] == 'quickfix' and fix['isPreferred'], fix
    client.apply(fix['edit'])
    assert client.texts[uri].count('spin_unlock(&device_lock);') == 2, client.texts[uri]
    assert client.published(uri) == []
    # a change while fixes are looked for: the answer comes at once, and is not about the new text
    client.change(uri, text)
    client.published(uri)
    client.send({'id': 'b', 'method': 'textDocument/codeAction', 'params': asked})
    client.change(uri, text + '\n')
    assert 'result' in client.wait_for(lambda m: m.get('id') == 'b')
    assert codes(client.published(uri)) == [LEAK]
    client.send({'id': 'c', 'method': 'textDocument/codeAction', 'params': asked})
    client.notify('textDocument/didClose', {'textDocument': {'uri': uri}})
    assert 'result' in client.wait_for(lambda m: m.get('id') == 'c')
    assert client.stop() == 0


def test_text_that_is_not_saved():
    """What the editor shows counts, not what is on disk; also of a header, and of the other files of the driver."""
    os.mkdir('two')
    write('two/Makefile', 'obj-m := pair.o\npair-y := main.o take.o\n')
    header = write('two/pair.h', '#include <linux/module.h>\n#include <linux/spinlock.h>\n'
                   'extern spinlock_t pair_lock;\nvoid pair_take(void);\n#define PAIR_ERROR 1\n')
    take = '#include "pair.h"\n\nvoid pair_take(void)\n{\n\tspin_lock(&pair_lock);\n}\n'
    main = ('#include "pair.h"\n\nDEFINE_SPINLOCK(pair_lock);\n\nint pair_run(int wanted)\n{\n\tpair_take();\n'
            '\tif (PAIR_ERROR && wanted < 0)\n\t\treturn -22;\n\tspin_unlock(&pair_lock);\n\treturn 0;\n}\n')
    write('two/take.c', take)
    client = started()
    first = client.open(write('two/main.c', main))
    assert codes(client.published(first)) == [LEAK], client.diagnostics
    steps = client.diagnostics[first]['diagnostics'][0]['relatedInformation']
    assert any(step['location']['uri'].endswith('/take.c') for step in steps), steps
    second = client.open('two/take.c')
    client.published(second)
    client.change(second, take.replace('\tspin_lock(&pair_lock);\n', ''))
    client.wait_for(lambda m: m.get('method') == 'textDocument/publishDiagnostics' and m['params']['uri'] == first
                    and LEAK not in codes(m['params']['diagnostics']))
    client.change(second, take)
    client.wait_for(lambda m: m.get('method') == 'textDocument/publishDiagnostics' and m['params']['uri'] == first
                    and LEAK in codes(m['params']['diagnostics']))
    third = client.open(header)
    client.change(third, client.texts[third].replace('ERROR 1', 'ERROR 0'))
    client.wait_for(lambda m: m.get('method') == 'textDocument/publishDiagnostics' and m['params']['uri'] == first
                    and LEAK not in codes(m['params']['diagnostics']))
    client.notify('textDocument/didClose', {'textDocument': {'uri': third}})  # the change is given up
    client.wait_for(lambda m: m.get('method') == 'textDocument/publishDiagnostics' and m['params']['uri'] == first
                    and LEAK in codes(m['params']['diagnostics']))
    assert client.stop() == 0


def test_while_typing():
    """Text that does not compile: what was found stays, moved along, and comes back to life with the text."""
    client = started()
    uri = client.open(write('typing.c', BAD))
    before = client.published(uri)
    assert codes(before) == [LEAK]
    half = BAD.replace('static DEFINE', 'static int\n\nhalf(\n\nstatic DEFINE')
    client.change(uri, half)
    during = client.published(uri)
    assert codes(during) == [LEAK, 'not-analysed'], during
    kept = next(item for item in during if item['code'] == LEAK)
    # the whole text was sent: nobody can say what moved
    assert marked(BAD, before[0]) == 'return -22'
    client.change(uri, BAD)
    assert client.published(uri) == before
    at = {'line': 3, 'character': 0}
    client.change(uri, changes=[{'range': {'start': at, 'end': at}, 'text': 'int\n\nhalf(\n\n'}])
    during = client.published(uri)
    kept = next(item for item in during if item['code'] == LEAK)
    assert kept['range']['start']['line'] == before[0]['range']['start']['line'] + 4, kept
    error = next(item for item in during if item['code'] == 'not-analysed')
    assert error['severity'] == 3 and 'does not compile' in error['message'], error
    client.change(uri, changes=[{'range': {'start': at, 'end': {'line': 7, 'character': 0}}, 'text': ''}])
    assert client.published(uri) == before
    client.change(uri, GOOD)
    assert client.published(uri) == []
    assert client.stop() == 0


def test_deprecated():
    """A Windows driver; editors strike out what is deprecated."""
    client = started('--only', 'win-deprecated-api')
    uri = client.open(write('old.c', '#include <ntddk.h>\n\nVOID Old(PWORK_QUEUE_ITEM item)\n{\n'
                            '\tExQueueWorkItem(item, DelayedWorkQueue);\n}\n'))
    found = client.published(uri)
    tagged = [item for item in found if item.get('tags') == [2]]
    assert codes(tagged) == ['win-deprecated-api'], found
    assert client.stop() == 0


def test_policy():
    """.so2check.yaml of the folder that is open: severities, rules and paths."""
    os.mkdir('policy')
    write('policy/.so2check.yaml', 'severity:\n  %s: warning\npaths:\n  exclude: [old]\n' % LEAK)
    client = started(root='policy')
    uri = client.open(write('policy/a.c', BAD))
    found = client.published(uri)
    assert codes(found) == [LEAK] and found[0]['severity'] == 2, found
    os.mkdir('policy/old')
    uri = client.open(write('policy/old/b.c', BAD))
    assert client.published(uri) == []
    assert client.stop() == 0
    write('policy/.so2check.yaml', 'paths: {}\nseverities: 3\n')
    client = Client(PROGRAM, [])
    answer = client.request('initialize', {'capabilities': {}, 'rootUri': uri_of('policy')})
    assert '.so2check.yaml:2' in answer['error']['message'], answer
    client.notify('exit')
    assert client.wait() == 1


# ---- places ----------------------------------------------------------------------------------

ODD = BAD.replace('\t\treturn -22;', '\t\t/* žluťoučký \U0001F984 */ return -22;')


def test_utf16():
    client = started()
    uri = client.open(write('žluťoučký %20 kůň.c', ODD))
    found = client.published(uri)
    assert codes(found) == [LEAK] and marked(ODD, found[0]) == 'return -22', found
    # an edit behind a character of two units, in the middle of the line
    start, end = place(ODD, 'return -22', 7), place(ODD, 'return -22', 10)
    client.change(uri, changes=[{'range': {'start': start, 'end': end}, 'text': '-EINVAL'},
                                {'range': {'start': place(ODD, 'return -22'), 'end': place(ODD, 'return -22')},
                                 'text': '/* \U0001F984 */ '}])
    text = ODD.replace('return -22', '/* \U0001F984 */ return -EINVAL')
    found = client.published(uri)
    assert codes(found) == [LEAK] and marked(text, found[0]) == 'return -EINVAL', found
    at = found[0]['range']['start']
    assert client.result('textDocument/hover', {'textDocument': {'uri': uri}, 'position': at})
    before = {'line': at['line'], 'character': at['character'] - 2}
    assert client.result('textDocument/hover', {'textDocument': {'uri': uri}, 'position': before}) is None
    assert client.stop() == 0


def test_utf8():
    capabilities = json.loads(json.dumps(ALL))
    capabilities['general']['positionEncodings'] = ['utf-32', 'utf-8', 'utf-16']
    client = Client(PROGRAM, [])
    assert client.start(capabilities)['capabilities']['positionEncoding'] == 'utf-8'
    uri = client.open(write('utf8.c', ODD))
    found = client.published(uri)[0]
    line = ODD.split('\n')[found['range']['start']['line']].encode()
    assert line[found['range']['start']['character']:found['range']['end']['character']] == b'return -22', found
    assert client.stop() == 0


def test_lines_of_windows():
    text = BAD.replace('\n', '\r\n').replace('spin_lock(&device_lock);', 'spin_lock(&device_lock); // žlutý')
    client = started()
    uri = client.open(write('crlf.c', text))
    found = client.published(uri)
    assert codes(found) == [LEAK] and marked(text.replace('\r', ''), found[0]) == 'return -22', found
    long = text.replace('\treturn -22;', '\treturn -22; // for now')
    client.change(uri, long)
    item = client.published(uri)[0]
    action = client.result('textDocument/codeAction', {
        'textDocument': {'uri': uri}, 'range': item['range'], 'context': {'diagnostics': []}})[-1]
    edit = action['edit']['documentChanges'][0]['edits'][0]
    assert edit['newText'] == '\t\t/* so2check: allow(%s) REASON */\r\n' % LEAK, edit
    done = replace(long, edit['range'], edit['newText'].replace('REASON', 'a reason'))
    client.change(uri, done)
    assert client.published(uri) == []
    assert client.stop() == 0


# ---- a client that understands less ---------------------------------------------------------------

def test_plain_client():
    client = Client(PROGRAM, [])
    client.start(capabilities={})
    uri = client.open(write('plain.c', BAD))
    found = client.published(uri)
    assert codes(found) == [LEAK] and not {'relatedInformation', 'codeDescription', 'tags'} & set(found[0]), found
    hover = client.result('textDocument/hover', {'textDocument': {'uri': uri}, 'position': found[0]['range']['start']})
    assert hover['contents']['kind'] == 'plaintext', hover
    assert client.result('textDocument/codeAction', {'textDocument': {'uri': uri}, 'range': found[0]['range'],
                                                     'context': {'diagnostics': []}}) == []
    client.notify('textDocument/didClose', {'textDocument': {'uri': uri}})
    assert client.next_published(uri) == []
    other = client.open('untitled.c', BAD)  # not on disk: nothing to go by, and said so
    assert 'not-analysed' in codes(client.published(other))
    assert client.stop() == 0


def test_settings():
    client = Client(PROGRAM, ['--disable', LEAK])
    client.start(options={'delay': 0})
    uri = client.open(write('settings.c', BAD))
    assert client.published(uri) == []
    client.notify('workspace/didChangeConfiguration', {'settings': {'so2check': {'arguments': ['--only', LEAK]}}})
    assert client.next_published(uri) == []  # what the program was started with comes first, and holds
    client.notify('workspace/didChangeConfiguration', {'settings': {'so2check': {'arguments': ['--only', 'lin-nothing']}}})
    wrong = client.wait_for(lambda m: m.get('method') == 'window/logMessage' and m['params']['type'] == 1)
    assert 'lin-nothing' in wrong['params']['message'], wrong
    assert client.stop() == 0
    client = started(options={'so2check': {'arguments': ['--disable', LEAK]}})
    uri = client.open('settings.c')
    assert client.published(uri) == []
    client.notify('workspace/didChangeConfiguration', {'settings': {'so2check': {'arguments': []}}})
    assert codes(client.next_published(uri)) == [LEAK]
    assert client.stop() == 0
    client = Client(PROGRAM, [])
    for options, problem in (({'arguments': ['--format', 'json']}, 'does not belong'), ({'arguments': 3}, 'no list'),
                             ({'delay': 'soon'}, 'delay')):
        answer = client.request('initialize', {'capabilities': {}, 'initializationOptions': options})
        assert problem in answer['error']['message'], answer
    client.start()
    assert client.stop() == 0


# ---- what goes wrong -------------------------------------------------------------------------------

def expect_error(client, data, code, part):
    client.send_raw(data)
    answer = client.wait_for(lambda m: 'error' in m)
    assert answer['error']['code'] == code and part in answer['error']['message'], answer


def framed(body):
    return b'Content-Length: %d\r\n\r\n' % len(body) + body


def test_malformed():
    client = Client(PROGRAM, [])
    expect_error(client, framed(b'{"jsonrpc":"2.0","id":7,"method":"textDocument/hover"}'), -32002, 'initialize')
    client.start()
    expect_error(client, framed(b'{"id": 1, '), -32700, 'no JSON')
    expect_error(client, framed(b'\xff\xfe'), -32700, 'no JSON')
    expect_error(client, framed(b'[' * 100000), -32700, 'no JSON')
    expect_error(client, b'Content-Type: x\r\n\r\n', -32700, 'Content-Length')
    expect_error(client, b'Content-Length: many\r\n\r\n', -32700, 'Content-Length')
    expect_error(client, b'Content-Length: -5\r\n\r\n', -32700, 'Content-Length')
    expect_error(client, b'x' * 5000, -32700, 'header')
    expect_error(client, framed(b'[]'), -32600, 'object')
    expect_error(client, framed(b'{"id":[1],"method":"shutdown"}'), -32600, 'id')
    expect_error(client, framed(b'{"id":3}'), -32600, 'method')
    expect_error(client, framed(b'{"id":"a","method":"textDocument/fly"}'), -32601, 'not known')
    expect_error(client, framed(b'{"id":4,"method":"initialize","params":{}}'), -32600, 'before')
    for method, params in (('textDocument/hover', {}), ('textDocument/hover', {'position': {'line': -1, 'character': 0}}),
                           ('textDocument/hover', {'position': {'line': 0, 'character': 0}}),
                           ('textDocument/codeAction', {'range': 7}), ('textDocument/codeAction', [1])):
        assert client.request(method, params)['error']['code'] == -32602, method
    size = (64 << 20) + 1
    client.send_raw(b'Content-Length: %d\r\n\r\n' % size)
    for _ in range(size >> 20):
        client.send_raw(b' ' * (1 << 20))
    expect_error(client, b' ', -32700, '64 MB')
    for params in ({}, {'textDocument': {'uri': 'file:///x.c'}}, {'textDocument': []}, None, 5):
        client.notify('textDocument/didOpen', params)
        client.notify('textDocument/didChange', params)
        client.notify('textDocument/didClose', params)
        client.notify('textDocument/didSave', params)
    for name in ('file://elsewhere/x.c', 'file:///%zz.c', 'file:///a%00.c', 'untitled:Untitled-1', '', 'file:x.c', '%'):
        client.notify('textDocument/didOpen', {'textDocument': {'uri': name, 'version': 1, 'text': BAD}})
    client.notify('$/cancelRequest', {'id': 12345})
    client.notify('$/unknown', {})
    uri = client.open(write('after.c', BAD))
    client.change(uri, changes=[{'range': {'start': {'line': 2, 'character': 0}, 'end': {'line': 1, 'character': 0}},
                                 'text': ''}])
    client.change(uri, changes=[{'range': {'start': {'line': 999, 'character': 999},
                                           'end': {'line': 9999, 'character': 10 ** 12}}, 'text': '\n'}])
    assert codes(client.published(uri)) == [LEAK]
    client.change(uri, BAD + '\0')
    assert 'not-analysed' in codes(client.published(uri))
    client.change(uri, BAD)
    assert codes(client.published(uri)) == [LEAK]
    assert client.stop() == 0


def test_lost_worker():
    """The process that analyses is killed at rest and at work; the server goes on."""
    client = started()
    uri = client.open(write('lost.c', BAD))
    assert codes(client.published(uri)) == [LEAK]
    os.kill(children(client.process)[0], signal.SIGKILL)
    client.change(uri, GOOD)
    assert client.published(uri) == []
    worker = children(client.process)[0]
    os.kill(worker, signal.SIGSTOP)  # so that it is at work when it dies
    client.change(uri, BAD)
    time.sleep(0.5)
    os.kill(worker, signal.SIGKILL)
    found = client.published(uri)
    assert codes(found) == ['not-analysed'] and 'signal 9' in found[0]['message'], found
    client.change(uri, BAD + '\n')
    assert codes(client.published(uri)) == [LEAK]
    assert client.stop() == 0


def test_hung_worker():
    client = started('--time-limit', '2')
    uri = client.open(write('hung.c', BAD))
    assert codes(client.published(uri)) == [LEAK]
    os.kill(children(client.process)[0], signal.SIGSTOP)
    client.change(uri, GOOD)
    found = client.published(uri)
    assert codes(found) == [LEAK, 'not-analysed'] and any('longer than 2' in item['message'] for item in found), found
    client.change(uri, GOOD + '\n')
    assert client.published(uri) == []
    assert client.stop() == 0


def test_box():
    """The worker has shut itself in, for what is open; a file elsewhere gets another, which can read both."""
    client = started()
    near = client.open(write('near.c', BAD))
    assert codes(client.published(near)) == [LEAK]
    worker = children(client.process)[0]
    with open(f'/proc/{worker}/status', encoding='ascii') as file:
        state = dict(line.split(':\t', 1) for line in file.read().splitlines())
    assert state['NoNewPrivs'] == '1', state
    if b'__asan_init' not in open(PROGRAM, 'rb').read():  # these builds have no filter of system calls
        assert state['Seccomp'] == '2', state
    with tempfile.TemporaryDirectory(prefix='so2check-lsp.', dir='/var/tmp') as folder:
        far = client.open(write(os.path.join(folder, 'far.c'), BAD.replace('device', 'far')))
        assert codes(client.published(far)) == [LEAK]
        assert children(client.process) != [worker]
        worker = children(client.process)[0]
        client.change(near, GOOD)
        assert client.published(near) == []
        client.change(far, GOOD)
        assert client.published(far) == []
        assert children(client.process) == [worker]
    assert client.stop() == 0


def test_ends():
    client = started()
    client.result('shutdown')
    assert client.request('textDocument/hover', {})['error']['code'] == -32600
    client.notify('exit')
    assert client.wait() == 0
    client = started()
    client.notify('exit')  # without shutdown
    assert client.wait() == 1
    client = started()
    uri = client.open(write('ends.c', BAD))
    client.published(uri)
    worker = children(client.process)[0]
    assert client.wait() == 1  # the editor has gone
    for _ in range(100):
        if not os.path.exists(f'/proc/{worker}'):
            break
        time.sleep(0.05)
    else:
        raise AssertionError('the worker outlives the server')
    client = started()
    client.open(os.path.abspath('ends.c'))
    assert client.stop() == 0  # at once, with work going on
    wrong = subprocess.run([PROGRAM, 'lsp', 'x.c'], capture_output=True, check=False)
    assert wrong.returncode == 2 and b'does not take' in wrong.stderr, wrong


# ---- how long it takes -----------------------------------------------------------------------------------

def test_time():
    """From the end of the pause to the diagnostics. The limit is ten times what is promised: the machine has other work."""
    delay = 0.05
    client = started(options={'delay': delay * 1000})
    shutil.copytree(os.path.join(DRIVERS, 'uart'), 'uart')
    uri = client.open('uart/clean.c')
    client.published(uri)
    text, times = client.texts[uri], []
    for number in range(8):
        client.change(uri, text + '\nstatic int typed_%d;\n' % number)
        start = time.monotonic()
        client.published(uri)
        times.append(time.monotonic() - start - delay)
    print("answers in", ", ".join("%.0f ms" % (1000 * time) for time in sorted(times)))
    assert sorted(times)[len(times) // 2] < 1, times
    # each key puts it off: nothing is published before the last of a burst has had its pause
    client.diagnostics.clear()
    for number in range(5):
        client.change(uri, text + '\nstatic int burst_%d;\n' % number)
    client.published(uri)
    assert client.stop() == 0


def main():
    wanted = sys.argv[3:]
    failed = 0
    for name, test in list(globals().items()):
        if not name.startswith('test_') or (wanted and name not in wanted):
            continue
        try:
            test()
            print('passed:', name)
        except (AssertionError, TimeoutError, Ended, KeyError, IndexError, StopIteration, ValueError,
                BrokenPipeError) as error:
            failed += 1
            print('FAILED:', name, type(error).__name__, str(error)[:2000], 'at line', error.__traceback__.tb_next.tb_lineno)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
