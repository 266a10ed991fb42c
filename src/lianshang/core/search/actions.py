"""Keeping the search index."""

from collections.abc import Collection

from django.db import connection
from django.utils.translation import gettext_lazy

from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.search.models import SearchEntry
from lianshang.core.search.sources import searchables

UPSERT = """
    INSERT INTO search_searchentry (label, object_pk, title, subtitle, url, pieces)
    SELECT DISTINCT ON (object_pk) %s, object_pk, title, subtitle, url,
           search_pieces(title || ' ' || keywords)
      FROM entries
    ON CONFLICT (label, object_pk) DO UPDATE
       SET title = excluded.title, subtitle = excluded.subtitle, url = excluded.url,
           pieces = excluded.pieces
     WHERE (search_searchentry.title, search_searchentry.subtitle, search_searchentry.pieces)
           IS DISTINCT FROM (excluded.title, excluded.subtitle, excluded.pieces)
"""


@action("search.index", gettext_lazy("更新搜索索引"))
def index(*, actor: User | None, label: str, pks: Collection[int] | None = None) -> int:
    """Index some (None: all) things of a kind; those that no longer exist leave the index.

    Returns how many entries were read.
    """
    wanted = list(pks) if pks is not None else None
    # Read before the COPY begins: a connection does one thing at a time.
    found = [
        (one.pk, one.title[:200], one.subtitle[:300], one.url, one.keywords)
        for one in searchables()[label].read(wanted)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE entries (object_pk bigint, title text, subtitle text, url text,"
            " keywords text) ON COMMIT DROP"
        )
        with cursor.copy("COPY entries FROM STDIN") as copy:
            for row in found:
                copy.write_row(row)
        cursor.execute(UPSERT, [label])
        cursor.execute("DROP TABLE entries")
    stale = SearchEntry.objects.filter(label=label).exclude(object_pk__in=[row[0] for row in found])
    (stale if wanted is None else stale.filter(object_pk__in=wanted)).delete()
    return len(found)
