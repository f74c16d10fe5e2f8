"""Walks from the words that articles cite to the pages they link to, as a reader would."""

import re
from html import unescape

from django.db.models import F

from articles.models import VersionSource

_MARK = re.compile(r"<mark[^>]*>(.*?)</mark>", re.DOTALL)
_LINK = re.compile(r'<a class="source__cited"\s+href="([^"#]+)#([^"]+)"\s*><mark')
_COPY = re.compile(r'<a href="([^"]+)">Archived copy</a>')


class Walk:
    """A reader who follows every link once; `broken` is what led nowhere, `spans` how many did not."""

    def __init__(self, client):
        self.broken, self.spans = [], 0
        self._client, self._pages = client, {}

    def page(self, address):
        if address not in self._pages:
            answer = self._client.get(address)
            self._pages[address] = answer.content.decode() if answer.status_code == 200 else ""
        return self._pages[address]

    def follow(self, source):
        """Follow the links of an entry of the ledger."""
        article = source.version.article.get_absolute_url()
        entry = self.page(article).partition(f'id="source-{source.key}"')[2].partition("</li>")[0]
        version = _COPY.search(entry)[1]
        self.expect(version.endswith(f"/versions/{source.post_version.n}/"), article, version)
        for where, fragment in _LINK.findall(entry):
            self.expect(f'id="{fragment}"' in self.page(where), article, fragment)
        for span in source.spans:
            if span["kind"] != "outlet":
                self.spans += 1
                self.find(span, article, version, anchor=f"a{source.version.article_id}")

    def find(self, span, article, version, *, anchor):
        """Find cited words on the page of the version, and the way back to their sentence."""
        shown, sentence = self.page(version), f"s{span['claim']}"
        marked = [unescape(re.sub(r"<[^>]+>", "", each)) for each in _MARK.findall(shown)]
        self.expect(any(span["exact"] in words for words in marked), version, span["exact"])
        self.expect(shown.count(f'id="{anchor}-{sentence}"') == 1, version, sentence)
        self.expect(f'href="{article}#{sentence}"' in shown, version, article)
        self.expect(f'id="{sentence}"' in self.page(article), article, sentence)

    def expect(self, is_there, *what):
        if not is_there:
            self.broken.append(what)


def walk_every_citation(client):
    """Follow every citation of the live articles."""
    walk = Walk(client)
    sources = VersionSource.objects.filter(version__article__live_version=F("version"))
    for source in sources.select_related("version__article", "post_version"):
        walk.follow(source)
    return walk
