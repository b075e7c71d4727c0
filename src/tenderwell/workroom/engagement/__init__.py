"""Telling the market and the public early, the same for everybody; every comment answered; what changed because of it.

Who acts: the lead publishes and answers; anybody comments. Guideline step 4.1.3; 2014/24/EU Art. 40 and 41.
"""
