from .comments import CommentState, State
from .decisions import ModerationDecision
from .members import Member
from .reports import Report
from .threads import DiscussionThread

__all__ = ["CommentState", "DiscussionThread", "Member", "ModerationDecision", "Report", "State"]
