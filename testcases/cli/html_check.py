"""Reads an HTML report as a browser without scripts does and says what is in it, as JSON.

usage: html_check.py REPORT.html

Exit status 1 and a message: elements are not closed as they were opened, an id is there twice, a link leads nowhere,
an element or attribute is one that the report does not write, or the policy does not fit the style and the script.
"""
import base64
import hashlib
import html.parser
import json
import re
import sys

VOID = {"meta", "link", "input", "br"}
TAGS = VOID | set("""html head title style script body header main footer nav section article div span p a b q h1 h2 h3 h4 ul ol
    li dl dt dd table caption thead tbody tr th td code pre kbd mark strong details summary noscript button select form
    dialog""".split())
ATTRIBUTES = set("""lang charset http-equiv content name rel href id class type title hidden role aria-label
    aria-labelledby placeholder autocomplete spellcheck tabindex method scope data-rule data-file data-x data-s data-c
    data-n""".split())


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.texts = [], [], [], {}
        self.found = {"findings": [], "steps": 0, "sources": {}, "rules": [], "missing": 0}

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        assert tag in TAGS, f"element {tag} at {self.getpos()}"
        assert set(given) <= ATTRIBUTES, f"attributes {sorted(given)} at {self.getpos()}"
        if given.get("http-equiv"):
            self.policy = given["content"]
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("href", "").startswith("#"):
            self.links.append(given["href"][1:])
        if tag not in VOID:
            self.open.append((tag, given))
        if tag == "article":
            self.found["findings"].append({"title": "", "severity": given["class"].split()[1], "lines": given["data-x"]})
        if tag == "li" and self.within("ol", "class", "steps"):
            self.found["steps"] += 1
        if tag == "li" and self.within("section", "id", "missing"):
            self.found["missing"] += 1

    def within(self, tag, key, value):
        return any(name == tag and given.get(key) == value for name, given in self.open)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1][0] == tag, f"</{tag}> in {self.open[-1:]} at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data):
        if not self.open:
            return
        tag, given = self.open[-1]
        if tag in ("style", "script"):
            kind = given.get("type", tag)
            self.texts.setdefault(kind, []).append(data)
        if tag == "h3" and self.open[-2][0] == "article":
            self.found["findings"][-1]["title"] += data
        if tag == "h3" and "rule-page" in self.open[-2][1].get("class", ""):
            self.found["rules"].append(data)
        for name, about in self.open:
            if name == "span" and about.get("class") == "l":
                lines = self.found["sources"]
                lines[about["id"]] = lines.get(about["id"], "") + data


def digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def main():
    text = open(sys.argv[1], encoding="utf-8", newline="").read()
    odd = {letter for letter in text if ord(letter) < 32 and letter not in "\n\t" or 127 <= ord(letter) < 160}
    assert not odd, f"characters {odd}"
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open, f"left open: {reader.open}"
    assert len(set(reader.ids)) == len(reader.ids), "an id is there twice"
    nowhere = sorted(set(reader.links) - set(reader.ids))
    assert not nowhere, f"links to {nowhere[:5]}"
    for kind, place in (("style", "style-src"), ("script", "script-src")):
        allowed = " ".join(f"'sha256-{digest(text)}'" for text in reader.texts[kind])
        assert f"{place} {allowed};" in reader.policy, f"{place} does not allow its texts, or others"
    assert "default-src 'none'" in reader.policy
    reader.found["index"] = json.loads(reader.texts["application/json"][0])
    reader.found["title"] = re.search("<title>(.*?)</title>", text).group(1)
    json.dump(reader.found, sys.stdout)


main()
