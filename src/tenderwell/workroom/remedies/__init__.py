"""Complaints: made within their window, decided by the review body, published; signing waits for them.

Who acts: a tenderer complains, the review body decides. 89/665/EEC Art. 1 and 2; UNCITRAL Model Law 2011 Art. 64 to 67.
"""
