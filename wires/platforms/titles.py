"""How much two headlines have in common."""

SAME_TITLE = 0.8
OTHER_TITLE = 0.2
# Of fewer words little can be told; and scripts without spaces have one.
FEWEST_WORDS = 3


def shared_words(one: str, other: str) -> float:
    """Return how many of all the words of two texts stand in both (Jaccard): 0 to 1."""
    return _jaccard(set(one.casefold().split()), set(other.casefold().split()))


def alike(one: str, other: str) -> bool:
    """Return whether two titles share at least four fifths of their words."""
    return shared_words(one, other) >= SAME_TITLE


def similarity(one: str, other: str) -> float:
    """Return how alike two titles are, by words or, where those are few or rewritten, by letters."""
    by_words = shared_words(one, other)
    return max(by_words, _jaccard(_pairs(one), _pairs(other)) * 0.9)


def are_two_stories(one: str, other: str) -> bool:
    """Return whether two titles have next to nothing in common."""
    return shared_words(one, other) < OTHER_TITLE and similarity(one, other) < 0.4


def _pairs(text: str) -> set[str]:
    text = " ".join(text.casefold().split())
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _jaccard(left: set[str], right: set[str]) -> float:
    return len(left & right) / len(left | right) if left | right else 1.0
