"""Charts as plain SVG: no inline style, no script, colours from CSS classes.

Positions along the page are percentages and type is in CSS pixels, so one drawing fits a telephone and a desktop and
its words never shrink. For screen readers a chart is one image with a title and a description; {% chart %} puts the
same numbers in a table below. In a right-to-left page time runs from right to left.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import count
from typing import Literal

from tenderwell.ui.formats import compact_number, number, percent
from tenderwell.ui.parts import Chart, Text

Direction = Literal["ltr", "rtl"]
Side = Literal["start", "middle", "end"]
PLOT, TOP, FOOT, ROW = 240, 26, 30, 58
MIRRORED: dict[Side, Side] = {"start": "end", "end": "start", "middle": "middle"}
PAINT = {
    "s1": 'fill="#0a4e56"', "s2": 'fill="#6a9ba1"', "s3": 'fill="#c9dcde" stroke="#0a4e56"',
    "grid": 'stroke="#e3e7ea"', "base": 'stroke="#6b757d"', "axis": 'fill="#46505a" font-size="14"',
    "label": 'font-size="16"', "value": 'font-size="16" font-weight="700"', "track": 'fill="#dde9ea"',
    "area": 'fill="#dde9ea"', "dot": 'fill="#fff" stroke="#0a4e56" stroke-width="3"',
    "stroke": 'fill="none" stroke="#0a4e56" stroke-width="3" vector-effect="non-scaling-stroke"',
}  # fmt: skip
_ids = count(1)


def short(value: float) -> str:
    """With two decimals at most, for a page that must be light: 100, 28.3."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass
class Drawing:
    """An SVG that grows; x and widths in percent from the start side, y and heights in pixels."""

    chart: Chart
    height: int
    direction: Direction
    parts: list[str] = field(default_factory=list)

    def x(self, value: float) -> float:
        return 100 - value if self.direction == "rtl" else value

    def text(self, css: str, words: Text, *, x: float, y: float, side: Side = "start") -> None:
        # SVG measures anchors in the direction of the text, and the drawing itself stays left-to-right.
        anchor = MIRRORED[side] if self.direction == "rtl" else side
        place = f'x="{short(self.x(x))}%" y="{short(y)}" text-anchor="{anchor}"'
        self.parts.append(f'<text class="{css}" {place}>{escape(str(words))}</text>')

    def box(self, css: str, *, x: float, y: float, width: float, height: float, title: str = "", rx: int = 0) -> None:
        start = 100 - x - width if self.direction == "rtl" else x
        place = f'x="{short(start)}%" y="{short(y)}" width="{short(width)}%" height="{short(height)}"'
        place += f' rx="{rx}"' if rx else ""
        inside = f"><title>{escape(title)}</title></rect>" if title else "/>"
        self.parts.append(f'<rect class="{css}" {place}{inside}')

    def level(self, css: str, *, y: float) -> None:
        self.parts.append(f'<line class="{css}" x1="0" x2="100%" y1="{short(y)}" y2="{short(y)}"/>')

    def svg(self) -> str:
        """The finished drawing, named by the title and description of its chart."""
        key = next(_ids)
        title = f'<title id="chart-title-{key}">{escape(str(self.chart.title))}</title>'
        described = f'<desc id="chart-text-{key}">{escape(str(self.chart.description))}</desc>'
        return (
            f'<svg class="chart chart--{self.chart.kind}" role="img" height="{self.height}" direction="ltr" '
            f'aria-labelledby="chart-title-{key} chart-text-{key}" focusable="false">'
            f"{title}{described}{''.join(self.parts)}</svg>"
        )


def draw(chart: Chart, *, direction: Direction = "ltr") -> str:
    """The chart as an svg element for a page; colours come from its stylesheet."""
    return KINDS[chart.kind](chart, direction)


def standalone(chart: Chart, *, direction: Direction = "ltr") -> str:
    """The same chart as a file of its own, with its paint in it."""
    svg = re.sub(r'class="(\w+)"', lambda found: PAINT.get(found[1], found[0]), draw(chart, direction=direction))
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="640" font-family="sans-serif" '
    return svg.replace("<svg ", head, 1)


def table_rows(chart: Chart) -> list[tuple[Text, list[float]]]:
    """The numbers of the chart, one row for each label."""
    return [(label, [one.values[index] for one in chart.series]) for index, label in enumerate(chart.labels)]


