"""Which entries of a version are about a post, and what is left of these. No queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.models.frozen import FROZEN_OF_ARTICLE, redactable
from web.words import REMOVED
from wires.shared_words import SharedWords

type Entry = dict[str, Any]

REDACTED = redactable(FROZEN_OF_ARTICLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInVersion:
    """How a version refers to a post: by these keys, in these sentences, in these words."""

    keys: frozenset[str]
    sentences: frozenset[int]
    words: SharedWords

    def is_about(self, finding: Entry) -> bool:
        """Return whether a finding names the post or repeats its words."""
        said = list(_strings([finding.get(name) for name in ("excerpt", "message", "evidence")]))
        return not self.keys.isdisjoint(said) or any(map(self.words.printed_in, said))

    def redact(self, columns: Mapping[str, Sequence[Entry]]) -> dict[str, list[Entry]]:
        """Return the columns of a version, with what is about the post redacted.

        A reason that an editor gave goes with its finding, with its sentence, and where nobody
        can say any more which finding it was for.
        """
        findings = columns["findings"]
        about = {one["fingerprint"] for one in findings if self.is_about(one)}
        others = {one["fingerprint"] for one in findings} - about
        redacted = {
            "findings": [_redacted("findings", one, self.is_about(one)) for one in findings]
        }
        for column in ("overrides", "acknowledgements"):
            redacted[column] = [
                _redacted(column, one, self._is_reason_about(one, others))
                for one in columns[column]
            ]
        return redacted

    def _is_reason_about(self, entry: Entry, others: set[str]) -> bool:
        return (
            entry.get("fingerprint") not in others
            or entry.get("sentence") in self.sentences
            or bool(self.words.printed_in(str(entry.get("reason", ""))))
        )


def redacted_holds(holds: Iterable[Entry], *, others: set[str]) -> list[Entry]:
    """Return the holds of an override request without the messages that may be about a post."""
    return [
        hold if hold.get("fingerprint") in others else hold | {"message": REMOVED} for hold in holds
    ]


def _redacted(column: str, entry: Entry, is_about: bool) -> Entry:  # noqa: FBT001  # one caller a line
    if not is_about:
        return entry
    values = {name: value for name, value in REDACTED[column].items() if entry.get(name)}
    return entry | values


def _strings(value: object) -> Iterator[str]:
    """Yield each text in a value of JSON, the names of its entries too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name)
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
