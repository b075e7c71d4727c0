"""Sealed bids: the bidder encrypts, the committee opens k of n, anyone can check. Pure; usable on its own.

`package.seal` makes a package, `shares.release` is what a member does, `opening.open_package` opens with k shares
and says by name what is wrong. Format: docs/reference/sealed-bid.md.
"""
