"""The true figures behind the registers, under the codes of policies/catalogue.yaml.

One firm's figures fit together: profit follows revenue, tax follows profit, R&D by each
programme's own count comes out of the same cost items, and the staff at the end of one year is
the staff at the start of the next.
"""

from lianshang.cli.demo.books.figures import Figures, keep_books
from lianshang.cli.demo.books.rights import Title

__all__ = ["Figures", "Title", "keep_books"]
