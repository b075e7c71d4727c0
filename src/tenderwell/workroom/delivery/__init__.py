"""From contract to final account: signing, milestones, results, invoices and payments, changes, the close.

Who acts: the contract manager and the supplier; an approver for changes. Guideline steps 4.4.1 to 4.4.4;
2014/24/EU Art. 72 (changes), 2011/7/EU (payment).
"""
