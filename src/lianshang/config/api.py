"""The API: every app's router under /api/v1, described by OpenAPI."""

from ninja import NinjaAPI
from ninja.security import django_auth

from lianshang.apps.enterprises.api import router as enterprises
from lianshang.apps.policies.api import router as policies
from lianshang.core.workflow.api import router as duties

api = NinjaAPI(
    title="Lianshang 链上",
    version="1",
    docs_url=None,  # the bundled viewer loads scripts from outside
    auth=django_auth,
    urls_namespace="api",
)
api.add_router("/duties", duties, tags=["duties"])
api.add_router("/enterprises", enterprises, tags=["enterprises"])
api.add_router("/policies", policies, tags=["policies"])
