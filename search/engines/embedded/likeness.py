"""Which pages are like a page: those that share its traits, the rarer the better."""

from collections.abc import Collection, Mapping

from django.db import connection

from ...shown import Shown
from ...traits import marker

# The share of what tells of a page that another has to have. Below it, the pages of the first content have but
# everyday words in common.
ALIKE = 0.1

# A trait is worth what BM25 would make of its rarity in its language (see `bm25.rarity`), once for each of two pages.
# Language by language: a trait carries its language in its name.
QUERY = """
WITH mine AS (
    SELECT trait.code, document.language, trait.weight,
        (SELECT COUNT(*) FROM search_trait other WHERE other.code = trait.code) + 0.5 AS holding,
        (SELECT COUNT(*) FROM search_trait other WHERE other.code = document.language || %s) + 1.0 AS texts
    FROM search_document document JOIN search_trait trait ON trait.document_id = document.id
    WHERE document.page_id IN ({pages}) AND NOT document.is_part AND trait.weight > 0
),
rare AS (SELECT code, language, weight, LN(1 + (texts - holding) / holding) AS rarity FROM mine),
told AS (SELECT code, language, weight, weight * rarity * rarity AS worth FROM rare),
whole AS (SELECT language, SUM(weight * worth) AS worth FROM told GROUP BY language),
alike AS (
    SELECT trait.document_id, SUM(trait.weight * told.worth) / MAX(whole.worth) AS likeness
    FROM told JOIN whole ON whole.language = told.language JOIN search_trait trait ON trait.code = told.code
    GROUP BY trait.document_id
    HAVING SUM(trait.weight * told.worth) >= %s * MAX(whole.worth)
)
SELECT shown.subject FROM alike JOIN ({shown}) shown ON shown.id = alike.document_id
ORDER BY alike.likeness DESC, shown.subject LIMIT %s
"""


def similar(pages: Mapping[str, int], shown: Shown, *, without: Collection[str], limit: int) -> list[str]:
    """Takes one query. A subject may come once for each language that is compared."""
    candidates = shown.on_pages.filter(is_part=False).exclude(subject__in=list(without)).order_by()
    candidates_sql, params = candidates.values_list("id", "subject").query.sql_with_params()
    ids = list(pages.values())
    sql = QUERY.format(pages=", ".join(["%s"] * len(ids)), shown=candidates_sql)
    with connection.cursor() as cursor:
        cursor.execute(sql, [marker(""), *ids, ALIKE, *params, limit * len(ids)])
        return list(dict.fromkeys(subject for (subject,) in cursor.fetchall()))[:limit]
