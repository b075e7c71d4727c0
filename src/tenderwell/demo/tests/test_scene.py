"""What the people of the demo write reads right, whatever its numbers are."""

from dataclasses import replace

from tenderwell.demo.scenes import CROSSINGS


def test_the_report_on_the_needs_reads_right_when_one_person_was_asked() -> None:
    written = str(replace(CROSSINGS, asked=1).report())
    assert "People asked: 1." in written
    assert "1 people" not in written
