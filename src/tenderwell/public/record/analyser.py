"""Words to search by, in six languages: one analyser for what is stored and what is asked. Pure.

Text is normalised (NFKC), folded, stemmed in its language and stripped of diacritics; the plain word is kept beside its
stem, so that a reader of another language finds it too. Chinese has no spaces: it is cut into pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import snowballstemmer

STEMMERS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN = re.compile(f"[{CHINESE}]+|[^\\W_{CHINESE}]+")
LONGEST_WORD = 60
MOST_PLACES = 200  # of one word in one text; PostgreSQL keeps 256
MOST_WORDS = 20_000
SHORTEST_PREFIX = 3
WEIGHTS = "ABCD"


def tokens(text: str) -> Iterator[str]:
    """The words of a text, folded, Chinese in pairs."""
    for word in TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()):
        if re.match(f"[{CHINESE}]", word):
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        else:
            yield word[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def bare(word: str) -> str:
    """The word without diacritics."""
    return "".join(part for part in unicodedata.normalize("NFD", word) if not unicodedata.combining(part)) or word


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem in this language, without diacritics; the bare word where the language has no stemmer."""
    if language not in STEMMERS:
        return bare(word)
    # A stemmer holds the word it works on, so no two threads share one; to make one takes a microsecond.
    return bare(snowballstemmer.stemmer(STEMMERS[language]).stemWord(word))


def vector(fields: Iterable[tuple[str, str]], *, language: str, codes: Iterable[str] = ()) -> str:
    """The text of a tsvector. fields: (weight A to D, text); codes: found by their beginnings."""
    places: dict[str, list[str]] = {}
    at = 0
    for weight, text in fields:
        for word in tokens(text):
            at += 1
            for form in {bare(word), stem(word, language[:2].lower())}:
                places.setdefault(form, []).append(f"{min(at, 16_000)}{weight}")
            if at == MOST_WORDS:
                break
    for code in codes:
        places.setdefault(code_word(code), []).append("1D")
    return " ".join(f"{quoted(word)}:{','.join(found[:MOST_PLACES])}" for word, found in places.items())


def code_word(code: str) -> str:
    """How a classification's code is stored: kept apart from words."""
    return "#" + re.sub(r"[^0-9a-z]", "", code.casefold())


def query(words: str, *, code: str = "") -> str:
    """The text of a tsquery: every word in any of its forms, the last one also as a beginning. Empty: no condition."""
    asked = list(dict.fromkeys(tokens(words)))[:30]
    parts = [_any_form(word, is_last=word == asked[-1]) for word in asked]
    if code_word(code) != "#":
        parts.append(f"{quoted(code_word(code))}:*")
    return " & ".join(parts)


def _any_form(word: str, *, is_last: bool) -> str:
    forms = [quoted(form) for form in sorted({bare(word), *(stem(word, language) for language in STEMMERS)})]
    if is_last and len(word) >= SHORTEST_PREFIX:
        forms.append(f"{quoted(bare(word))}:*")
    return f"( {' | '.join(forms)} )"


def quoted(word: str) -> str:
    """As a lexeme in the text of a tsvector or tsquery."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
