"""What agents typed as "another problem", grouped into candidates for the list (rule B1).

The rule can be told in three sentences.  Of a text count its words, without accents, capitals, figures and the words
that every sentence has.  Two words are the same if one is the other's plural, or if both have five letters or more and
nothing tells them apart once a letter is left out of each: one that is wrong, missing, doubled or in another place.
Two texts are of one group if at least half of their words are in both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from mesa_recuperacion.domain.text import fold, words_of
from mesa_recuperacion.domain.values import dataclass

LONG = 5
"""Letters from which on a word may have a slip of the finger in it."""

_PLURAL = 4
"""Letters from which on an ``s`` or ``es`` at the end may be a plural's."""

_EVERYDAY = frozenset(
    "a al algo ante con como cuando de del desde donde el ella ellos en entre era es esa ese eso esta este esto fue ha"
    " hay la las le les lo los mas me mi mis muy no nos o para pero por porque que se ser si sin sobre son su sus tal"
    " tan te tiene todo tu un una unas uno unos y ya cliente clienta problema caso"
    " about all am an and are as at be been but by for from had has have he her his i in is it its my not of on or our"
    " she so that the their them they this to was we were when which with you your customer problem case".split()
)
"""Words that tell no problem from another, in Spanish and English, folded."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group: its most common text, in how many cases, and which, in the order in which they were given."""

    text: str
    folios: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many cases it has."""
        return len(self.folios)


def grouped(texts: Sequence[tuple[str, str]]) -> tuple[Candidate, ...]:
    """The groups of (folio, text) pairs, the largest first; every pair is in exactly one.

    Which texts come together does not depend on their order: the most common ones gather the others around them.
    """
    telling = {text: _telling(text) for _, text in texts}
    same = _same_words(Counter(word for _, text in texts for word in telling[text]))
    keys = {text: frozenset(same[word] for word in telling[text]) or frozenset({fold(text)}) for text in telling}
    heads = _heads(Counter(keys[text] for _, text in texts))
    groups: dict[frozenset[str], list[tuple[str, str]]] = {}
    for folio, text in texts:
        groups.setdefault(heads[keys[text]], []).append((folio, text))
    found = (Candidate(_typical(text for _, text in group), tuple(folio for folio, _ in group))
             for group in groups.values())  # fmt: skip
    return tuple(sorted(found, key=lambda group: (-group.n, fold(group.text), group.text)))


def _telling(text: str) -> frozenset[str]:
    """The words of a text that tell it from another; all of its words, if every one is an everyday one."""
    words = [word for word in words_of(text) if not word.isdecimal()]
    return frozenset(word for word in words if word not in _EVERYDAY) or frozenset(words)


def _same_words(counted: Mapping[str, int]) -> dict[str, str]:
    """For each word the one that it is read as: the most common way of writing it."""
    read_as: dict[str, str] = {}
    known: dict[str, str] = {}
    for word in sorted(counted, key=lambda word: (-counted[word], word)):
        forms = _forms(word)
        near = {known[form] for form in forms if form in known}
        found = min(near, key=lambda other: (-counted[other], other), default="")
        read_as[word] = found or word
        if not found:
            known.update((form, word) for form in forms if form not in known)
    return read_as


def _forms(word: str) -> set[str]:
    """What a word has in common with one that is the same: two words are, if they share one of these."""
    forms = {f"={word}"}
    if len(word) >= _PLURAL:
        forms |= {f"={word.removesuffix('s')}", f"={word.removesuffix('es')}"}
    if len(word) >= LONG:
        forms.add(word)
        forms |= {word[:n] + word[n + 1 :] for n in range(len(word))}
    return forms


def _heads(counted: Mapping[frozenset[str], int]) -> dict[frozenset[str], frozenset[str]]:
    """For each set of words the most common one that is half the same, itself if there is none."""
    made: dict[frozenset[str], frozenset[str]] = {}
    heads: list[frozenset[str]] = []
    for words in sorted(counted, key=lambda words: (-counted[words], sorted(words))):
        near = max(heads, key=lambda head: _shared(words, head), default=words)
        made[words] = near if _shared(words, near) >= 0.5 else words
        if made[words] == words:
            heads.append(words)
    return made


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """What share of the words of both is in both."""
    return len(one & other) / len(one | other)


def _typical(texts: Iterable[str]) -> str:
    """The text that was typed most, however it was accented; of those, the first in the alphabet."""
    every = list(texts)
    common = Counter(fold(text) for text in every)
    return min(every, key=lambda text: (-common[fold(text)], fold(text), text))
