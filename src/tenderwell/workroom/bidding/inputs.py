"""What each command asks for."""

from typing import Annotated

from pydantic import BaseModel, Field

from tenderwell.core.inputs import ChoicesFrom, Text, UploadMark
from tenderwell.workroom.bidding.queries import key_choices

HASH = r"^[0-9a-f]{64}$"
LARGEST_PAYLOAD = 2_000_000_000
HeaderFile = Annotated[str, Field(pattern=HASH), UploadMark(accept=".json", limit=262_144)]
PayloadFile = Annotated[str, Field(pattern=HASH), UploadMark(accept=".age", limit=LARGEST_PAYLOAD)]
HandoverFile = Annotated[str, Field(pattern=HASH), UploadMark(accept=".json", limit=16_777_216)]
KeyChoices = Annotated[list[str], ChoicesFrom(key_choices)]


class RegisterMemberKey(BaseModel):
    recipient: str = Field(
        title="Your public key",
        description="It begins with age1. Only this half leaves your device.",
        pattern=r"^age1[a-z0-9]{20,2100}$",
    )
    proof: Text = Field(title="The decrypted challenge", description="It shows that you hold the key", max_length=6000)
    signing_key: str = Field(
        "", title="Your Ed25519 key for signatures", description="Base64; leave it out if you have none", max_length=64
    )


class NameCommittee(BaseModel):
    k: int = Field(
        title="How many members open together", description="Fewer than all, so that one may be missing", ge=2
    )
    members: KeyChoices = Field(
        title="Members", description="Everybody on the committee who has proved a key", min_length=3, max_length=24
    )


class ReplaceCommittee(NameCommittee):
    reason: Text = Field(
        title="Why the committee is replaced",
        description="It is published. Every bidder has to seal again",
        min_length=20,
        max_length=2000,
    )


class SubmitBid(BaseModel):
    header: HeaderFile = Field(title="header.json", description="The small file of the sealed package")
    payload: PayloadFile = Field(title="payload.age", description="The large file: your bid, encrypted")


class DeclareBid(BaseModel):
    header: HeaderFile = Field(
        title="header.json", description="Fixes your bid now; the payload may follow within the time of grace"
    )


class DeliverPayload(BaseModel):
    commitment: str = Field(title="Number of the bid", description="As on the receipt", pattern=HASH)
    payload: PayloadFile = Field(title="payload.age")


class WithdrawBid(BaseModel):
    commitment: str = Field(title="Number of the bid", description="As on the receipt", pattern=HASH)


class RefuseLateBid(BaseModel):
    header: HeaderFile = Field(title="header.json", description="Of the bid that came too late; it is not kept")


class RehearseOpening(BaseModel):
    share: str = Field(
        title="Your share of the test envelope", description="Hexadecimal", pattern=r"^([0-9a-f]{2}){2,200}$"
    )


class AnnounceClosing(BaseModel):
    pass


class RecordNoBids(BaseModel):
    pass


class ShareOfBid(BaseModel):
    """One share; or the key of the envelope, which proves that it holds none; or that the envelope does not open."""

    commitment: str = Field(title="Number of the bid", pattern=HASH)
    share: str = Field("", title="Share", description="Hexadecimal", pattern=r"^([0-9a-f]{2}){0,200}$")
    file_key: str = Field(
        "", title="Key of a broken envelope", description="Instead of a share", pattern=r"^([0-9a-f]{32})?$"
    )
    is_unreadable: bool = Field(
        False,
        title="The envelope does not open with my key",
        description="Instead of a share, where not even the envelope’s key can be shown. It is published",
    )


class ReleaseShares(BaseModel):
    shares: list[ShareOfBid] = Field(title="Your share of each bid", min_length=1, max_length=10_000)
