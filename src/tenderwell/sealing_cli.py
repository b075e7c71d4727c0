"""Commands for bidders and committee members, on their own computers, without a server: seal, inspect, open."""

import argparse
import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tenderwell import sealing_files as files
from tenderwell import sealing_keys_cli
from tenderwell.ledger.sealing import handover as deputy
from tenderwell.ledger.sealing import shares as member_side
from tenderwell.ledger.sealing.committee import Committee
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.ledger.sealing.fit import misfits
from tenderwell.ledger.sealing.header import Header, check_structure
from tenderwell.ledger.sealing.opening import open_package
from tenderwell.ledger.sealing.package import BidFacts, File, SealedPackage, seal
from tenderwell.ledger.sealing.prices import sheet_template, template
from tenderwell.ledger.sealing.response import NAME, PRICE, BidResponse, encode_response, part_for
from tenderwell.ledger.sealing.tender_file import TenderFile
from tenderwell.sealing_parsers import add, add_proved, add_tender, add_unattended

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]
Run = Callable[[argparse.Namespace], int]

PRICES = """Example:
  tenderwell price-list --tender tender.json > prices.csv
  tenderwell price-list --tender tender.json --xlsx prices.xlsx"""
ANSWERS = """Example:
  tenderwell answers --tender tender.json > answers.json
Write your answers between the quotation marks, and into "declarations" what you declare, by the names printed below."""
SEAL = """Example:
  tenderwell seal --tender tender.json --bidder PA-ORG-7 --name "Bright Lamps Ltd" \\
      --prices prices.csv --answers answers.json --out my-bid plan.pdf references.pdf
answers.json: {"answers": {"question": "text"}, "declarations": [], "tenderers": [], "subcontractors": []}
Your own copy of what the bid says is kept beside the package as bid.json; "tenderwell inspect" reads it back, and
--from takes answers and partners of an earlier bid out of it. Do not send it to anybody before the opening."""
INSPECT = """Example:
  tenderwell inspect my-bid --tender tender.json"""
SHARE = """Example:
  tenderwell open-share bids.json --tender tender.json --identity my.key --out shares.json
Before your key is used: the end of the period, each bid and that none is missing are checked in the ledger."""
HAND_OVER = """Example:
  tenderwell hand-over bids.json --tender tender.json --identity my.key --to age1… --out handover.json
The deputy's key stands on the page. The deputy then runs:
  tenderwell open-share bids.json --tender tender.json --identity deputy.key --handover handover.json --out mine.json"""
OPEN = """Example:
  tenderwell open-package my-bid --tender tender.json --shares a.json b.json --out opened"""


def register(subparsers: "Subparsers") -> None:
    """Offer the commands of bidders and committee members."""
    sealing_keys_cli.register(subparsers)
    _price_list_parser(subparsers)
    _answers_parser(subparsers)
    _seal_parser(subparsers)
    _inspect_parser(subparsers)
    _open_share_parser(subparsers)
    _hand_over_parser(subparsers)
    _open_package_parser(subparsers)


def price_list(args: argparse.Namespace) -> int:
    """Print the price list to fill in, or write it as a spreadsheet."""
    tender = files.read_tender(args.tender)
    if args.xlsx:
        args.xlsx.write_bytes(sheet_template(tender))
    else:
        print(template(tender), end="")
    return 0


def answers(args: argparse.Namespace) -> int:
    """Print answers.json to fill in; what is asked and what can be declared is told beside it."""
    tender = files.read_tender(args.tender)
    print(files.answers_to_fill_in(tender).decode(), end="")
    for asked in tender.questions:
        need = "essential" if asked.is_essential else "desirable"
        print(f"{asked.title} ({need}, {asked.words} words at most): {asked.text}", file=sys.stderr)
    for each in tender.declarations:
        print(f"To declare: {each.id}: {each.text}", file=sys.stderr)
    return 0


