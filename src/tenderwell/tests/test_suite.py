"""`tenderwell test` leaves every argument to pytest."""

import pytest

from tenderwell.cli import front_door, main


@pytest.mark.parametrize("rest", ["", "--durations=25", "-k money src", "src -n 0 --lf", "--data x"])
def test_options_are_pytest_s_wherever_they_stand(rest: str) -> None:
    assert front_door().parse_args(["--data", "mine", "test", *rest.split()]).rest == rest.split()


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_its_own_help_is_shown(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", word]) == 0
    assert "arguments for pytest" in capsys.readouterr().out
