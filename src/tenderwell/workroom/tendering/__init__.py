"""The call for bids: requirements, lots, items, criteria, dates, questions and answers, changes.

Who acts: the lead writes; above the limit an approver publishes; tenderers ask. Guideline steps 4.2.1 to 4.2.4;
2014/24/EU Art. 18, 27, 42, 46, 47, 53, 58, 67; UNCITRAL Model Law 2011 Art. 10, 11, 14, 15.
"""
