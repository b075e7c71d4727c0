"""What the write API offers of engagement."""

from tenderwell.workroom.engagement.commands import answer_comment, close_engagement, comment, publish_early_notice

COMMANDS = (publish_early_notice, comment, answer_comment, close_engagement)
RESULTS = {comment: lambda made: {"comment": made.code}}
