from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class PageApproval(AbstractGroupApprovalTask):
    """Approval by a group. A draft that is not ready for publication cannot be approved until it is."""

    class Meta:
        verbose_name = _("approval of complete pages")
        verbose_name_plural = _("approvals of complete pages")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        from ..publishing import objection, shortcomings

        actions = super().get_actions(obj, user)
        if actions and (objection(obj, user) or shortcomings(obj)):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Not only the button is missing: whoever sends the form all the same is told why."""
        from ..publishing import objection

        if action_name == "approve" and (text := objection(task_state.workflow_state.content_object, user)):
            raise PermissionDenied(text)
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the groups approve a page or ask for changes. Incomplete pages cannot be approved.")
