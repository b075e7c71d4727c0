"""The demo city Port Aurora: its people, example procurements in every stage, and real data of another publisher.

Everything is made by ordinary commands with times relative to today. What is there already is left as it is.
"""

from datetime import datetime, timedelta
from pathlib import Path

__all__ = ["seed", "sign_ins"]

SAMPLE = Path(__file__).parent.parent / "public" / "record" / "samples" / "dominican-republic.jsonl.gz"
SOURCE = "Dirección General de Contrataciones Públicas"
LICENCE = (
    "Open Data Commons Open Database License (ODbL); sixty releases, contact points and street addresses taken out"
)
CITY_AGE = timedelta(days=600)


def seed(now: datetime | None = None) -> None:
    """Make what is missing of the city. now: what counts as today."""
    from django.utils import timezone

    from tenderwell.demo.city import STORIES
    from tenderwell.demo.people import everybody
    from tenderwell.demo.play import Play
    from tenderwell.workroom.process.models import Process

    moment = now or timezone.now()
    cast = everybody(moment - CITY_AGE)
    titles = set(Process.objects.values_list("title", flat=True))
    missing = [(scene, story) for scene, story in STORIES if scene.title not in titles]
    for scene, story in missing:
        story(Play(cast, scene, moment))
    import_sample()
    publish(moment)


def import_sample() -> None:
    """Real releases of another publisher, with their source and licence."""
    from tenderwell.public.record.importing import import_releases
    from tenderwell.public.record.models import Source

    if not Source.objects.filter(name=SOURCE).exists():
        import_releases(SAMPLE, source=SOURCE, licence=LICENCE, language="es")


def publish(now: datetime) -> None:
    """Put everything under a signed checkpoint."""
    from tenderwell.ledger import store

    store.publish(now=now)


def sign_ins() -> list[str]:
    """Lines that say how each person of the city signs in."""
    from tenderwell.demo.people import lines

    return lines()
