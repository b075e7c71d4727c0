"""Judging the opened bids: interests declared, a shortlist, scores given alone, then agreed, then published.

Who acts: evaluators (each alone first, then together) and the lead, who publishes. Nobody reads a bid before having
declared interests. The ranking follows from the frozen criteria alone and a second program computes it again.
Guideline steps 4.3.1 and 4.3.2; 2014/24/EU Art. 24, 56, 67 and 69.
"""
