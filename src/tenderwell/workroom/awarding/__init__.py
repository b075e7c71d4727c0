"""The decision: who gets the contract, or that nobody does; letters to all; the time to challenge it.

Who acts: an approver decides (above the limit never the lead alone); the lead ends or cancels with reasons.
Guideline step 4.3.3; 2014/24/EU Art. 55 and 89/665/EEC Art. 2a (standstill).
"""
