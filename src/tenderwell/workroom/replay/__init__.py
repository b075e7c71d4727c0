"""Real processes of a real publisher, lived again through the ordinary commands and compared with their source.

Who acts: generated people and organisations; the clock is the source's. Data that break a rule are refused by the rule.
"""
