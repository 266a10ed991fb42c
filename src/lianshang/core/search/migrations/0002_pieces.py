"""The database function that cuts text into single characters and pairs of neighbours."""

from django.db import migrations

CREATE = r"""
CREATE FUNCTION search_pieces(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH plain AS (
        SELECT regexp_replace(lower(normalize(words, NFKC)), '[^[:alnum:]一-鿿]+', ' ', 'g') AS text
    ), characters AS (
        SELECT place, substr(text, place, 1) AS one, substr(text, place, 2) AS two
          FROM plain, generate_series(1, length(text)) AS place
    )
    SELECT coalesce(array_agg(DISTINCT piece), '{}')
      FROM characters, LATERAL (VALUES (one), (two)) AS pieces(piece)
     WHERE piece !~ ' ' AND piece <> ''
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION search_pieces(text)")]
