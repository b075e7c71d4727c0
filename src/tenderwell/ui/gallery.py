"""Sample data for the gallery of components, which documents them and is what the tests of the look run on."""

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from tenderwell.ui import formats, parts
from tenderwell.ui.fields import DateField, MomentField, MoneyField, UploadField, WholeNumberField
from tenderwell.ui.navigation import Section
from tenderwell.ui.rows import Rows, rows_of
from tenderwell.ui.widgets import Checkboxes, Line, Paragraphs, Radios, Select

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
DEADLINE = dt.datetime(2026, 12, 16, 11, 0, tzinfo=dt.UTC)
FINGERPRINT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HERE = "#components"


class Item(forms.Form):
    """One row of a price table."""

    title = forms.CharField(label=_("What is supplied"), widget=Line())
    quantity = WholeNumberField(label=_("Quantity"), widget=Line(width=5, attrs={"inputmode": "numeric"}))
    price = MoneyField(label=_("Price of one"), currency="USD")


class Bid(forms.Form):
    """A form with every kind of field."""

    title = forms.CharField(label=_("Title"), max_length=120, widget=Line())
    lots = forms.MultipleChoiceField(
        label=_("Which lots do you bid for?"),
        help_text=_("Choose every lot that applies."),
        choices=[("1", _("Lot 1: Roofs and drainage")), ("2", _("Lot 2: Toilets and water supply"))],
        widget=Checkboxes,
        error_messages={"required": _("Choose at least one lot")},
    )
    price = MoneyField(label=_("Total price, without tax"), help_text=_("For example, 450000"), currency="USD")
    valid_until = DateField(label=_("Until when is your bid valid?"), help_text=_("16 March 2027 or later."))
    visit = MomentField(label=_("When will you visit the site?"), zone=ZoneInfo("Africa/Nairobi"), required=False)
    size = forms.ChoiceField(
        label=_("Is your company a small or medium enterprise?"),
        choices=[("yes", _("Yes, fewer than 250 employees")), ("no", _("No"))],
        widget=Radios,
        error_messages={"required": _("Say whether your company is a small or medium enterprise")},
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", ""), ("KE", "Kenya"), ("ES", "España")], widget=Select()
    )
    email = forms.EmailField(label=_("E-mail address"), help_text=_("We send the receipt to this address."))
    method = forms.CharField(
        label=_("How will you keep pupils safe during the works?"), max_length=1200, widget=Paragraphs()
    )
    file = UploadField(label=_("Price table"), types=(".xlsx", ".ods", ".csv"), max_bytes=20 * 1024 * 1024)
    is_true = forms.BooleanField(
        label=_("The information in this bid is true and complete."),
        help_text=_("A false statement can exclude you from this and later tenders."),
        error_messages={"required": _("Confirm that the information is true and complete")},
    )


def forms_of(data: QueryDict | None, *, files: MultiValueDict[str, Any] | None) -> tuple[Bid, Rows]:
    """The sample form and its rows, with what was sent when something was."""
    items = rows_of(Item, minimum=1, maximum=5)(data, prefix="items")
    items.legend, items.hint, items.heading = _("Items"), _("List each thing you supply."), _("Item")
    return Bid(data, files), items


def context() -> dict[str, object]:
    """What the gallery shows."""
    sections = [
        Section("tenders", _("Find tenders"), "gallery"),
        Section("money", _("Where the money goes"), "gallery"),
        Section("suppliers", _("For suppliers"), "gallery"),
    ]
    links = [Section("help", _("Help and contact"), "gallery"), Section("data", _("Open data and API"), "gallery")]
    frame = {"header_sections": sections, "footer_sections": links, "section": "tenders"}
    return {**frame, **_process(), **_lists(), **_numbers()}


def _process() -> dict[str, object]:
    return {
        "now": NOW,
        "deadline": DEADLINE,
        "stages": [
            parts.Stage(_("Planning"), _("9 September to 6 November 2026"), "done"),
            parts.Stage(_("Bids"), _("Open until 16 December 2026"), "now"),
            parts.Stage(_("Evaluation and award"), _("Expected by 15 January 2027")),
            parts.Stage(_("Contract and works"), _("18 January to 14 August 2027")),
        ],
        "groups": [
            parts.TaskGroup(_("Plan"), [
                parts.Task(_("Describe the need"), "done", HERE),
                parts.Task(_("Study the market"), "done", HERE, _("3 suppliers answered")),
                parts.Task(_("Ask the market early"), "skipped", HERE, _("Published reason: repeat purchase")),
            ]),
            parts.TaskGroup(_("Publish"), [
                parts.Task(_("Write the requirements"), "doing", HERE),
                parts.Task(_("Set award criteria and weights"), "problem", HERE, _("Weights add up to 95 of 100")),
                parts.Task(_("Add documents"), "todo", HERE),
                parts.Task(_("Approve and publish"), "waiting", "", _("Needs two people")),
            ]),
        ],
        "facts": [
            parts.Fact(_("Estimated value"), formats.money(Decimal(1240000), currency="USD"), _("without tax")),
            parts.Fact(_("Procedure"), _("Open tender")),
            parts.Fact(_("Reference"), "ocds-x7k2mq-PA-2026-0148"),
        ],
        "answers": [
            parts.Fact(_("Title"), _("School meals for eleven kindergartens"), change_url=HERE),
            parts.Fact(_("Total price"), formats.money(Decimal("285000.50"), currency="USD"), change_url=HERE),
        ],
        "dates": [
            parts.When(dt.date(2026, 11, 9), _("Tender published")),
            parts.When(DEADLINE, _("Bids close"), is_key=True, old=DEADLINE - dt.timedelta(days=7)),
            parts.When(dt.date(2027, 1, 18), _("Works begin")),
        ],
        "history": [
            parts.Happening(NOW, _("Tender changed"), _("Buyer"), HERE, _("Deadline moved by seven days"), HERE),
            parts.Happening(NOW - dt.timedelta(days=14), _("Tender published"), _("Buyer"), HERE, proof_url=HERE),
        ],
    }  # fmt: skip


