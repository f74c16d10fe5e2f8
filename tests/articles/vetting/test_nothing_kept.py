"""What was read of a piece is gone with it: a post erased from the archive is nowhere in memory."""

import functools
import gc
import importlib
import pkgutil

import pytest

from articles import vetting
from articles.prose import Picture
from articles.vetting import Context, OutletName, PostText, bind, findings
from articles.vetting.fixes import fixes
from tests.articles.vetting.factories import NOW, make_piece, make_source_ref
from web import language_tags

# What the process keeps, and why that holds no words of a post.
KEPT = {
    "articles.vetting.facts.days._scan": "a pattern for each language",
    "articles.vetting.facts.days._first_words": "the days and months of each language",
    "articles.vetting.placed_days._empty": "the small words of each language",
    "articles.vetting.outlets._known": "names of outlets, from the archive and from sources",
    "articles.vetting.outlets._pattern": "names of outlets",
    "articles.vetting.outlets._as_it_is": "names of outlets",
    "articles.vetting.outlets._as_read": "names of outlets",
    "articles.vetting.news_organisations.find_in_name": "names of outlets",
    "web.language_tags.primary": "codes of languages",
    "articles.vetting.rules.headline_drift._named": "names of outlets",
}
CONTAINERS = (dict, list, tuple, set, frozenset)


def modules():
    found = pkgutil.walk_packages(vetting.__path__, "articles.vetting.")
    # Which the checks read codes of languages with.
    return [language_tags, *(importlib.import_module(each.name) for each in found)]


def caches_of(module):
    """Yield the names of the caches that a module has, its classes' too."""
    for holder in (module, *(each for each in vars(module).values() if isinstance(each, type))):
        if getattr(holder, "__module__", module.__name__) != module.__name__:
            continue
        for each in vars(holder).values():
            cache = getattr(each, "__func__", each)
            is_cache = isinstance(cache, functools._lru_cache_wrapper)
            if is_cache and cache.__module__ == module.__name__:
                yield f"{cache.__module__}.{cache.__qualname__}"


def texts_left(word):
    """Return what is in memory with a word in it: in a cache, a table, an object of any kind."""
    gc.collect()
    left, seen, todo = [], set(), gc.get_objects()
    while todo:
        for each in gc.get_referents(todo.pop()):
            if isinstance(each, str):
                if each is not word and word in each.casefold():
                    left.append(each)
            # The collector does not look into what holds only texts: nor do its objects name it.
            elif isinstance(each, CONTAINERS) and not gc.is_tracked(each) and id(each) not in seen:
                seen.add(id(each))
                todo.append(each)
    return left


def read_and_drop(word, language):
    """Do all that the desk does with a piece in which a word stands everywhere."""
    name = word.capitalize()
    post = (
        f"{name} Orsay: port shut\nGovernor {name} Orsay, 41, said on Tuesday, 23 June 2026 that 250 {word}"
        f" were hurt. “We never wait for the {word} here,” {name} said at 02:40 UTC. The {word} is"
        f" alleged to be late. AFP reported that {word} rose 5% — Zahlen von {word}."
    )
    body = (
        f"Governor {name} Orsey said on Monday, 23 June 2026 that 251 {word} were killed [@r1]."
        f" “We wait for the {word} here, we said,” AFP said at 03:40 UTC on 23 June 2026 [@r1].\n\n"
        f"## The {word} of 12\n\nThe {word} fell 6% and is late. ![The {word}](image:1) ` {word} `"
    )
    source = make_source_ref(
        text=post, versions=(PostText(at=NOW, text=f"No {word}."),), translation=f"Kein {word}."
    )
    piece = make_piece(
        headline=f"{name}: 300 {word} dead", standfirst=f"“The {word} is very late”", body=body,
        framing_note=f"So {word}.", social_text=f"Look, {word} 400!", sources=[source],
        images=[Picture(id=1, url="/a.jpg", width=1, height=1, alt=f"5 {word}", credit="")],
        language=language,
    )  # fmt: skip
    context = Context(now=NOW, outlet_directory=[OutletName(name="Agence Sarn")])
    found = list(findings(piece, context))
    offered = [fixes(finding, piece, context) for finding in found]
    assert len({finding.code for finding in found}) > 5
    assert any(offered)
    assert any(word in part.text for claim in bind(piece, context) for part in claim.parts)


def test_no_cache_of_the_checks_outlives_a_piece_but_those_of_names_and_languages():
    found = {name for module in modules() for name in caches_of(module)}

    assert found == KEPT.keys()


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_word_of_a_piece_or_its_posts_is_left_when_it_was_read(language):
    word = "".join(sorted("zqxwvkj"))

    read_and_drop(word, language)

    assert texts_left(word) == []
