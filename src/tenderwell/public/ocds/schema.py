"""Our own extension as OCDS describes extensions: its metadata and the patch of the release schema. Pure.

Written from the structs, so that what is documented is what is checked. The files in extension/ are this, committed.
"""

import json
import re
from typing import Any

import msgspec
from msgspec import inspect

from tenderwell.public import ocds
from tenderwell.public.ocds.canonical import Json
from tenderwell.public.ocds.merge import is_whole
from tenderwell.public.ocds.part import Part, ocds_name

WHOLE_PARTS: tuple[type[Part], ...] = (
    ocds.Acceptance,
    ocds.Answer,
    ocds.Assumption,
    ocds.Brief,
    ocds.ClosingQuestions,
    ocds.Comment,
    ocds.Committee,
    ocds.CommitteeMember,
    ocds.Comparable,
    ocds.Complaint,
    ocds.CostLine,
    ocds.Difference,
    ocds.Engagement,
    ocds.Evaluation,
    ocds.FundsConfirmation,
    ocds.Invoice,
    ocds.Lesson,
    ocds.LotValue,
    ocds.NotApplicable,
    ocds.OpenedBid,
    ocds.OpeningRecord,
    ocds.Outage,
    ocds.OutageExtension,
    ocds.ReleasedShares,
    ocds.Outcome,
    ocds.Result,
    ocds.Review,
    ocds.RouteDecision,
    ocds.Rules,
    ocds.Score,
    ocds.Sentence,
    ocds.Shortlisting,
    ocds.TeamRole,
    ocds.UserNeed,
)
ADDED: dict[type[Part], tuple[str, ...]] = {
    ocds.Release: ("act", "complaints", "lessons", "not_applicable", "rules"),
    ocds.Amendment: (
        "differences",
        "user_impact",
        "approved_by",
        "rejected_by",
        "rejection",
        "value_change",
        "cumulative_share",
        "limit_share",
    ),
    ocds.Award: ("rationale", "standstill_period", "complaint_period", "date_letters_sent"),
    ocds.Bid: ("status_reason", "lot_values"),
    ocds.Budget: ("confirmation",),
    ocds.Document: ("sha256", "size", "version", "available_date"),
    ocds.Implementation: ("invoices", "reviews", "acceptance", "closing_questions"),
    ocds.Lot: ("sustainability",),
    ocds.Metric: ("related_outcome",),
    ocds.Milestone: ("evidence", "owner"),
    ocds.Planning: (
        "user_needs",
        "assumptions",
        "outcomes",
        "cost_lines",
        "whole_life_cost",
        "date_estimated",
        "route_decision",
        "team",
        "engagement",
    ),
    ocds.Requirement: ("importance", "rationale", "related_outcome", "most_words"),
    ocds.Tender: (
        "standstill_period",
        "brief",
        "evaluation",
        "committee",
        "price_committee",
        "opening_record",
        "outage_extensions",
        "cancellation_rationale",
    ),
    ocds.Transaction: ("related_invoice", "days_to_pay"),
}
NAMES = {"Sentence": "Act"}  # where the word in Python had to be another one
OMITTED_WHEN_MERGED = {("Release", "act")}
TEXT = "Evidence that the U4SSC procurement guidelines ask a buyer to publish and that OCDS has no field for."


def metadata(address: str) -> dict[str, Json]:
    """extension.json. address: of this installation, where the documentation is served."""
    return {
        "name": {"en": "Tenderwell"},
        "description": {"en": TEXT},
        "documentationUrl": {"en": address + "/api/ocds/extension/"},
        "compatibility": ["1.1"],
        "schemas": ["release-schema.json"],
        "contactPoint": {"name": "The publisher of this data"},
    }


def patch() -> dict[str, Json]:
    """release-schema.json: a JSON merge patch of the OCDS 1.1 release schema."""
    definitions = {named(part): definition(part, every_field(part)) for part in WHOLE_PARTS}
    for part, names in ADDED.items():
        if part is not ocds.Release:
            definitions[named(part)] = {"properties": properties(part, names)}
    top = properties(ocds.Release, ADDED[ocds.Release])
    return {"properties": top, "definitions": dict(sorted(definitions.items()))}


def text_of(value: Json) -> str:
    """How the files are written."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def every_field(part: type[Part]) -> tuple[str, ...]:
    return tuple(field.name for field in msgspec.structs.fields(part))


def definition(part: type[Part], names: tuple[str, ...]) -> dict[str, Json]:
    """A part that is wholly ours."""
    required = [field.encode_name for field in msgspec.structs.fields(part) if field.required]
    told = {"title": words(named(part)), "description": description(part), "type": "object"}
    needs = {"required": required} if required else {}
    return {**told, **needs, "properties": properties(part, names)}


def description(part: type[Part]) -> str:
    """The docstring, with the fields as they are named in OCDS."""
    told = " ".join((part.__doc__ or "").replace(" Ours.", "").split())
    return re.sub(r"\b[a-z]+(_[a-z0-9]+)+\b", lambda found: ocds_name(found[0]), told)


def properties(part: type[Part], names: tuple[str, ...]) -> dict[str, Json]:
    """The named fields of a part."""
    info = inspect.type_info(part)
    assert isinstance(info, inspect.StructType)
    fields = {field.name: field for field in info.fields}
    return {fields[name].encode_name: field_schema(named(part), fields[name]) for name in names}


def field_schema(owner: str, field: inspect.Field) -> dict[str, Json]:
    schema: dict[str, Any] = {"title": words(field.encode_name), **type_schema(field.type)}
    if (owner, field.name) in OMITTED_WHEN_MERGED:
        schema["omitWhenMerged"] = True
    if is_whole((owner[0].lower() + owner[1:], field.encode_name)):
        schema["wholeListMerge"] = True
    return schema


def type_schema(kind: inspect.Type) -> dict[str, Json]:
    """The JSON Schema of a field's type; single values may be null."""
    match kind:
        case inspect.UnionType(types=types):
            (only,) = [each for each in types if not isinstance(each, inspect.NoneType)]
            return type_schema(only)
        case inspect.StructType(cls=cls):
            return {"$ref": f"#/definitions/{NAMES.get(cls.__name__, cls.__name__)}"}
        case inspect.VarTupleType(item_type=item):
            return {"type": "array", "items": item_schema(item)}
        case inspect.DictType():
            return {"type": "object"}
        case inspect.LiteralType(values=values):
            return {"type": ["string", "null"], "enum": [*values, None]}
        case inspect.Metadata(type=inner):
            return type_schema(inner)
    return simple_schema(kind)


def simple_schema(kind: inspect.Type) -> dict[str, Json]:
    match kind:
        case inspect.DateTimeType():
            return {"type": ["string", "null"], "format": "date-time"}
        case inspect.StrType(pattern=pattern):
            return {"type": ["string", "null"], **({"pattern": pattern.replace("\\Z", "$")} if pattern else {})}
        case inspect.DecimalType() | inspect.FloatType():
            return {"type": ["number", "null"]}
        case inspect.IntType():
            return {"type": ["integer", "null"]}
        case inspect.BoolType():
            return {"type": ["boolean", "null"]}
    raise TypeError(f"{kind} has no JSON Schema here")


def item_schema(kind: inspect.Type) -> dict[str, Json]:
    """Of a list's members, which are never null."""
    schema = type_schema(kind)
    return {"type": "string"} if schema.get("type") == ["string", "null"] else schema


def named(part: type[Part]) -> str:
    return NAMES.get(part.__name__, part.__name__)


def words(name: str) -> str:
    """routeDecision -> Route decision."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return spaced[:1].upper() + spaced[1:]
