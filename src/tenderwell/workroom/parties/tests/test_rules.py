"""Identifiers and inputs of organisations: cases without a database."""

from typing import Any

import pytest
from pydantic import ValidationError

from tenderwell.workroom.parties.commands import AddMember, RegisterSupplier


def supplier(**given: Any) -> RegisterSupplier:
    plain = {"identifier": "PA-REG-1001", "name": "Bob Roofs", "scale": "sme", "country": "PA", "email": "b@x.example"}
    return RegisterSupplier(**{**plain, **given})


@pytest.mark.parametrize("identifier", ["PA-REG-1001", "GB-COH-01234567", "XA-17", "DO-RPE-12.3-4"])
def test_a_number_with_its_register_is_an_identifier(identifier: str) -> None:
    assert supplier(identifier=identifier).identifier == identifier


@pytest.mark.parametrize(
    "identifier", ["", "1001", "pa-reg-1001", "PA-", "PA REG 1", "PA-REG-1001\n", "PA-REG-<b>", "PA-REG-" + "1" * 60]
)
def test_anything_else_is_not(identifier: str) -> None:
    with pytest.raises(ValidationError):
        supplier(identifier=identifier)


@pytest.mark.parametrize("given", [{"country": "Panama"}, {"email": "nobody"}, {"scale": "huge"}, {"name": "B"}])
def test_every_field_keeps_its_form(given: Any) -> None:
    with pytest.raises(ValidationError):
        supplier(**given)


def test_a_member_has_a_role_and_nobody_makes_an_operator() -> None:
    with pytest.raises(ValidationError):
        AddMember(email="x@x.example", roles=[])
    with pytest.raises(ValidationError):
        AddMember(email="x@x.example", roles=["operator"])
