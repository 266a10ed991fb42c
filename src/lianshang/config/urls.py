"""The address table: every app under its own name; pages of staff exist on the inside face only."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from lianshang.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lianshang.apps.home.urls")),
    path("account/", include("lianshang.core.accounts.door_urls")),
    path("account/", include("lianshang.core.accounts.urls")),
    path("api/v1/", api.urls),
    path("deeds/", include("lianshang.core.workflow.public_urls")),
    path("enterprises/", include("lianshang.apps.enterprises.urls")),
    path("files/", include("lianshang.core.files.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("notices/", include("lianshang.core.notices.urls")),
    path("policies/", include("lianshang.apps.policies.urls")),
    path("search/", include("lianshang.core.search.urls")),
    path("ui/", include("lianshang.core.ui.urls")),
]
if settings.FACE != "outside":
    urlpatterns += [
        path("audit/", include("lianshang.core.audit.urls")),
        path("calendar/", include("lianshang.core.calendars.urls")),
        path("duties/", include("lianshang.core.workflow.urls")),
        path("journal/", include("lianshang.core.journal.urls")),
        path("papers/", include("lianshang.core.papers.urls")),
        path("saved/", include("lianshang.core.saved.urls")),
        path("imports/", include("lianshang.core.imports.urls")),
        path("party/", include("lianshang.apps.party.urls")),
        path("places/", include("lianshang.apps.places.urls")),
        path("practices/", include("lianshang.apps.practices.urls")),
    ]
