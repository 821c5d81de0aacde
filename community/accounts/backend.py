from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as BaseBackend
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.prepared import PreparedInstances


class AuthenticationBackend(BaseBackend):
    """django-allauth's, which would check the password of an address that has an account twice: as an address, and as
    what might be a user name. How long the answer takes would tell who has one."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        if credentials.get("email") and credentials.get("username") == credentials["email"]:
            del credentials["username"]
        return super()._authenticate(request, **credentials)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """In one query, where Django asks for one's own and then for those of one's groups."""
        if obj is None and user_obj.is_active and not (user_obj.is_superuser or hasattr(user_obj, "_perm_cache")):
            own, of_groups = (
                rows.order_by().values_list("content_type__app_label", "codename")
                for rows in (self._get_user_permissions(user_obj), self._get_group_permissions(user_obj))
            )
            user_obj._perm_cache = {f"{app}.{name}" for app, name in own.union(of_groups)}
        found: set[str] = super().get_all_permissions(user_obj, obj)
        return found

    def get_user(self, user_id: Any) -> Any:
        """With the choices made for the admin, of which each of its pages asks."""
        user = next(iter(_users(user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None


@PreparedInstances.of("wagtail_userprofile", types=[int])
def _users(pk: int) -> QuerySet:
    return get_user_model()._default_manager.filter(pk=pk)
