"""Bodies that programs may send: of the right shape, or wrong in one place or more."""

from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from annotated_types import MaxLen
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from tenderwell.core.fields import is_list, row_model, shape_of_field
from tenderwell.core.forms import CommandForm

KNOWN = (
    "bid-1", "lot-1", "award-1", "contract-1", "change-1", "invoice-1", "milestone-1", "outcome-1", "need-1", "cost-1",
    "requirement-1", "item-1", "comment-1", "enquiry-1", "complaint-1", "criterion-1", "assumption-1", "title",
    "open_1", "direct_1", "4.1.3", "CPV", "XA-REG-1001", "dora@port-aurora.example", "45261210", "4", "2",
)  # fmt: skip
SENTENCE = "A sentence about the roofs of twelve schools that is long enough to say something."
STRANGE_TEXTS = ("", " ", "\0", "\ud800", "\u202e", "{count}", "%s", "<b>", "٤", "é" * 300, "x" * 30_000)
NUMBERS = (1, 0, "1", "0.01", "250.00", "1000", "100", "60")
STRANGE_NUMBERS = (-1, 10**30, "1e99", "NaN", "-0", "Infinity", "٤", "", "0." + "1" * 40, 2**63)
TIMES = ("2026-04-20T12:00:00Z", "2026-06-01T00:00:00+03:00", "2027-01-01T00:00:00Z")
STRANGE_TIMES = (
    "2026-05-01T00:00:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00", 0, -(10**12), 10**17, "tomorrow", "2026-02-30T00:00:00Z",
)  # fmt: skip
DAYS = ("2026-01-15", "2027-01-15")
STRANGE_DAYS = ("9999-12-31", "0001-01-01", "2026-13-01", 0, "")
ANYTHING: st.SearchStrategy[Any] = st.sampled_from([None, [], {}, [[]], {"a": 1}, True, 1.5, "text"])
PLAIN: dict[Any, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    Decimal: (NUMBERS, STRANGE_NUMBERS),
    int: ((1, 2, 4, 5), STRANGE_NUMBERS),
    datetime: (TIMES, STRANGE_TIMES),
    date: (DAYS, STRANGE_DAYS),
    bool: ((True, True, False), ("maybe", None, 7)),
}


def bodies(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies of this input, fields left out now and then."""
    required = {name: field_of(info) for name, info in model.model_fields.items() if info.is_required()}
    optional = {name: field_of(info) for name, info in model.model_fields.items() if not info.is_required()}
    return st.fixed_dictionaries(required, optional=optional)


def field_of(info: FieldInfo) -> st.SearchStrategy[Any]:
    return kind_of(
        info.annotation, most=next((each.max_length for each in info.metadata if isinstance(each, MaxLen)), 80)
    )


def kind_of(kind: Any, *, most: int) -> st.SearchStrategy[Any]:
    """Mostly what the type takes, now and then what it does not."""
    if get_origin(kind) is Literal:
        return mostly(get_args(kind), ("none of these",))
    if kind in PLAIN:
        return mostly(*PLAIN[kind])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return bodies(kind)
    inner = [each for each in get_args(kind) if each is not NoneType]
    if get_origin(kind) is list:
        return st.one_of(st.lists(kind_of(inner[0], most=most), min_size=1, max_size=3), ANYTHING)
    if inner:
        return kind_of(inner[0], most=most)
    return mostly((SENTENCE[:most], *KNOWN), STRANGE_TEXTS)


def mostly(usual: tuple[Any, ...], strange: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    odd = st.one_of(st.sampled_from(strange), ANYTHING)
    return st.integers(0, 7).flatmap(lambda place: odd if place == 0 else st.sampled_from(usual))


OTHERS = (
    "2026-06-01T00:00:00Z", "2026-06-01", "0" * 64, "00000000-0000-4000-8000-000000000000", 3, True, "PA",
    "sme", "buyer", "member", "works", "survey", "acquisition", "lead", "quality", "upheld",
    "essential", "tender", "age1" + "q" * 30,
)  # fmt: skip


def body_of(model: type[BaseModel], form: CommandForm | None = None) -> dict[str, Any]:
    """A body of the right shape: nothing optional, and what the page's form offers where it offers a choice."""
    wanted = {name: info for name, info in model.model_fields.items() if info.is_required()}
    found = {name: value_of(info, offered_by(form, name)) for name, info in wanted.items()}
    model.model_validate(found)
    return found


def offered_by(form: CommandForm | None, name: str) -> list[Any]:
    """The choices of a field that may be sent."""
    choices = getattr(form.fields.fields.get(name), "choices", ()) if form else ()
    return [value for value, _label in choices if value]


def value_of(info: FieldInfo, choices: list[Any]) -> Any:
    """The first value that the field takes, of the choices and of some that fields here take."""
    inner = row_model(shape_of_field(info))
    given: list[Any] = [body_of(inner)] if inner else [*choices, *OTHERS, *KNOWN, SENTENCE]
    if is_list(shape_of_field(info)):
        given = [[each] * many for many in (1, 3) for each in given]
    kind: TypeAdapter[Any] = TypeAdapter(info.rebuild_annotation())
    return next(each for each in given if fits(kind, each))


def fits(kind: TypeAdapter[Any], value: Any) -> bool:
    try:
        kind.validate_python(value)
    except ValidationError:
        return False
    return True
