"""A chart is one image with a name, carries no style of its own on a page, and is mirrored for Arabic."""

import re
import xml.etree.ElementTree as ET

import pytest

from tenderwell.ui import charts, gallery
from tenderwell.ui.parts import Chart, Series

SAMPLES = ["columns", "line", "bars", "share"]


def sample(name: str) -> Chart:
    found = gallery.context()[name]
    assert isinstance(found, Chart)
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_chart_is_named_and_has_no_style_of_its_own(name: str) -> None:
    svg = ET.fromstring(charts.draw(sample(name)))
    ids = {part.get("id") for part in svg.iter() if part.get("id")}
    assert set((svg.get("aria-labelledby") or "").split()) == ids
    assert not any(part.get("style") or part.get("fill") for part in svg.iter())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_chart_as_a_file_has_its_paint(name: str) -> None:
    svg = charts.standalone(sample(name))
    assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert "fill=" in svg


def test_words_of_people_are_escaped() -> None:
    chart = Chart("bars", "<b>", '"&', "", ["<script>"], [Series("x", [1])])
    assert "<script>" not in charts.draw(chart)


def test_a_picture_shows_large_numbers_without_decimals() -> None:
    drawn = charts.draw(Chart("bars", "Paid", "", "USD", ["2025", "2026"], [Series("x", [31_773_966.5, 9.5])]))
    assert ">31,773,966<" in drawn
    assert ">9.5<" in drawn


def test_time_runs_from_right_to_left_in_arabic() -> None:
    places = [
        [float(x) for x in re.findall(r'<circle[^>]* cx="([\d.]+)%"', charts.draw(sample("line"), direction=direction))]
        for direction in ("ltr", "rtl")
    ]
    assert [round(100 - x, 2) for x in places[0]] == places[1]


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_to_show_is_no_error(name: str) -> None:
    empty = Chart(name, "", "", "", [], [Series("x", [])])
    assert charts.draw(empty).startswith("<svg")


@pytest.mark.parametrize(("most", "top"), [(0, 1), (5.4, 6), (182, 200), (0.7, 0.8), (9_999_999, 10_000_000)])
def test_axes_end_on_a_round_number(most: float, top: float) -> None:
    assert charts.round_scale(most)[0] == pytest.approx(top)


def test_a_drawing_carries_no_empty_titles_and_no_idle_digits() -> None:
    drawn = "".join(charts.draw(sample(name)) for name in ("bars", "share"))
    assert "<title></title>" not in drawn
    assert re.findall(r'"\d+\.\d*0%?"', drawn) == []
