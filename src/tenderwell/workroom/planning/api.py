"""What the write API offers of planning."""

from tenderwell.workroom.planning import commands as c

COMMANDS = (
    c.set_basics,
    c.add_user_need,
    c.remove_user_need,
    c.add_assumption,
    c.test_assumption,
    c.remove_assumption,
    c.add_outcome,
    c.remove_outcome,
    c.add_cost_line,
    c.remove_cost_line,
    c.add_comparable,
    c.remove_comparable,
    c.confirm_funds,
    c.decide_route,
    c.approve_route,
    c.mark_not_applicable,
    c.mark_applicable,
    c.buy_nothing,
    c.publish_plan,
)
ADDED = (c.add_user_need, c.add_assumption, c.add_outcome, c.add_cost_line, c.add_comparable)
RESULTS = {each: lambda row: {"id": row.code} for each in ADDED}
