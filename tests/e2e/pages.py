"""One address of each page type and of each view that readers meet."""

from wagtail.models import Page, get_page_models

from portal.addresses import address
from portal.querysets import visible


def one_of_each_type(language: str = "en") -> list[str]:
    """The longest page of each type in `language`, then search, tags, sign-in and the comment form."""
    paths = []
    first_key = None
    for model in get_page_models():
        pages = visible(model.objects.filter(locale__language_code=language))
        if model is Page or model._meta.app_label == "wagtailcore":
            continue
        page = max(pages, key=lambda page: len(str(page.serializable_data())), default=None)
        assert page is not None, f"the content has no {model.__name__} in {language}"
        paths.append(address(page, None, language))
        if first_key is None and getattr(page, "discussable", False):
            first_key = page.translation_key
    paths += [
        f"/{language}/search/",
        f"/{language}/search/?q=police",
        f"/{language}/search/?q=zzzzz",
        f"/{language}/tags/",
        f"/{language}/discussion/{first_key}/write/",
        "/accounts/login/",
        "/accounts/signup/",
    ]
    return paths
