"""Reading in a process of its own, for old .xls files.

A forged one makes the library ask for more memory than there is and die; that must not take the
server along.
"""

import pickle
import subprocess
import sys
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianshang.core.files.refusals import FileRefused

READER = "lianshang.core.imports.reading.direct"
MOST_SECONDS = 120


def read_isolated(content: bytes, sheet: str) -> Any:
    """What `direct.read_directly` gives, or FileRefused if the reader refused or died."""
    command = [sys.executable, "-m", READER, sheet]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused("corrupt", _("读取超时")) from error
    if done.returncode:
        raise FileRefused("corrupt", _("读取失败"))
    answer = pickle.loads(done.stdout)  # written by our own reader
    if isinstance(answer, str):
        raise FileRefused(answer, _("旧版工作簿（.xls）"))
    return answer
