"""What the write API offers of tendering."""

from tenderwell.workroom.tendering.commands import changing, drafting, publishing, questions

COMMANDS = (
    drafting.set_requirements,
    drafting.add_requirement,
    drafting.remove_requirement,
    drafting.add_lot,
    drafting.remove_lot,
    drafting.add_item,
    drafting.remove_item,
    drafting.set_criteria,
    drafting.set_dates,
    publishing.publish_tender,
    questions.ask_question,
    questions.answer_question,
    changing.amend_tender,
    changing.extend_period,
)
ADDED = (drafting.add_requirement, drafting.add_lot, drafting.add_item, questions.ask_question)
RESULTS = {each: lambda row: {"id": row.code} for each in (*ADDED, changing.amend_tender)}
