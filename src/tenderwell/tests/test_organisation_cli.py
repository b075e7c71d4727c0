"""The first public body of an installation is let in by whoever runs it."""

from pathlib import Path

import pytest
from django.test import Client

from tenderwell import cli
from tenderwell.core.models import ActRecord
from tenderwell.workroom.parties.models import Membership, Organisation, Person

pytestmark = pytest.mark.django_db
WORDS = "five-good-words-to-remember"


def run(email: str, password: Path, **more: str) -> int:
    given = {"identifier": "XA-GOV-9", "name": "City of Example", "code": "CITY", "country": "XA"} | more
    words = [part for name, value in given.items() for part in (f"--{name}", value)]
    parsed = cli.front_door().parse_args(["organisation", email, "--password-file", str(password), *words])
    return int(parsed.run(parsed))


@pytest.fixture
def password(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text(f"{WORDS}\n")
    return path


def test_the_first_administrator_signs_in_and_acts(password: Path, client: Client) -> None:
    assert run("Ada@city.example", password) == 0
    membership = Membership.objects.get(organisation__identifier="XA-GOV-9")
    assert (membership.person.email, membership.roles) == ("ada@city.example", ["admin"])
    answer = client.post("/en/account/login/", {"login": "ada@city.example", "password": WORDS})
    assert answer.status_code == 302
    assert set(ActRecord.objects.values_list("event", "actor")) == {
        ("organisation.registered", "operator"),
        ("member.added", "operator"),
    }


def test_a_body_is_registered_once_and_a_code_is_used_once(password: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ada@city.example", password) == 0
    assert run("ada@city.example", password) == 1
    assert run("ada@city.example", password, identifier="XA-GOV-10") == 1
    told = capsys.readouterr().err
    assert "registered already" in told
    assert "short code" in told
    assert Organisation.objects.filter(identifier__startswith="XA-GOV-").count() == 1


@pytest.mark.parametrize("wrong", [{"identifier": "no register"}, {"country": "Panama"}, {"code": "too long a code"}])
def test_what_is_typed_wrong_is_told_and_nobody_is_made(
    password: Path, wrong: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ada@city.example", password, **wrong) == 1
    assert next(iter(wrong)) in capsys.readouterr().err
    assert not Person.objects.filter(email="ada@city.example").exists()


def test_a_weak_password_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "weak").write_text("12345")
    assert run("ada@city.example", tmp_path / "weak") == 1
    assert "password" in capsys.readouterr().err.lower()
    assert not Organisation.objects.filter(identifier="XA-GOV-9").exists()
