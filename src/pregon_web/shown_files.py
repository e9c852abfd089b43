"""A kept image or video, shown from the office's own address: as what it is, and as nothing that runs.

Only kinds that were told by their content and that a browser draws without running anything. A policy of its own
forbids the answer everything, for who opens it alone in a page. A part of a video may be asked for, as telephones do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from csp.constants import HEADER
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

INLINE: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4"})
"""The kinds that are shown; any other is handed over."""
_RANGE: Final = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")
_CHUNK: Final = 256 * 1024


def show_file(request: HttpRequest, path: Path, content_type: str, name: str) -> HttpResponseBase:
    """The file itself: shown where it is of a kind that is, else handed over under its name."""
    if content_type not in INLINE:
        answer: HttpResponseBase = FileResponse(
            path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
        )
    else:
        answer = _answer_range(request, path, content_type) or FileResponse(
            path.open("rb"), filename=name, content_type=content_type
        )
        answer.headers["Accept-Ranges"] = "bytes"
    answer.headers[HEADER] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # Its address names one content for ever; only this browser may keep it.
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _answer_range(request: HttpRequest, path: Path, content_type: str) -> HttpResponseBase | None:
    """The part that was asked for; None where the whole was, or something that is not a part."""
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked is None or asked.groups() == ("", ""):
        return None
    size = path.stat().st_size
    if asked[1]:
        start, end = int(asked[1]), min(int(asked[2] or size - 1), size - 1)
    else:
        start, end = max(0, size - int(asked[2])), size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(_read(path, start, end - start + 1), status=206, content_type=content_type)
    answer.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    answer.headers["Content-Length"] = str(end - start + 1)
    return answer


def _read(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
