"""What the access tests put in the ledger: one row of each kind, with the canary in every text."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records import publishing
from pregon.records.publishing import ObservationStatus
from pregon_web import vault
from pregon_web.ledger.models import Channel, Evidence, Publication
from pregon_web.ledger.services import add_record, record_observations
from tests.web.records import QUARTER
from tests.web.towns import Town

T4 = str(QUARTER)
MONTH = "2025-11"


def furnish(town: Town, canary: str) -> dict[str, object]:
    """A channel, an evidence with its file, a publication and an observation; and what their addresses take."""
    access = town.access()
    code = f"canal-{canary.lower()}"
    channel = add_record(access=access, row=Channel(code=code, name=f"Canal {canary}", platform="x", position=50))
    unused = add_record(
        access=access, row=Channel(code=f"otro-{canary.lower()}", name=f"Otro {canary}", platform="other", position=51)
    )
    evidence = add_record(access=access, row=Evidence(channel=channel, **_evidence(town, canary)))
    publication = add_record(
        access=access,
        row=Publication(
            period=T4,
            reference=f"PUB-{canary}",
            channel=channel,
            kind="post",
            published_on=date(2025, 11, 4),
            title=f"Publicación {canary}",
            text=f"Texto {canary}",
            link=f"https://example.invalid/{canary}",
            campaign=canary,
            evidence=evidence,
        ),
    )
    observation = publishing.Observation(
        metric="views",
        channel=code,
        period=Period.parse(MONTH),
        status=ObservationStatus.VALUE,
        amount=Amount.exact(41),
        source=f"Panel {canary}",
        evidence=evidence.reference,
        note=f"Nota {canary}",
    )
    record_observations(access=access, period=T4, observations=[observation])
    pks = {
        **dict.fromkeys(
            ("publication", "change_publication", "remove_publication", "correct_publication"), publication.pk
        ),
        **dict.fromkeys(
            (
                "evidence_record",
                "change_evidence",
                "remove_evidence",
                "attach_evidence",
                "check_evidence",
                "download_evidence",
                "preview_evidence",
            ),
            evidence.pk,
        ),
        **dict.fromkeys(("channel", "change_channel", "move_channel", "use_channel"), channel.pk),
        "remove_channel": unused.pk,
    }
    return {
        "period": T4,
        "suffix": "csv",
        "step": "subir",
        "channel": code,
        "code": "views",
        "month": MONTH,
        **{f"{name}.pk": pk for name, pk in pks.items()},
    }


def _evidence(town: Town, canary: str) -> dict[str, object]:
    """A stored file whose content is of this institution alone."""
    content = f"Fecha;{canary}\r\n".encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(content)
        vault.keep_file(town.institution.pk, path)
    return {
        "period": T4,
        "reference": f"EV-{canary}",
        "title": f"Evidencia {canary}",
        "file": f"{canary}.csv",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "content_type": "text/plain",
        "is_stored": True,
        "section": "platform_statistics",
        "month": MONTH,
        "series": f"Serie {canary}",
    }
