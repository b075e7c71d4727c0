"""The generated pages of the reference: every command, event and procedure, from the program itself."""

from collections.abc import Iterable

from tenderwell.core import procedure
from tenderwell.core.command import Command, commands
from tenderwell.core.events import BlindEvent, Event, LeafEvent, PublicEvent
from tenderwell.core.procedure import Procedure, Step

WRITTEN = "Written by `.venv/bin/python -m tests.conventions.write_reference`; do not edit."
ABSTRACT = (Event, PublicEvent, BlindEvent, LeafEvent)


def all_events(of: type[Event] = Event) -> set[type[Event]]:
    """Every event class of the program."""
    found = set[type[Event]]()
    for each in of.__subclasses__():
        found |= all_events(each) | (set() if each in ABSTRACT else {each})
    return found


def kind(event: type[Event]) -> str:
    if issubclass(event, PublicEvent):
        return "public: " + ", ".join(event.tag)
    return f"{'leaf' if issubclass(event, LeafEvent) else 'blind'}: {getattr(event, 'kind', '')}"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def events_page() -> str:
    rows = [
        (f"`{event.name}`", kind(event), event.says, event.privacy)
        for event in sorted(all_events(), key=lambda each: each.name)
    ]
    return f"# Events\n\n{WRITTEN}\n\n{table(('Event', 'Kind', 'Sentence', 'Privacy'), rows)}"


def inputs(command: Command) -> str:
    fields = command.input.model_fields.items()
    return ", ".join(f"`{name}`" if info.is_required() else f"`{name}`?" for name, info in fields) or "–"


def commands_page() -> str:
    rows = [(f"`{name}`", cmd.title, inputs(cmd)) for name, cmd in sorted(commands.items())]
    text = "A `?` stands behind what may be left out. Each is a page of the desk and a POST of the API (openapi.json)."
    return f"# Commands\n\n{WRITTEN} {text}\n\n{table(('Command', 'What it does', 'Input'), rows)}"


def step_row(step: Step) -> tuple[str, ...]:
    guards = ", ".join(guard.__name__ for guard in step.guards)
    return f"`{step.command}`", ", ".join(step.from_), ", ".join(step.by), ", ".join(step.to), guards, step.source


def diagram(found: Procedure) -> str:
    """The states and what leads from one to the next, as Mermaid draws it."""
    ways = {
        (start, end, step.command.partition(".")[2])
        for step in found.steps
        for start in step.from_
        for end in step.to
        if {start, end} <= set(found.states)
    }
    ways |= {(tick.from_, tick.to, f"end of {tick.after}") for tick in found.clock}
    lines = [f"    {start} --> {end}: {why}" for start, end, why in sorted(ways)]
    return "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"


def procedures_page() -> str:
    parts = [f"# Procedures\n\n{WRITTEN}\n"]
    for found in procedure.all_procedures():
        heads = ("Step", "From", "Who", "To", "Checked", "Law")
        law = f"Law: {'; '.join(found.sources)}.\n\n" if found.sources else ""
        steps = table(heads, map(step_row, found.steps))
        parts.append(f"## {found.title} (`{found.key}`)\n\n{law}{diagram(found)}\n{steps}")
    return "\n".join(parts)


PAGES = {"events.md": events_page, "commands.md": commands_page, "procedures.md": procedures_page}