def _lists() -> dict[str, object]:
    return {
        "cards": [
            parts.Card(
                _("Maintenance and accessibility works in twelve public schools"), HERE,
                [parts.Tag(_("Open for bids"), "green")], _("Department of Education and Buildings"),
                facts=[parts.Fact(_("Value"), formats.money(Decimal(1240000), currency="USD")),
                       parts.Fact(_("Lots"), 3),
                       parts.Fact(_("Bids close"), formats.day(DEADLINE, style="medium"), _("23 days left"))],
            ),
            parts.Card(_("Cleaning of the old harbour basin"), HERE, [parts.Tag(_("Evaluation"), "yellow")]),
        ],
        "documents": [
            parts.Document(_("Instructions to bidders"), HERE, "PDF", 412_000, dt.date(2026, 11, 9), 1, "en, ar"),
            parts.Document(_("Technical specifications"), HERE, "PDF", 3_870_000, dt.date(2026, 11, 18), 2, "en",
                           FINGERPRINT, is_updated=True),
            parts.Document(_("Bill of quantities"), HERE, "XLSX", 96_000, dt.date(2026, 11, 9)),
        ],
        "links": [
            parts.Link(_("Follow this tender"), HERE), parts.Link(_("Add dates to calendar"), HERE, "(ICS)"),
        ],
        "sections": [
            parts.Link(_("Process"), "#process"), parts.Link(_("Lists"), "#lists"),
            parts.Link(_("Numbers"), "#numbers"), parts.Link(_("Messages"), "#messages"),
            parts.Link(_("Forms"), "#forms"),
        ],
        "table": parts.Table(
            _("Bids, opened on 16 December 2026"),
            [parts.Column(_("Tenderer")), parts.Column(_("Lot")), parts.Column(_("Price"), is_number=True),
             parts.Column(_("Points"), is_number=True)],
            [["Aurora Builders", "1", formats.money(Decimal(448500), currency="USD"), formats.number(Decimal("91.5"))],
             ["Coastal Roofing Cooperative", "1", formats.money(Decimal(431000), currency="USD"), formats.number(88)]],
            total=[_("Two bids"), "", "", ""],
        ),
        "no_table": parts.Table(_("Invoices"), [], [], empty=_("No invoice has come in yet.")),
        "page": Paginator(range(230), 10).page(4),
        "proof": parts.Proof(1482, FINGERPRINT, "port-aurora.example/log", HERE, HERE, NOW),
        "reasons": [
            parts.Reason(_("The weights add up to 95 of 100. Correct them first."), _("Demo rules, article 12")),
            parts.Reason(_("A second person must approve.")),
        ],
    }  # fmt: skip


def _numbers() -> dict[str, object]:
    months = ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    small, large = [0.8, 1.1, 0.9, 1.6, 1.9, 2.3], [1.3, 1.7, 1.2, 2.2, 2.0, 3.1]
    return {
        "figures": [
            parts.Figure(formats.money(Decimal(20100000), currency="USD"), _("Value of contracts")),
            parts.Figure(formats.number(314), _("Contracts")),
            parts.Figure(formats.percent(Decimal("0.43")), _("Won by small firms")),
            parts.Figure(formats.percent(Decimal("0.115")), _("Tenders with one bid only")),
        ],
        "columns": parts.Chart(
            "columns", _("Value of contracts by month"), _("The value rises from 2.1 to 5.4 million."),
            _("million US dollars"), months,
            [parts.Series(_("Small and medium firms"), small), parts.Series(_("Large firms"), large)],
            axis=_("Month"), csv_url=HERE, svg_url=HERE,
        ),
        "line": parts.Chart(
            "line", _("Bids for each tender, average"), _("The average rises from 2.6 to 4.3."), _("bids"), months,
            [parts.Series(_("Bids"), [2.6, 2.9, 2.8, 3.4, 3.9, 4.3])], axis=_("Month"),
        ),
        "bars": parts.Chart(
            "bars", _("Contracts by procedure"), _("Open tender 182, framework 64, direct award 17."), _("contracts"),
            [_("Open tender"), _("Framework agreement"), _("Direct award")],
            [parts.Series(_("Contracts"), [182, 64, 17])], axis=_("Procedure"),
        ),
        "share": parts.Chart(
            "share", _("Share of small firms by year"), _("The share rises from 31 to 43 of 100."), _("contracts"),
            ["2024", "2025", "2026"],
            [parts.Series(_("Small and medium firms"), [81, 98, 135]), parts.Series(_("Large firms"), [180, 176, 179])],
            axis=_("Year"),
        ),
    }  # fmt: skip
