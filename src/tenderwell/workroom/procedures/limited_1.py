"""The limited procedure: firms are asked without a public call; its reason and a second approver are compulsory. Pure.

Bids are sealed, opened and judged as in the open procedure; whom the buyer asks is its own decision and is published
with the reason of the route.
"""

from tenderwell.core.procedure import Procedure, register
from tenderwell.workroom.procedures.open_1 import OPEN

LIMITED = register(
    Procedure(
        id="limited",
        version="1",
        title="Limited procedure",
        ocds_method="limited",
        states=OPEN.states,
        final=OPEN.final,
        clock=OPEN.clock,
        steps=OPEN.steps,
        sources=("2014/24/EU Art. 32", "UNCITRAL Model Law on Public Procurement (2011) Art. 30(4) and 51"),
    )
)
