"""The ASGI application that granian serves."""

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianshang.config.settings")
# whitenoise hands files over as plain iterators; Django reads them into memory, which for our
# small static files is all right.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")
application = get_asgi_application()