def round_scale(maximum: float, *, steps: int = 4) -> tuple[float, float]:
    """Upper end and step of an axis in round numbers."""
    if maximum <= 0:
        return 1.0, 1.0
    magnitude = 1.0
    while maximum / steps / magnitude >= 10:
        magnitude *= 10
    while maximum / steps / magnitude < 1:
        magnitude /= 10
    step = next(factor * magnitude for factor in (1, 2, 2.5, 5, 10) if factor * magnitude >= maximum / steps)
    return step * -(-maximum // step), step


def _axis(drawing: Drawing, *, top: float, step: float) -> None:
    for index in range(round(top / step) + 1):
        y = TOP + PLOT * (1 - index * step / top)
        drawing.level("grid" if index else "base", y=y)
        if index:
            drawing.text("axis", compact_number(round(index * step, 6)), x=0, y=y - 5)


def _every(labels: Sequence[Text], *, most: int = 12) -> Iterator[tuple[int, Text]]:
    """The labels that fit side by side, the last one always among them."""
    stride = -(-len(labels) // most)
    return ((index, label) for index, label in enumerate(labels) if (len(labels) - 1 - index) % stride == 0)


def _columns(chart: Chart, direction: Direction) -> str:
    drawing = Drawing(chart, TOP + PLOT + FOOT, direction)
    rows = table_rows(chart)
    top, step = round_scale(max((sum(values) for _label, values in rows), default=0))
    _axis(drawing, top=top, step=step)
    left = 9
    slot = (100 - left) / max(len(rows), 1)
    for index, (label, values) in enumerate(rows):
        y = float(TOP + PLOT)
        for place, (one, value) in enumerate(zip(chart.series, values, strict=True), 1):
            height = PLOT * value / top
            y -= height
            words = f"{label}, {one.name}: {shown(value)}"
            drawing.box(f"s{place}", x=left + slot * (index + 0.2), y=y, width=slot * 0.6, height=height, title=words)
    for index, label in _every(chart.labels):
        drawing.text("axis", label, x=left + slot * (index + 0.5), y=TOP + PLOT + 21, side="middle")
    return drawing.svg()


def _line(chart: Chart, direction: Direction) -> str:
    drawing = Drawing(chart, TOP + PLOT + FOOT, direction)
    values = chart.series[0].values
    top, step = round_scale(max(values, default=0))
    _axis(drawing, top=top, step=step)
    left, right, bottom = 10, 5, TOP + PLOT
    xs = [left + index * (100 - left - right) / max(len(values) - 1, 1) for index in range(len(values))]
    ys = [TOP + PLOT * (1 - value / top) for value in values]
    drawing.parts.append(_curve([drawing.x(x) for x in xs], ys, bottom=bottom))
    for x, y, label, value in zip(xs, ys, chart.labels, values, strict=True):
        place = f'cx="{drawing.x(x):.2f}%" cy="{y:.1f}" r="4.5"'
        words = escape(f"{label}: {shown(value)}")
        drawing.parts.append(f'<circle class="dot" {place}><title>{words}</title></circle>')
    for index, label in _every(chart.labels):
        drawing.text("axis", label, x=xs[index], y=bottom + 21, side="middle")
    if values:
        drawing.text("value", shown(values[-1]), x=xs[-1], y=ys[-1] - 14, side="middle")
    return drawing.svg()


def _curve(xs: Sequence[float], ys: Sequence[float], *, bottom: int) -> str:
    """The line and the area below it, stretched to the width of the page."""
    points = " ".join(f"{x:.2f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    area = f"{xs[0]:.2f},{bottom} {points} {xs[-1]:.2f},{bottom}" if xs else ""
    return (
        f'<svg width="100%" height="{bottom}" viewBox="0 0 100 {bottom}" preserveAspectRatio="none" aria-hidden="true">'
        f'<polygon class="area" points="{area}"/><polyline class="stroke" points="{points}"/></svg>'
    )


def _bars(chart: Chart, direction: Direction) -> str:
    """Horizontal bars, the label above each: room for long words in any language."""
    drawing = Drawing(chart, ROW * len(chart.labels), direction)
    values = chart.series[0].values
    most = max(values, default=0) or 1
    for index, (label, value) in enumerate(zip(chart.labels, values, strict=True)):
        y = index * ROW
        drawing.text("label", label, x=0, y=y + 18)
        drawing.text("value", shown(value), x=100, y=y + 18, side="end")
        drawing.box("track", x=0, y=y + 27, width=100, height=14, rx=3)
        drawing.box("s1", x=0, y=y + 27, width=100 * value / most, height=14, rx=3)
    return drawing.svg()


def _share(chart: Chart, direction: Direction) -> str:
    """For each label one bar of full width, divided among the series."""
    drawing = Drawing(chart, ROW * len(chart.labels), direction)
    for index, (label, values) in enumerate(table_rows(chart)):
        y, start, total = index * ROW, 0.0, sum(values) or 1
        drawing.text("label", label, x=0, y=y + 18)
        drawing.text("value", percent(round(values[0] / total, 3)), x=100, y=y + 18, side="end")
        for place, (one, value) in enumerate(zip(chart.series, values, strict=True), 1):
            width = 100 * value / total
            words = f"{label}, {one.name}: {shown(value)}"
            drawing.box(f"s{place}", x=start, y=y + 27, width=width, height=18, title=words)
            start += width
    return drawing.svg()


KINDS: dict[str, Callable[[Chart, Direction], str]] = {
    "columns": _columns,
    "line": _line,
    "bars": _bars,
    "share": _share,
}


def shown(value: float) -> str:
    """The number as a picture has room for it: from a thousand on without decimals, which the table keeps."""
    return number(round(value) if abs(value) >= 1000 else value)