def seal_bid(args: argparse.Namespace) -> int:
    """Make the package of a bid after reading its amounts back."""
    tender = files.read_tender(args.tender)
    offers = files.read_offers(args.prices, tender=tender)
    response = files.response(offers, bidder=args.bidder, name=args.name, answers=args.answers, earlier=args.earlier)
    if findings := misfits(response, tender=tender):
        raise PackageError(*findings)
    print(f"Bid of {args.bidder} for {tender.title} ({tender.tender})")
    for committee in tender.committees:
        what = "the prices" if committee is tender.price_committee else "it"
        print(f"Any {committee.k} of {committee.n} members open {what} together. Compare with the notice:")
        print(f"  {' '.join(committee.words)}")
    _print_response(response)
    if not _agrees(args, "Seal this bid?"):
        return 1
    for stage, folder in files.envelope_folders(args.out, tender.envelopes):
        facts = _facts(args, tender=tender.tender, stage=stage, response=response)
        part = part_for(response, stage=stage)
        sealed = _seal_to(folder, facts, response=part, args=args, committee=tender.committee_for(stage))
        print(f"Sealed in {folder}: header.json and payload.age ({sealed.header.payload.size:,} bytes).")
        print(f"Commitment: {sealed.commitment}")
    return 0


def inspect(args: argparse.Namespace) -> int:
    """Show what can be known of a sealed bid without any key, and check it, envelope by envelope."""
    return max(inspect_package(args, folder) for folder in files.packages_in(args.package))


def inspect_package(args: argparse.Namespace, folder: Path) -> int:
    """One package; 1 when something is not right."""
    header = files.read_header(folder / "header.json")
    _print_header(header)
    named = files.read_committee(args.tender, stage=header.core.stage) if args.tender else None
    findings = check_structure(header, named) if named else ()
    for finding in findings:
        print(f"NOT RIGHT: {finding.text} [{finding.verdict}]")
    is_whole = _payload_hash(folder / "payload.age") == header.payload.sha256
    print("The payload is the one the header names." if is_whole else "NOT RIGHT: the payload was changed.")
    if copy := files.own_copy(folder):
        print("Your own copy, which the package neither holds nor proves, says:")
        _print_response(copy)
    return 0 if is_whole and not findings else 1


def open_share(args: argparse.Namespace) -> int:
    """Take the member's shares out of the bids, for the opening."""
    tender = files.read_tender(args.tender)
    if files.is_too_early(tender):
        return 1
    standing = _bids_to_open(args, tender)
    if args.handover:
        return _open_as_deputy(args, standing)
    committee = tender.committee_for(files.stage_of(standing))
    member, identity = _member(args, committee, number=args.member)
    if not _agrees(args, f"Release your shares of these bids, as {member}?"):
        return 1
    given = _release(standing, committee=committee, member=member, identity=identity)
    args.out.write_bytes(member_side.encode_shares(given))
    shares = sum(isinstance(each, member_side.Share) for each in given)
    rest = len(given) - shares
    print(f"Shares in {args.out}: {shares}. Bids without a good share for you, as the file says: {rest}.")
    return 0


def hand_over(args: argparse.Namespace) -> int:
    """Encrypt the member's shares to a deputy's key, after the same checks as before releasing them."""
    tender = files.read_tender(args.tender)
    if files.is_too_early(tender):
        return 1
    standing = _bids_to_open(args, tender)
    committee = tender.committee_for(files.stage_of(standing))
    member, identity = _member(args, committee, number=None)
    print(f"In eight words, the deputy's key: {' '.join(files.words_of_key(args.to))}")
    if not _agrees(args, f"Hand the shares of {member} over to this key?"):
        return 1
    handed = deputy.hand_over(standing, member=member, identity=identity, recipient=args.to)
    args.out.write_bytes(deputy.encode_handover(handed))
    print(f"Shares for the deputy in {args.out}: {len(handed.shares)}. Send it on the page; the deputy gets it there.")
    return 0


def open_bid(args: argparse.Namespace) -> int:
    """Open one package with the members' shares, into a new folder."""
    header = files.read_header(args.package / "header.json")
    shares = files.read_shares(args.shares, commitment=header.commitment)
    with files.new_folder(args.out) as folder, (args.package / "payload.age").open("rb") as payload:
        sink = files.folder_sink(folder)
        committee = files.read_committee(args.tender, stage=header.core.stage)
        opened = open_package(header, payload, shares=shares, committee=committee, sink=sink)
    for finding in opened.wrong:
        print(f"Passed over: {finding.text} [{finding.verdict}]")
    print(f"Opened the bid of {header.core.bidder} into {args.out}: {', '.join(file.name for file in opened.files)}")
    return 0


