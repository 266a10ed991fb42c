"""What proved a confirmed value is held as a material, once, for every later application."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.actions.checks import PROOF
from lianshang.apps.enterprises.models import Fact
from lianshang.apps.policies.models import MaterialHeld
from lianshang.apps.policies.queries.proofs import is_confirmed, papers_proving, proof_until
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.files.actions import attach
from lianshang.core.files.queries import attachments_of


@action("policies.keep_proof", gettext_lazy("留存自报信息的凭证"))
def keep_proof(*, actor: User | None, fact: Fact) -> list[MaterialHeld]:
    """The papers that the proof is, by the policies; nothing of what was refused or not checked."""
    proofs = [one for one in attachments_of(fact, PROOF) if not one.is_withdrawn]
    if not proofs or not is_confirmed(fact):
        return []
    held = []
    for kind in papers_proving(fact.quantity.code):
        received = min(one.uploaded_at for one in proofs)
        material, is_new = MaterialHeld.objects.get_or_create(
            fact=fact,
            kind=kind,
            defaults={
                "enterprise": fact.enterprise,
                "valid_until": proof_until(fact),
                "received_on": received.astimezone(clock.zone_time()).date(),
                "given_by": fact.recorded_by,
            },
        )
        held.append(material)
        for proof in proofs if is_new else ():
            file = ContentFile(proof.read(), name=proof.name)
            attach(actor=proof.uploaded_by, subject=material, file=file, purpose="material")
    return held
