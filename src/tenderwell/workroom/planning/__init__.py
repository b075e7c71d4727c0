"""Before the market is asked: needs, outcomes, costs over the whole life, funds, the route; then the published plan.

Who acts: the lead and specialists; the budget holder confirms funds; an approver approves any route but the open one.
Guideline steps 4.1.1 to 4.1.8; 2014/24/EU Art. 24, 40, 46; UNCITRAL Model Law 2011 Art. 6.
"""
