"""What the write API offers of remedies."""

from tenderwell.workroom.remedies.commands import complain, decide_complaint, withdraw_complaint

COMMANDS = (complain, withdraw_complaint, decide_complaint)
RESULTS = {each: lambda complaint: {"complaint": complaint.code} for each in COMMANDS}
