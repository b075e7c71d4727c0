"""Words in six languages, stored and asked in one way."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tenderwell.public.record.analyser import bare, query, stem, tokens, vector


def finds(asked: str, text: str, language: str) -> bool:
    """Whether each asked word has a form among the stored ones; beginnings aside."""
    stored = {entry.rpartition(":")[0].strip("'") for entry in vector([("A", text)], language=language).split(" ")}
    groups = query(asked).split(" & ")
    return all(any(f"'{word}' " in group.replace(" )", " ") for word in stored) for group in groups)


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("school", "Repair of Schools", "en"),
        ("ecoles", "Réparation de l'école", "fr"),
        ("construccion", "Construcciones viales", "es"),
        ("дороги", "Ремонт дорог", "ru"),
        ("المدرسة", "صيانة المدرسة", "ar"),
        ("道路", "城市道路维修", "zh"),
        ("ＦＵＬＬ", "full width", "en"),
        ("gasoil", "ADQUISICIÓN DE GASOIL", ""),
    ],
)
def test_a_word_finds_its_other_forms(asked: str, text: str, language: str) -> None:
    assert finds(asked, text, language)


def test_chinese_is_cut_into_pairs_and_other_words_are_not() -> None:
    assert list(tokens("城市道路 road-works 7")) == ["城市", "市道", "道路", "road", "works", "7"]


def test_diacritics_go_but_letters_stay() -> None:
    assert (bare("adquisición"), bare("й"), stem("naïve", "xx")) == ("adquisicion", "и", "naive")


def test_the_weight_stands_with_the_place() -> None:
    assert vector([("A", "road"), ("C", "road")], language="en") == "'road':1A,2C"


def test_quotes_and_backslashes_cannot_leave_a_lexeme() -> None:
    assert query("o'brien\\") == query("o brien")


def test_codes_are_found_by_their_beginning() -> None:
    assert vector([], language="en", codes=["45.23-1"]) == "'#45231':1D"
    assert query("", code="452") == "'#452':*"


def test_words_without_letters_ask_nothing() -> None:
    assert query(" ?! ") == ""


def test_threads_do_not_stem_in_each_others_words() -> None:
    words = [f"{start}{end}" for start in ("renovat", "tend", "roof", "classif", "w") for end in ("ing", "ers", "ied")]
    alone = [stem.__wrapped__(word, "en") for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda word: stem.__wrapped__(word, "en"), words * 200))
    finally:
        sys.setswitchinterval(before)
    assert found == alone * 200
