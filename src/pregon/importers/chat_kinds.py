"""What a message of a chat's export is: text, image, deleted… by the words WhatsApp writes in its place.

Spanish and English, Android and iOS. On iOS a mark that cannot be seen (U+200E) stands before what the program wrote
and not the person. A caption stands on the line after an attachment, or on iOS before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from pregon.figures.words import fold

MARK: Final = "\u200e"
_LOOKED_AT: Final = 400
"""Letters at the beginning and at the end of a line that say what it is."""


class Kind(StrEnum):
    """What was sent; the values are the Spanish words that a count of them is told by."""

    TEXT = "texto"
    IMAGE = "imagen"
    VIDEO = "video"
    DOCUMENT = "documento"
    AUDIO = "audio"
    STICKER = "sticker"
    POLL = "encuesta"
    MEDIA = "archivo omitido sin decir cuál"
    OTHER = "otro"
    DELETED = "eliminado"


_ENDINGS: Final = {
    Kind.IMAGE: "jpg jpeg png heic heif gif bmp tif tiff",
    Kind.VIDEO: "mp4 3gp mov m4v avi mkv webm",
    Kind.AUDIO: "opus ogg m4a mp3 aac amr wav",
    Kind.STICKER: "webp was",
    Kind.OTHER: "vcf",
}
_KIND_OF_ENDING: Final = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}
_DELETED: Final = re.compile(
    r"(?:se elimino|eliminaste|has eliminado|elimino) (?:este|un) mensaje\b.{0,40}"
    r"|este mensaje (?:fue|se) elimin(?:o|ado)\b.{0,40}"
    r"|(?:you deleted this message|this message was deleted)\b.{0,40}"
)
_ATTACHED: Final = re.compile(r"\S.{0,250}\.(?P<ending>[a-z0-9]{1,5}) \((?:archivo adjunto|file attached)\)")
_ATTACHED_ON_IOS: Final = re.compile(
    r"(?:.*[^<>])?<(?:archivo )?(?:adjunto|attached): ?[^<>]{1,250}\.(?P<ending>[a-z0-9]{1,5})>"
)
_OMITTED: Final = re.compile(
    r"(?:.{0,300}?[ •])?(?P<what>imagen|foto|image|photo|video|gif|sticker|audio|mensaje de voz|voice message|documento"
    r"|document|tarjeta de contacto|contact card|nota de video|video note|video message) (?:omitid[oa]|omitted)"
)
_OMITTED_KINDS: Final = {
    "imagen": Kind.IMAGE,
    "foto": Kind.IMAGE,
    "image": Kind.IMAGE,
    "photo": Kind.IMAGE,
    "gif": Kind.IMAGE,
    "video": Kind.VIDEO,
    "nota de video": Kind.VIDEO,
    "video note": Kind.VIDEO,
    "video message": Kind.VIDEO,
    "sticker": Kind.STICKER,
    "audio": Kind.AUDIO,
    "mensaje de voz": Kind.AUDIO,
    "voice message": Kind.AUDIO,
    "documento": Kind.DOCUMENT,
    "document": Kind.DOCUMENT,
    "tarjeta de contacto": Kind.OTHER,
    "contact card": Kind.OTHER,
}
_MEDIA: Final = re.compile(r"<[^<>]{0,60}\b(?:omitid[oa]s?|omitted)>|se omitio el (?:archivo )?multimedia")
_POLL: Final = re.compile(r"(?:encuesta|poll):")
_PLACE: Final = re.compile(r"(?:ubicacion|location|ubicacion en tiempo real|live location)(?::| shared| compartida)")
_EDITED: Final = re.compile(r"\s*<(?:se edito este mensaje|this message was edited)\.?>$")
_BEGINNING: Final = re.compile(
    r"cifrad[oa]s? de extremo a extremo|end-to-end encrypted|cre(?:o|aste) (?:el|este) grupo|created (?:this )?group"
)
_CREATED: Final = re.compile(r"cre(?:o|aste) (?:el|este) grupo|created (?:this )?group")
_JOINING: Final = re.compile(
    r"\bte (?:anadio|agrego)\b|\bte uniste\b|added you\b|you joined\b|(?:fuiste|has sido) (?:anadid|agregad)"
)
_DID: Final = re.compile(
    r"\b(?:cambio|cambiaste|changed|creo|creaste|created|anadio|anadiste|agrego|agregaste|added|elimino|eliminaste"
    r"|removed|fijo|fijaste|pinned)\b"
)
_NOTICE: Final = re.compile(
    r"cifrad[oa]s? de extremo|end-to-end encrypted|\b(?:cre(?:o|aste)) (?:el|este|la) (?:grupo|comunidad)"
    r"|\bcreated (?:this )?(?:group|community)|\b(?:anadio|agrego|anadiste|agregaste) a\b|\badded\b"
    r"|\b(?:cambio|cambiaste|changed)\b.{0,40}\b(?:asunto|nombre|icono|foto|imagen|descripcion|ajustes|configuracion"
    r"|numero|subject|name|icon|photo|description|settings|number|admins?)\b"
    r"|\b(?:salio|saliste) del grupo|\bleft\b|\b(?:elimino|expulso|saco|eliminaste) a\b|\bremoved\b"
    r"|\bse uni(?:o|eron)\b|\bjoined\b|\bcodigo de seguridad\b|\bsecurity code\b|mensajes temporales"
    r"|disappearing messages|\b(?:fijo|fijaste|pinned) (?:un|a) (?:mensaje|message)|administrador|\badmin\b"
    r"|llamada|\bcall\b|\b(?:te uniste|te anadio|te agrego|you joined)\b"
)


def is_system(name: str, body: str, *, is_ios: bool) -> bool:
    """Whether the program itself says a line: «Ana cambió el asunto a «Hoy: feria»», on iOS «Grupo: ‎Ana añadió…»."""
    if len(name.split()) > 2 and _DID.search(fold(name)):
        return True
    if not is_ios or not body.lstrip().startswith(MARK):
        return False
    return classify([body]) is Kind.TEXT and _NOTICE.search(fold(body[:_LOOKED_AT])) is not None


def is_beginning(notice: str) -> bool:
    """Whether a notice is the first one of a chat."""
    return _BEGINNING.search(fold(notice)) is not None


def is_joining(notice: str) -> bool:
    """Whether a notice says that the phone's owner was brought in: what was said before is not there."""
    said = fold(notice)
    return _JOINING.search(said) is not None and not _CREATED.search(said)


