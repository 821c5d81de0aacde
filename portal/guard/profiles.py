"""Pages and handles of persons on social networks. Those of authorities, groups and events pass."""

import re
from collections.abc import Collection, Iterator

from .folding import bare, fold
from .official import is_official_account

Span = tuple[int, int]

HANDLE = r"[\w][\w.-]{1,60}"
LINK = re.compile(
    r"(?<![\w@])(?:https?://)?(?:(?:www|m|mobile|web|[a-z]{2}|[a-z]{2}-[a-z]{2})\.)?(?:"
    r"(?:facebook|fb)\.(?:com|me)/(?:people/|profile\.php\?id=)?"
    r"|instagram\.com/|instagr\.am/|(?:twitter|x)\.com/|tiktok\.com/@|threads\.(?:net|com)/@|linkedin\.com/in/|linkedin\.com/pub/"
    r"|(?:t|telegram)\.me/|snapchat\.com/(?:add|t)/|youtube\.com/(?:@|user/|c/)|vk\.com/|bsky\.app/profile/"
    r"|twitch\.tv/|pinterest\.[a-z.]{2,6}/|reddit\.com/(?:u|user)/|strava\.com/athletes/|onlyfans\.com/|discord(?:app)?\.com/users/"
    r"|mastodon\.[a-z]{2,10}/@|[\w.-]{3,40}/@(?!\d+\.\d)|tumblr\.com/|flickr\.com/people/|medium\.com/@|github\.com/|xing\.com/profile/"
    rf")(?P<handle>{HANDLE})(?:/[\w./-]*)?",
    re.IGNORECASE,
)
NOT_A_PERSON = re.compile(
    r"(?:groups?|events?|pages?|watch|sharer?|share\.php|hashtag|search|p|reel|reels|stories|explore|intent|i|help|home|"
    r"policies|legal|privacy|about|joinchat|s|status|marketplace|photo|photo\.php|story\.php|video|videos|live|login|public|business|tv|media|ads)",
    re.IGNORECASE,
)
SOCIAL = (
    r"insta(?:gram)?|ig|facebook|fb|twitter|tiktok|snap(?:chat)?|telegram|linkedin|threads|mastodon|bluesky|bsky|discord|vk|"
    r"vinted|twitch|messenger|signal|strava|skype|youtube"
)
AT_HANDLE = re.compile(
    rf"(?<![\w@/.])@(?P<handle>[^\W\d]{HANDLE}|(?!\d+\.\d)\w[\w.]*[\d_][\w.]*)(?:@[\w-]+(?:\.[\w-]+)+)?"
)
# "insta: piet_123", "on Instagram he is piet.123", "snap = kevinnn04": a name that is no word of any language.
NAMED = re.compile(
    rf"\b(?:{SOCIAL})\b(?:\s?(?:account|handle|naam|name|profil\w*|perfil|profilo|compte|compta|cuenta|konto|conto|user(?:name)?))?"
    rf"(?:\s?[:=]\s?|\W{{1,3}}(?:[^\W\d_]{{1,10}}\W{{1,2}}){{0,5}}?)(?P<handle>(?=[\w.-]*[\d_.])[^\W\d][\w.-]{{2,40}}\w)(?![\w@/]|\.\w)",
    re.IGNORECASE,
)
COLON = re.compile(rf"\b(?:{SOCIAL})\b(?:\s\w{{1,12}})?\s?[:=]\s?(?P<handle>[^\W\d][\w.-]{{3,40}})", re.IGNORECASE)
REDDIT = re.compile(r"(?<![\w/])/?u/(?P<handle>[\w-]{3,30})")
# "See you @home"
NO_HANDLE = frozenset(
    [
        "home",
        "work",
        "school",
        "night",
        "all",
        "everyone",
        "everybody",
        "here",
        "channel",
        "media",
        "work",
        "the",
        "you",
        "noon",
        "alle",
        "allen",
        "iedereen",
        "todos",
        "tutti",
        "tous",
        "tothom",
    ]
)
DOMAIN_END = re.compile(r"\.(?:com|nl|be|fr|de|it|es|cat|eu|org|net|uk|info)$", re.IGNORECASE)


def find(text: str, known: Collection[str] = ()) -> Iterator[Span]:
    """`known`: names and handles of people who take part here; they may be spoken to."""
    if "/" in text:
        yield from (match.span() for match in LINK.finditer(text) if _is_personal(match))
        yield from (match.span() for match in REDDIT.finditer(text))
    if "@" in text:
        here = {name for name in (bare(fold(one).text).strip() for one in known) if name}
        plain = bare(text)
        for match in AT_HANDLE.finditer(text):
            handle = match["handle"].rstrip(".-")
            end = match.start() + len(match.group().rstrip(".-"))
            if handle.lower() in NO_HANDLE or is_official_account(handle) or len(handle) <= 2:
                continue
            if not _is_of_somebody_here(plain, match.start("handle"), end, here):
                yield match.start(), end
    for pattern in (NAMED, COLON):
        for match in pattern.finditer(text):
            handle = match["handle"].rstrip(".-")
            if not is_official_account(handle) and not DOMAIN_END.search(handle) and _is_invented(handle, pattern):
                yield match.start(), match.start("handle") + len(handle)


def _is_of_somebody_here(plain: str, start: int, end: int, here: Collection[str]) -> bool:
    """Whether a whole name stands there: "@Hilda van Dam", not her first name alone, nor an account elsewhere that
    only begins like it."""
    return any(
        start + len(name) >= end
        and plain.startswith(name, start)
        and not plain[start + len(name) : start + len(name) + 1].isalnum()
        for name in here
    )


def _is_personal(match: re.Match[str]) -> bool:
    handle = match["handle"].rstrip(".-")
    return len(handle) > 1 and not NOT_A_PERSON.fullmatch(handle) and not is_official_account(handle)


def _is_invented(handle: str, pattern: re.Pattern[str]) -> bool:
    inner = re.search(r"[\d_]|[a-z]\.[a-z]", handle, re.IGNORECASE)
    return bool(inner) if pattern is NAMED else bool(inner) or handle.islower()
