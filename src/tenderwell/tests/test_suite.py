"""`tenderwell test` leaves every argument to pytest."""

import pytest

from tenderwell import suite
from tenderwell.cli import front_door, main
from tenderwell.suite import dealt


@pytest.mark.parametrize("rest", ["", "--durations=25", "-k money src", "src -n 0 --lf", "--data x"])
def test_options_are_pytest_s_wherever_they_stand(rest: str) -> None:
    assert front_door().parse_args(["--data", "mine", "test", *rest.split()]).rest == rest.split()


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_its_own_help_is_shown(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", word]) == 0
    assert "arguments for pytest" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("there", "user", "told"),
    [
        ("chromium-headless-shell age", 1, ""),
        ("chromium age", 1, ""),
        ("chromium", 1, "Missing: age."),
        ("age", 1, "Missing: Chromium."),
        ("apt-get", 0, "Missing: Chromium, age."),
    ],
)
def test_a_missing_program_is_told_where_it_cannot_be_installed(
    there: str, user: int, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name in there.split() else None)
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setattr(suite, "installed", lambda: False)
    suite.have_programs()
    said = capsys.readouterr().err
    assert told in said
    assert bool(said) == bool(told)


def of(tests: str, *, hands: int) -> list[str]:
    """Tests are named by their file and what they may take: a0 is one of many in the file a."""
    order = dealt(tests.split(), hands=hands, file=lambda test: test[0], longest=lambda test: int(test[1]))
    assert sorted(order) == sorted(tests.split())
    return order


def test_each_worker_begins_with_its_share_of_the_long_tests() -> None:
    assert of("a0 b0 c9 d0 e0 f5 g0 h0", hands=2) == ["c9", "a0", "b0", "d0", "f5", "e0", "g0", "h0"]


def test_the_long_tests_of_a_file_stay_together() -> None:
    assert of("a0 b9 b9 c0 d5 d5 e4 f0 g0 h0", hands=2) == ["b9", "b9", "e4", "a0", "c0", "d5", "d5", "f0", "g0", "h0"]


@pytest.mark.parametrize("hands", [1, 2, 3, 9])
def test_none_is_lost_and_the_longest_is_first(hands: int) -> None:
    assert of("a0 b3 c9 d9", hands=hands)[0] == "c9"
