"""The front door: every command of the program has help with an example."""

import argparse
import re
from collections.abc import Iterator

import pytest

from tenderwell.cli import front_door


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every command that can be run: the leaves of the tree of parsers."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield parser
    for action in below:
        for child in dict.fromkeys(action.choices.values()):
            yield from commands(child)


COMMANDS = list(commands(front_door()))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.prog)
def test_the_command_has_help_with_an_example(command: argparse.ArgumentParser) -> None:
    assert command.description
    assert f"{command.prog}" in (command.epilog or "")
    assert "Example" in (command.epilog or "")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.prog)
def test_the_command_says_what_runs_and_what_it_needs(command: argparse.ArgumentParser) -> None:
    assert callable(command.get_default("run"))
    assert command.get_default("needs") in {None, "nothing", "django", "database"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.prog)
def test_each_argument_of_the_command_is_explained(command: argparse.ArgumentParser) -> None:
    assert [action.dest for action in command._actions if not action.help] == []


def test_the_front_door_lists_each_command_with_one_line() -> None:
    text = front_door().format_help()
    names = [command.prog.split()[1] for command in COMMANDS]
    assert [name for name in names if not re.search(rf"^    {name}\s+\S", text, re.MULTILINE)] == []
