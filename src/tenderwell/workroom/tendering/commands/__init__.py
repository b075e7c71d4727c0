"""What people do with a tender: draft it, publish it, ask and answer, change it."""

from tenderwell.workroom.tendering.commands import changing, drafting, publishing, questions

__all__ = ["changing", "drafting", "publishing", "questions"]