def _member(args: argparse.Namespace, committee: Committee, *, number: str | None) -> tuple[str, str]:
    """The member's number and identity."""
    words = files.words_for(args.passphrase_file)
    return files.member_identity(committee, member=number, path=args.identity, words=words)


def _open_as_deputy(args: argparse.Namespace, standing: Sequence[Header]) -> int:
    """The shares that a member handed over, each checked against what the bidder committed to."""
    handed = deputy.parse_handover(args.handover.read_bytes())
    identity = files.identity_at(args.identity, words=lambda: files.words_for(args.passphrase_file))
    if not _agrees(args, f"Release the shares of {handed.member}, as its deputy?"):
        return 1
    shares = [deputy.take_over(handed, header, identity=identity) for header in standing]
    args.out.write_bytes(member_side.encode_shares(shares))
    print(f"Shares of {handed.member} in {args.out}: {len(shares)}.")
    return 0


def _facts(args: argparse.Namespace, *, tender: str, stage: str, response: BidResponse) -> BidFacts:
    lots = tuple(lot.lot_id for lot in response.lots if lot.lot_id)
    if args.replaces is None:
        return BidFacts(tender=tender, bidder=args.bidder, lots=lots, stage=stage)
    before = files.earlier_header(args.replaces, stage=stage)
    seq, replaced = before.core.seq + 1, before.commitment
    return BidFacts(tender=tender, bidder=args.bidder, lots=lots, stage=stage, seq=seq, replaces=replaced)


def _seal_to(
    folder: Path, facts: BidFacts, *, response: BidResponse, args: argparse.Namespace, committee: Committee
) -> SealedPackage:
    said = encode_response(response, stage=facts.stage)
    attached = args.files if facts.stage != PRICE else ()
    contents = [File.of(NAME, said), *(_file(path) for path in attached)]
    signer = files.read_signer(args.sign) if args.sign else None
    with files.new_folder(folder), (folder / "payload.age").open("wb") as out:
        sealed = seal(facts, committee=committee, files=contents, out=out, signer=signer)
        (folder / "header.json").write_bytes(sealed.header.raw)
        files.write_secret(folder / NAME, said)
    return sealed


def _file(path: Path) -> File:
    def opened() -> BinaryIO:
        return path.open("rb")

    return File(path.name, opened)


def _release(
    headers: Sequence[Header], *, committee: Committee, member: str, identity: str
) -> list[member_side.Share | member_side.Complaint | member_side.Unreadable]:
    """The share of each bid, or what stands in its place when the bidder put none in; says why. Raises PackageError."""
    given: list[member_side.Share | member_side.Complaint | member_side.Unreadable] = []
    for header in headers:
        if findings := check_structure(header, committee):
            raise PackageError(*findings)
        try:
            given.append(member_side.release(header, member=member, identity=identity))
        except PackageError as error:
            print(f"{header.core.bidder}, {header.commitment[:16]}: {error}")
            given.append(member_side.contest(header, member=member, identity=identity))
    return given


def _bids_to_open(args: argparse.Namespace, tender: TenderFile) -> Sequence[Header]:
    """The bids that the ledger proves; with --unproved what lies there, and the member is told."""
    if not args.unproved:
        checked = files.proved_bids(args.bids, tender=tender, policy=args.policy, receipts=args.receipt)
        print(*files.said(checked, has_own_policy=bool(args.policy)), sep="\n")
        return checked.headers
    headers = files.read_headers(args.bids)
    standing = member_side.standing(headers)
    print("NOT CHECKED: whether these are the bids in the ledger, whether any is missing, whether the period is over.")
    print(f"Bids to open: {len(standing)}. Replaced, so shut: {len(headers) - len(standing)}.")
    return standing


