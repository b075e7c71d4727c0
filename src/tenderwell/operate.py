"""An operator's small commands: bring the database up to date, list the settings, run Django's own tools."""

import argparse

MIGRATE_EXAMPLE = """Example:
  tenderwell migrate"""
SETTINGS_EXAMPLE = """Examples:
  tenderwell settings
  tenderwell settings --markdown > docs/reference/settings.md"""
MANAGE_EXAMPLE = """Example:
  tenderwell manage makemigrations --check"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer migrate, settings and manage."""
    text = "bring the database up to date with the program"
    parser = subparsers.add_parser("migrate", help=text, description=text.capitalize() + ".", epilog=MIGRATE_EXAMPLE)
    parser.set_defaults(run=migrate)

    text = "list the settings, their values and what they mean"
    parser = subparsers.add_parser("settings", help=text, description=text.capitalize() + ".", epilog=SETTINGS_EXAMPLE)
    parser.add_argument("--markdown", action="store_true", help="write the reference page instead")
    parser.set_defaults(run=show_settings, needs="nothing")

    text = "run one of Django's own management commands"
    parser = subparsers.add_parser("manage", help=text, description=text.capitalize() + ".", epilog=MANAGE_EXAMPLE)
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="the command and its arguments")
    parser.set_defaults(run=manage)


def migrate(args: argparse.Namespace) -> int:
    """Run the migrations."""
    from django.core.management import call_command

    call_command("migrate", interactive=False)
    return 0


def show_settings(args: argparse.Namespace) -> int:
    """Print each setting; the value of a secret one is not shown."""
    from tenderwell.cli import telling_what_cannot_be_written

    with telling_what_cannot_be_written():
        from tenderwell import settings

    if args.markdown:
        print(reference(), end="")
        return 0
    for variable in settings.VARIABLES:
        value = settings.VALUES[variable.name]
        shown = "(secret)" if variable.is_secret and value else value or "(empty)"
        print(f"{settings.PREFIX}{variable.name} = {shown}\n    {variable.text}")
    return 0


def reference() -> str:
    """The page docs/reference/settings.md."""
    from tenderwell import settings

    rows = (f"| `{settings.PREFIX}{v.name}` | `{v.default or ' '}` | {v.text} |\n" for v in settings.VARIABLES)
    return (
        "# Settings\n\n"
        "Every setting is an environment variable, read once at the start. An unknown `TENDERWELL_` name, or a value\n"
        "that cannot be used, stops the start with a message.\n\n"
        "This page is written by `./tenderwell settings --markdown`; a test compares it with the program.\n\n"
        "| name | default | meaning |\n|---|---|---|\n" + "".join(rows)
    )


def manage(args: argparse.Namespace) -> int:
    """Hand over to Django's management commands."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tenderwell manage", *args.rest])
    return 0
