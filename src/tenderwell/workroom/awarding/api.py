"""What the write API offers of awarding."""

from tenderwell.workroom.awarding.commands import award_directly, cancel_process, decide_award, end_without_award

COMMANDS = (decide_award, award_directly, end_without_award, cancel_process)
RESULTS = {
    decide_award: lambda awards: {"awards": [award.code for award in awards]},
    award_directly: lambda award: {"award": award.code},
}