def _print_response(response: BidResponse) -> None:
    """All that a bid says, read back."""
    for lot in response.lots:
        print(f"  {lot.lot_id or 'whole tender'}: {lot.value:,} {lot.currency} without VAT, {len(lot.items)} items")
    for question, text in response.answers.items():
        print(f"  {question}: {text}")
    for role, parties in (("Tenderer", response.tenderers), ("Subcontractor", response.subcontractors)):
        for party in parties:
            print(f"  {role}: {party.name} ({party.id})" + (f", {party.part}" if party.part else ""))
    print(f"  Declared: {', '.join(response.declarations) or 'nothing'}")


def _print_header(header: Header) -> None:
    core = header.core
    print(f"Commitment: {header.commitment}")
    print(f"Tender {core.tender}, stage {core.stage}, lots: {', '.join(core.lots) or 'undivided'}")
    print(f"Bidder {core.bidder}, bid {core.seq}" + (f" in place of {core.replaces}" if core.replaces else ""))
    print(f"Opened by {core.committee.k} of: {', '.join(envelope.member for envelope in header.shares)} ({core.suite})")
    print(f"Payload: {header.payload.size:,} bytes; how much of it is padding cannot be seen.")


def _payload_hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _agrees(args: argparse.Namespace, question: str) -> bool:
    return bool(args.yes) or input(f"{question} [y/N] ").strip().casefold() in ("y", "yes")


def _price_list_parser(subparsers: "Subparsers") -> None:
    text = "print a tender's empty price list"
    parser = add(subparsers, "price-list", text=text, example=PRICES, run=price_list)
    add_tender(parser)
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help="write it as a spreadsheet")


def _answers_parser(subparsers: "Subparsers") -> None:
    text = "print a tender's questions to answer"
    add_tender(add(subparsers, "answers", text=text, example=ANSWERS, run=answers))


def _seal_parser(subparsers: "Subparsers") -> None:
    parser = add(subparsers, "seal", text="seal a bid for the opening committee", example=SEAL, run=seal_bid)
    add_tender(parser)
    parser.add_argument("--bidder", required=True, metavar="ID", help="the bidder's organisation identifier")
    parser.add_argument("--name", metavar="NAME", help="the bidder's name, when answers.json lists no tenderers")
    parser.add_argument("--prices", type=Path, required=True, metavar="FILE", help="the filled price list, CSV or XLSX")
    parser.add_argument("--answers", type=Path, metavar="JSON", help="answers, declarations, tenderers, subcontractors")
    parser.add_argument("--from", dest="earlier", type=Path, metavar="FILE", help="bid.json of an earlier bid")
    parser.add_argument("--replaces", type=Path, metavar="PATH", help="folder or header.json of the bid it replaces")
    parser.add_argument("--sign", type=Path, metavar="PEM", help="sign with this Ed25519 private key")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="new folder for the package")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="documents to put in")
    add_unattended(parser)


def _inspect_parser(subparsers: "Subparsers") -> None:
    parser = add(subparsers, "inspect", text="show and check a sealed package", example=INSPECT, run=inspect)
    parser.add_argument("package", type=Path, metavar="DIR", help="folder with header.json and payload.age")
    parser.add_argument("--tender", type=Path, metavar="FILE", help="tender.json, to check the committee as well")


def _open_share_parser(subparsers: "Subparsers") -> None:
    text = "take a member's shares out of the bids"
    parser = add(subparsers, "open-share", text=text, example=SHARE, run=open_share)
    parser.add_argument("--member", metavar="ID", help="which member you are; without it, the one with your key")
    parser.add_argument("--handover", type=Path, metavar="FILE", help="handover.json, if you are a member's deputy")
    add_proved(parser)


def _hand_over_parser(subparsers: "Subparsers") -> None:
    text = "encrypt a member's shares to a deputy's key"
    parser = add(subparsers, "hand-over", text=text, example=HAND_OVER, run=hand_over)
    parser.add_argument("--to", required=True, metavar="AGE1…", help="the deputy's public key, as the page shows it")
    add_proved(parser)


def _open_package_parser(subparsers: "Subparsers") -> None:
    text = "open a package with members' shares"
    parser = add(subparsers, "open-package", text=text, example=OPEN, run=open_bid)
    parser.add_argument("package", type=Path, metavar="DIR", help="folder with header.json and payload.age")
    add_tender(parser)
    parser.add_argument("--shares", nargs="+", type=Path, required=True, metavar="FILE", help="the members' files")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="new folder for the files")
