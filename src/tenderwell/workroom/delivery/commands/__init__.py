"""What people do in delivery: contracts, progress, money, changes, the close."""

from tenderwell.workroom.delivery.commands import changing, closing, contracting, paying, progress

__all__ = ["changing", "closing", "contracting", "paying", "progress"]
