from .acts import ModerationAct
from .alerts import ModeratorAlert
from .appeals import Appeal
from .applications import Application
from .canned_replies import CannedReply
from .claims import Claim
from .comments import CommentState, State
from .decisions import ModerationDecision
from .duty import DutyContact
from .erasures import Erasure, RetiredName
from .evidence import Act, Adoption, Credit, Outcome, PracticeEvidence
from .groups import GroupText, Membership, Practitioner, WorkingGroup
from .legal_holds import LegalHold
from .members import Member
from .messages import GroupMessage
from .notes import ModeratorNote
from .private_feeds import PrivateFeed
from .reactions import Reaction, ReactionKind
from .redactions import Redaction
from .relayed import RelayedMessage
from .reports import Report
from .revisions import CommentRevision, Mention
from .sanctions import Sanction
from .stopped_addresses import StoppedAddress
from .subscriptions import Frequency, Scope, Subscription
from .summaries import GroupSummary, Quote
from .threads import DiscussionThread
from .watched_words import WatchedWord

__all__ = [
    "Act",
    "Adoption",
    "Appeal",
    "Application",
    "CannedReply",
    "Claim",
    "CommentRevision",
    "CommentState",
    "Credit",
    "DiscussionThread",
    "DutyContact",
    "Erasure",
    "Frequency",
    "GroupMessage",
    "GroupSummary",
    "GroupText",
    "LegalHold",
    "Member",
    "Membership",
    "Mention",
    "ModerationAct",
    "ModerationDecision",
    "ModeratorAlert",
    "ModeratorNote",
    "Outcome",
    "PracticeEvidence",
    "Practitioner",
    "PrivateFeed",
    "Quote",
    "Reaction",
    "ReactionKind",
    "Redaction",
    "RelayedMessage",
    "Report",
    "RetiredName",
    "Sanction",
    "Scope",
    "State",
    "StoppedAddress",
    "Subscription",
    "WatchedWord",
    "WorkingGroup",
]
