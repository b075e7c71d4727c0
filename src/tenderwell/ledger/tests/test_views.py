"""The log for everybody: what is served, how it may be cached, and what is refused."""

import gzip
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import Resolver404, resolve

from tenderwell.ledger import store, tiles, tree
from tenderwell.ledger.note import parse_checkpoint, parse_note
from tenderwell.ledger.policy import check_note, parse_policy
from tenderwell.ledger.tests.logs import NOW, leaves
from tenderwell.ledger.verify import one_file

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tenderwell.ledger.urls")]


def get(path: str, **headers: str) -> HttpResponse:
    view, args, kwargs = resolve(f"/{path}")
    response = view(RequestFactory().get(f"/{path}", headers=headers), *args, **kwargs)
    assert isinstance(response, HttpResponse)
    return response


def published(count: int) -> None:
    store.append(leaves(count))
    store.publish(now=NOW)


def test_before_the_first_checkpoint_there_is_nothing() -> None:
    assert get("checkpoint").status_code == 404
    assert get("tile/0/000.p/1").status_code == 404


def test_the_checkpoint_is_text_and_short_lived() -> None:
    published(3)
    response = get("checkpoint")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=5"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert parse_checkpoint(parse_note(response.content).text).size == 3


def test_the_checkpoint_satisfies_the_policy_beside_it() -> None:
    published(3)
    policy = parse_policy(get("policy").content.decode())
    assert check_note(parse_note(get("checkpoint").content), policy=policy).checkpoint.size == 3


def test_tiles_and_bundles_give_the_published_root() -> None:
    published(700)
    stored = {(p.level, p.number): get(p.path).content for p in tiles.pieces(700) if p.level is not None}
    read = tiles.hashes_in(lambda level, number: stored[level, number])
    assert tree.root(700, hashes=read) == store.head().root
    entries = [get(p.path).content for p in tiles.pieces(700) if p.level is None]
    bodies = [body for raw, width in zip(entries, (256, 256, 188), strict=True) for body in parsed(raw, width)]
    assert [tree.leaf_hash(body) for body in bodies] == [bytes(e.leaf_hash) for e in store.entries(0, 700)]


def parsed(raw: bytes, width: int) -> list[bytes]:
    return list(tiles.parse_bundle(raw, width=width))


def test_tiles_never_change_so_they_are_kept_for_ever() -> None:
    published(3)
    response = get("tile/0/000.p/2")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"] == "application/octet-stream"
    assert len(response.content) == 64


def test_bundles_travel_compressed() -> None:
    published(20)
    plain, packed = get("tile/entries/000.p/20"), get("tile/entries/000.p/20", accept_encoding="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


@pytest.mark.parametrize(
    "path",
    ["tile/0/000", "tile/0/000.p/4", "tile/1/000.p/1", "tile/entries/000.p/4", "tile/0/001.p/1", "tile/entries/000"],
)
def test_what_the_published_checkpoint_does_not_cover_is_not_there(path: str) -> None:
    published(3)
    store.append(leaves(300, start=3))
    response = get(path)
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["tile/0/0", "tile/00/000", "tile/0/../0/000.p/1", "tile/0/000.p/01", "tile/0/000.p/1/"]
)
def test_an_evil_path_is_not_there(path: str) -> None:
    published(3)
    assert get(path).status_code == 404


def test_the_verifier_is_handed_out() -> None:
    response = get("verify.py")
    assert response["Content-Type"] == "text/x-python; charset=utf-8"
    assert response.content.decode() == one_file()


def test_other_addresses_lead_nowhere() -> None:
    with pytest.raises(Resolver404):
        resolve("/tile/0/000.p/1\n/checkpoint/")


def test_an_export_holds_what_is_served_and_grows(tmp_path: Path) -> None:
    for count in (300, 5):
        published(count)
        store.export(tmp_path)
    names = [piece.path for piece in tiles.pieces(305)] + ["checkpoint", "policy"]
    assert all((tmp_path / name).read_bytes() == get(name).content for name in names)
    assert (tmp_path / "tile/entries/001.p/44").exists()
