"""`tenderwell organisation`: whoever runs the installation lets a public body in, with its first administrator."""

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderwell.workroom.parties.commands import RegisterOrganisation
    from tenderwell.workroom.parties.models import Person

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

TEXT = """Registers a buyer, a review or audit office, or a civil society group, and makes the account of its first
administrator when there is none; the password is asked for. The administrator then adds everybody else on the
organisation's page, in the roles they need. Firms register themselves on the site."""
EXAMPLE = """Example:
  tenderwell organisation ada@city.example --identifier XA-GOV-1 --name "City of Example" --code CITY --country XA"""
KINDS = ("buyer", "review", "audit", "civil_society")


def register(subparsers: "Subparsers") -> None:
    """Offer the command."""
    words = "let a public body in, with its first administrator"
    parser = subparsers.add_parser("organisation", help=words, description=TEXT, epilog=EXAMPLE)
    parser.add_argument("email", metavar="EMAIL", help="address of the first administrator")
    parser.add_argument("--identifier", required=True, metavar="ID", help="register and number, such as XA-GOV-1")
    parser.add_argument("--name", required=True, metavar="NAME", help="legal name")
    parser.add_argument("--kind", choices=KINDS, default="buyer", help="what it is (default: buyer)")
    parser.add_argument("--code", default="", metavar="CODE", help="short code in references, up to 12 letters, digits")
    parser.add_argument("--country", required=True, metavar="XX", help="two letters")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="read the password here, do not ask")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Register; 1 with every reason when it is refused."""
    from pydantic import ValidationError

    from tenderwell.core.command import Actor, perform
    from tenderwell.core.errors import Refused
    from tenderwell.workroom.parties.commands import register_organisation
    from tenderwell.workroom.parties.queries import here

    try:
        data = typed(args)
        administrator(args.email, args.password_file)
        perform(register_organisation, Actor("operator", roles=frozenset({"operator"})), here().key, data)
    except ValidationError as problems:
        return told(*(f"{each['loc'][0]}: {each['msg']}" for each in problems.errors()))
    except Refused as refused:
        return told(*(reason.message for reason in refused.reasons))
    except ValueError as problem:
        return told(str(problem))
    print(f"{args.name} is registered. {args.email} signs in and adds the others on the organisation's page.")
    return 0


def typed(args: argparse.Namespace) -> "RegisterOrganisation":
    """What was typed. Raises pydantic.ValidationError."""
    from tenderwell.workroom.parties.commands import RegisterOrganisation

    return RegisterOrganisation(
        identifier=args.identifier,
        name=args.name,
        kind=args.kind,
        code=args.code,
        country=args.country,
        admin_email=args.email,
    )


def administrator(email: str, password_file: Path | None) -> "Person":
    """The person with this address; made, with a password that is asked for, when there is none. Raises ValueError."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from tenderwell.workroom.parties.models import Person

    address = email.strip().lower()
    if known := Person.objects.filter(email=address).first():
        return known
    password = password_file.read_text("utf-8").partition("\n")[0] if password_file else twice()
    try:
        validate_email(address)
        validate_password(password)
    except ValidationError as problem:
        raise ValueError(" ".join(problem.messages)) from problem
    person = Person.objects.create_user(address, password, name=address.partition("@")[0])
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


def twice() -> str:
    """A password typed twice. Raises ValueError."""
    first = getpass.getpass("Password of the administrator: ")
    if first != getpass.getpass("Once more: "):
        raise ValueError("The two passwords differ; nothing was registered.")
    return first


def told(*reasons: str) -> int:
    for reason in reasons:
        print(f"tenderwell: {reason}", file=sys.stderr)
    return 1
