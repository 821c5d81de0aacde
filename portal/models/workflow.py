from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class PageApproval(AbstractGroupApprovalTask):
    """Approval by a group. A draft that is not ready for publication cannot be approved until it is."""

    class Meta:
        verbose_name = _("approval of complete pages")
        verbose_name_plural = _("approvals of complete pages")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        from ..publishing import shortcomings

        actions = super().get_actions(obj, user)
        if actions and shortcomings(obj):
            return [action for action in actions if action[0] != "approve"]
        return actions

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the groups approve a page or ask for changes. Incomplete pages cannot be approved.")
