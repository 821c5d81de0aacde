"""Letters that any part of the site may have sent.

    @message("statement")
    def statement(decision_id: str) -> Letter | None: ...

    queue("statement", decision.pk)   # in the transaction that gives the reason to write

The outbox keeps names and ids alone. What the letter says, to whom, and whether there is still anything to say, is
found out when it is sent: the function returns None where the person is gone, has lost access, has stopped the notices,
or where what it is about is not shown any more. So nothing is told that is not true at that moment, and nothing that
has to be erased waits in the outbox.

The community delivers them (`community.mail`): it knows at which address an account is reached.
"""

from .letters import Letter, message
from .queueing import queue, queue_all, queue_missed

__all__ = ["Letter", "message", "queue", "queue_all", "queue_missed"]
