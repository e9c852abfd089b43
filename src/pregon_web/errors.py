"""Pages for what went wrong: one Spanish sentence each, never a traceback."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    return render(request, "frame/error.html", {"title": title, "sentence": sentence, "status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what arrived cannot be understood."""
    del exception
    return _page(
        request, 400, "No entendimos lo que llegó", "Vuelva a la página anterior, recárguela e inténtelo otra vez."
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but not allowed. The exception's own text, where there is one, says who gives permission."""
    sentence = str(exception) or "Su usuario no puede ver esta página. Pida el permiso a quien administra su entidad."
    return _page(request, 403, "Esta página no es para su usuario", sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: it is not here, or not in this institution; both look the same on purpose."""
    del exception
    return _page(
        request,
        404,
        "Esta página no existe",
        "Puede que el enlace esté incompleto o que se haya movido. Vuelva al inicio.",
    )


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many attempts in a short time."""
    del exception
    return _page(request, 429, "Espere un momento", "Hubo demasiados intentos seguidos. Pruebe de nuevo en 5 minutos.")


def fault(request: HttpRequest) -> HttpResponse:
    """500: ours. The code is in the log beside the traceback. Nothing here touches the database."""
    code = getattr(request, "fault_code", "sin código")
    from django.template import loader

    sentence = f"Algo falló de nuestro lado, ya quedó anotado ({code}). Sus datos están como antes."
    body = loader.render_to_string(
        "frame/error.html", {"title": "No pudimos terminar", "sentence": sentence, "status": 500}
    )
    return HttpResponse(body, status=500)


def session_ended(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose session changed meanwhile."""
    del reason
    return _page(
        request,
        403,
        "Su sesión terminó por seguridad",
        "Entre de nuevo y repita el último paso: no se guardó nada a medias.",
    )
