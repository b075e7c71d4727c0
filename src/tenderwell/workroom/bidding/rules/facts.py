"""What rules ask of a process and of the person who acts, and the laws that several of them cite. Pure."""

from datetime import datetime

from tenderwell.core.procedure import Fact

COMMITTEE_NAMED = Fact[bool]("bidding.committee_named", False)
IS_MEMBER = Fact[bool]("bidding.is_member", False)  # the acting person is on the committee whose turn it is
HAS_PLACE = Fact[bool]("bidding.has_place", False)  # the acting person is on a committee of this process
HAS_TEST = Fact[bool]("bidding.has_test", False)  # there is a test envelope for the acting person
HAS_KEY = Fact[bool]("bidding.has_key", False)  # the acting person has proved a key in this process
CLOSING = Fact[datetime | None]("bidding.closing", None)  # when the end of the period was announced
CURRENT_BIDS = Fact[int]("bidding.current_bids", 0)  # bids that would be opened now
AWAITED = Fact[int]("bidding.awaited", 0)  # announced bids whose payload has not come
GRACE = Fact[tuple[int, str]]("bidding.grace", (0, ""))  # seconds for payloads after the end, and the source
LATER_END = Fact[datetime | None]("bidding.later_end", None)  # when bids close because the service failed
BIDS_OPENED = Fact[bool]("bidding.bids_opened", False)
MY_BID = Fact[str]("bidding.my_bid", "")  # commitment of the acting organisation's current bid
IS_DIVIDED = Fact[bool]("bidding.is_divided", False)  # the tender has lots
HAS_RELEASED = Fact[bool]("bidding.has_released", False)  # the acting member has released shares
SECRECY = "2014/24/EU Art. 22(3)"
OUTAGE = "UNCITRAL Model Law on Public Procurement (2011) Art. 14"
