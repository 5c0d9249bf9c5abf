"""A small language client: talks to `so2check lsp` over pipes as an editor does. For the tests beside it."""
import collections
import json
import os
import select
import subprocess
import time
import urllib.parse

ALL = {  # what a modern editor understands
    'general': {'positionEncodings': ['utf-16']},
    'workspace': {'workspaceEdit': {'documentChanges': True}},
    'textDocument': {
        'publishDiagnostics': {'relatedInformation': True, 'tagSupport': {'valueSet': [1, 2]},
                               'codeDescriptionSupport': True, 'versionSupport': True},
        'hover': {'contentFormat': ['markdown', 'plaintext']},
        'codeAction': {'codeActionLiteralSupport': {'codeActionKind': {'valueSet': ['quickfix']}}},
    },
}


def uri_of(path):
    return 'file://' + urllib.parse.quote(os.path.abspath(path))


class Ended(Exception):
    """The server has closed its side."""


class Client:
    def __init__(self, program, arguments=(), limit=60):
        self.limit = limit  # seconds for anything that is waited for
        self.process = subprocess.Popen([program, 'lsp', *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.pending = b''
        self.messages = collections.deque()
        self.last_id = 0
        self.texts, self.versions = {}, {}
        self.log = []  # what the server said to the user's log
        self.diagnostics = {}  # by URI: the last that was published

    # ---- messages

    def send_raw(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps({'jsonrpc': '2.0', **message}).encode()
        self.send_raw(b'Content-Length: %d\r\n\r\n' % len(body) + body)

    def notify(self, method, params=None):
        self.send({'method': method, 'params': params if params is not None else {}})

    def _parse(self):
        head, found, rest = self.pending.partition(b'\r\n\r\n')
        if not found:
            return False
        fields = dict(line.split(b': ', 1) for line in head.split(b'\r\n'))
        length = int(fields[b'Content-Length'])
        if len(rest) < length:
            return False
        self.pending = rest[length:]
        message = json.loads(rest[:length].decode('utf-8'))
        assert message['jsonrpc'] == '2.0', message
        if message.get('method') == 'textDocument/publishDiagnostics':
            self.diagnostics[message['params']['uri']] = message['params']
        if message.get('method') == 'window/logMessage':
            self.log.append(message['params'])
        self.messages.append(message)
        return True

    def read(self, deadline):
        """The next message, or None when the time is over."""
        while not self.messages:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            data = os.read(self.process.stdout.fileno(), 1 << 16)
            if not data:
                raise Ended()
            self.pending += data
            while self._parse():
                pass
        return self.messages.popleft()

    def wait_for(self, wanted, limit=None):
        deadline = time.monotonic() + (limit or self.limit)
        while True:
            message = self.read(deadline)
            if message is None:
                raise TimeoutError('the server does not answer')
            if wanted(message):
                return message

    def request(self, method, params=None, limit=None):
        self.last_id += 1
        ident = self.last_id
        self.send({'id': ident, 'method': method, 'params': params if params is not None else {}})
        return self.wait_for(lambda m: m.get('id') == ident and 'method' not in m, limit)

    def result(self, method, params=None):
        answer = self.request(method, params)
        assert 'result' in answer, answer
        return answer['result']

    # ---- what editors do

    def start(self, capabilities=None, root=None, options=None):
        params = {'processId': os.getpid(), 'rootUri': root and uri_of(root),
                  'capabilities': ALL if capabilities is None else capabilities}
        if options is not None:
            params['initializationOptions'] = options
        result = self.result('initialize', params)
        self.notify('initialized')
        return result

    def open(self, path, text=None):
        uri = uri_of(path)
        if text is None:
            with open(path, encoding='utf-8', newline='') as file:
                text = file.read()
        self.texts[uri], self.versions[uri] = text, 1
        self.notify('textDocument/didOpen', {'textDocument': {
            'uri': uri, 'languageId': 'c', 'version': 1, 'text': text}})
        return uri

    def change(self, uri, text=None, changes=None):
        """The whole text, or changes as in the protocol; gives the version."""
        self.versions[uri] += 1
        if text is not None:
            self.texts[uri] = text
        self.notify('textDocument/didChange', {
            'textDocument': {'uri': uri, 'version': self.versions[uri]},
            'contentChanges': changes or [{'text': text}]})
        return self.versions[uri]

    def published(self, uri, limit=None):
        """The diagnostics of the document's present version."""
        version = self.versions[uri]
        known = self.diagnostics.get(uri)
        if known is None or known.get('version') != version:
            self.wait_for(lambda m: m.get('method') == 'textDocument/publishDiagnostics'
                          and m['params']['uri'] == uri and m['params'].get('version') == version, limit)
        return self.diagnostics[uri]['diagnostics']

    def next_published(self, uri, limit=None):
        """The diagnostics published next, whatever is known."""
        return self.wait_for(lambda m: m.get('method') == 'textDocument/publishDiagnostics'
                             and m['params']['uri'] == uri, limit)['params']['diagnostics']

    def apply(self, edit):
        """A workspace edit, to the texts that are open; they are told to the server."""
        changes = edit.get('changes') or {item['textDocument']['uri']: item['edits']
                                          for item in edit['documentChanges']}
        for uri, edits in changes.items():  # all places are those of the text before: the last comes first
            edits = sorted(edits, key=lambda item: (item['range']['start']['line'], item['range']['start']['character']),
                           reverse=True)
            for item in edits:
                self.texts[uri] = replace(self.texts[uri], item['range'], item['newText'])
            self.change(uri, changes=[{'range': item['range'], 'text': item['newText']} for item in edits])

    def stop(self):
        """The exit status after an orderly end."""
        self.result('shutdown')
        self.notify('exit')
        return self.wait()

    def wait(self):
        self.process.stdin.close()
        status = self.process.wait(timeout=self.limit)
        self.process.stdout.close()
        return status


def offset(text, place):
    """In code points, of a place counted in UTF-16."""
    at = 0
    for _ in range(place['line']):
        at = text.index('\n', at) + 1
    units = 0
    while units < place['character']:
        units += 2 if ord(text[at]) > 0xFFFF else 1
        at += 1
    return at


def replace(text, span, new):
    return text[:offset(text, span['start'])] + new + text[offset(text, span['end']):]


def codes(diagnostics):
    return sorted(item['code'] for item in diagnostics)
