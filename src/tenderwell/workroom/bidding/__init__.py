"""Sealed bids: who opens them, how they come in, how they are opened.

Who acts: committee members (prove and use their keys), the lead (names the committee), tenderers (submit, replace,
withdraw), and after the period the committee, which opens with k of its n keys. Nobody reads a bid before that.
Guideline step 4.2.4 (receive bids); 2014/24/EU Art. 22(3) and Annex IV; ledger/sealing for the format.
"""
