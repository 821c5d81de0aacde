"""The languages of the portal: its interface catalogues and its page trees.

The order is the order of the language menu. A language is added here, in `locale/` and in the admin
(Settings, Locales); CONTRIBUTING.md says how.
"""

LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("nl", "Nederlands"),
    ("de", "Deutsch"),
    ("it", "Italiano"),
    ("es", "Español"),
    ("ca", "Català"),
]
LANGUAGE_CODE = "en"