def classify(body: Sequence[str]) -> Kind:
    """The kind of a message, from its lines."""
    first = _EDITED.sub("", fold(body[0][:_LOOKED_AT]))
    is_short = len(body) == 1 and len(body[0]) <= _LOOKED_AT
    last = first if is_short else _EDITED.sub("", fold(body[-1][-_LOOKED_AT:]))
    if len(body) == 1 and _DELETED.fullmatch(first):
        return Kind.DELETED
    if found := _ATTACHED.fullmatch(first) or _ATTACHED_ON_IOS.fullmatch(last) or _ATTACHED_ON_IOS.fullmatch(first):
        return _KIND_OF_ENDING.get(found["ending"], Kind.DOCUMENT)
    if _MEDIA.fullmatch(first):
        return Kind.MEDIA
    if found := _omitted(body, first, last):
        return _OMITTED_KINDS[found["what"]]
    if _POLL.match(first) and len(body) > 1:
        return Kind.POLL
    if _PLACE.match(first) and (MARK in body[0] or "http" in first):
        return Kind.OTHER
    return Kind.OTHER if first == "null" and len(body) == 1 else Kind.TEXT


def _omitted(body: Sequence[str], first: str, last: str) -> re.Match[str] | None:
    """«imagen omitida» alone in the first line, or at the end of any with the mark that a person cannot type."""
    found = _OMITTED.fullmatch(first)
    if found and (first.startswith(found["what"]) or MARK in body[0]):
        return found
    found = _OMITTED.fullmatch(last)
    return found if found and MARK in body[-1] else None
