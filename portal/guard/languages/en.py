"""English, of the British Isles above all."""

from .language import Language

SUFFIX = r"(?:street|st|str|road|rd|avenue|ave|lane|ln|crescent|cres|gardens|gdns|terrace|mews|boulevard|blvd|drive|grove|quay)"
OTHER = r"(?:court|ct|close|way|place|pl|row|square|sq|hill|view|walk|park|rise|green|parade|dr|gate|heights|croft|house|yard|wharf)"
NOT_COMPOUND = r"(?![\w'’-]|\s(?:lights?|lamps?|patrols?|watch|part(?:y|ies)|art|level|corners?|cameras?|names?|furniture|crime|safety|works?|groups?|people|residents?))"
PLAIN_WORD = (
    r"(?!(?:the|on|in|of|per|every|each|our|your|this|that|these|those|an?|main|local|new|busy|same|different|people|"
    r"residents?|neighbou?rs?|cameras?|hours?|minutes?|days?|weeks?|months?|years?|times?|of|for|from|to|and|or|with|by|at|"
    r"is|are|was|were|city|side|high-street|quiet|dark|other|shops?|houses?|homes?|cars?|metres?|meters?|miles?|km)\b)[^\W\d_][\w'’-]{0,40}"
)

WORDS = Language(
    code="en",
    regions=("GB", "IE", "NL", "BE", "FR", "DE", "US"),
    numbers=(
        "zero|oh|nought|o one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety",
    ),
    streets=(
        rf"\b{{num}},?\s+(?:{PLAIN_WORD}\s+){{1,2}}{SUFFIX}\b{NOT_COMPOUND}",
        rf"\b{{num}},?\s+(?:{{cap}}\s+){{1,3}}(?-i:{SUFFIX.title()}|{OTHER.title()}|{SUFFIX}|{OTHER})\b{NOT_COMPOUND}",
        rf"\b(?:number|no\.?|nr\.?|house|flat|apartment|apt\.?)\s*{{num}},?\s+(?:(?:on|in|of|at|off)\s+)?(?:the\s+)?(?:{{name}}\s+){{1,3}}(?:{SUFFIX}|{OTHER})\b",
        r"\b(?:flat|apartment|apt\.?|unit)\s*{num},?\s+(?:{cap}\s+){1,2}(?:house|court|tower|towers|point|heights|lodge|mansions|estate)\b",
        rf"(?:{{cap}}\s+){{1,3}}(?-i:{SUFFIX.title()}|{OTHER.title()}|Rd|Ave|Ln|St)\.?,?\s+(?:(?:at\s)?(?:no\.?|nr\.?|number|house)\s*)?{{num}}",
        rf"(?:{PLAIN_WORD}\s+)(?:street|road|avenue|lane|crescent|terrace|drive),?\s+(?:no\.?|nr\.?|number|house)\s*{{num}}",
    ),
    foreign_streets=(
        r"\b{num},?\s+(?:{cap}\s+){1,3}(?-i:Street|St|Road|Rd|Avenue|Lane|Drive|Terrace|Crescent|Gardens|Close|Court)\b",
    ),
    lives_at=(
        r"\b(?:lives?|living|lived|resides?|stays?|staying|dwells?|rents?|home(?:\sis)?|house(?:\sis)?|address(?:\sis)?)\s+"
        r"(?:(?:just|over|still|right|alone|there|here|upstairs|next\sdoor|with\s\w+(?:\s\w+)?)\s+)?(?:at|in|on)?\s*"
        r"(?:at\s|number\s|no\.?\s?|nr\.?\s?|flat\s|house\snumber\s|apartment\s)\s*{num}(?!\s(?:people|years?|different|times|degrees))",
        r"\b(?:house|place|home|flat|address|cottage|bungalow)\W{1,3}(?:is\W{1,2})?(?:at\s)?{num},?\s+{cap}",
        r"\b(?:at|from|of|in)\s(?:number|no\.?|nr\.?|house|flat)\s*{num}\b",
    ),
)
