"""Whatever a bidder encrypts, the opening either gives the files or names what is wrong; it never breaks."""

from io import BytesIO

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tenderwell.ledger.sealing import age
from tenderwell.ledger.sealing.findings import Blame, PackageError
from tenderwell.ledger.sealing.tests.forgery import envelopes_for, header_of
from tenderwell.ledger.sealing.tests.people import NAMES, committee_of, opened, sealed_by, shares_of

HONEST = sealed_by()
SECRET, FILES = opened(HONEST.header, HONEST.payload, *shares_of(HONEST.header, *NAMES[:2]))
PLAIN = b"".join(age.decrypt(BytesIO(HONEST.payload), identity=SECRET.identity))
ENVELOPES = envelopes_for(HONEST.header.core, SECRET.identity.encode(), committee_of(2, 3))


def outcome(content: bytes) -> Blame | dict[str, bytes]:
    """The files in a payload with this content under right envelopes, or who answers for it when it does not open."""
    core = HONEST.header.core
    payload = b"".join(age.encrypt([content], recipient=core.recipient))
    header = header_of(core, payload, ENVELOPES)
    try:
        return opened(header, payload, *shares_of(header, *NAMES[:2]))[1]
    except PackageError as error:
        return error.verdict.blame


def test_the_content_itself_opens() -> None:
    assert outcome(PLAIN) == FILES


@settings(max_examples=150)
@given(st.binary(min_size=1, max_size=300), st.integers(0, len(PLAIN) - 300))
@example(b"\xff" * 8, 0)
@example(b"\x00" * 8, 0)
@example(b"[" * 300, 8)
@example(b"!", PLAIN.index(b"bid.json"))  # only another name: it opens as that
def test_no_content_breaks_the_opening(noise: bytes, place: int) -> None:
    content = PLAIN[:place] + noise + PLAIN[place + len(noise) :]
    found = outcome(content)
    assert (found == FILES) == (content == PLAIN)
    assert found is Blame.BIDDER or isinstance(found, dict)
