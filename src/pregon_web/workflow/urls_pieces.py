"""Addresses of the pieces and their approval."""

from django.urls import path

from pregon_web.workflow.views import approving, pieces

_PIECE = "solicitudes/<int:parent>/piezas/<int:pk>"

urlpatterns = [
    path("solicitudes/<int:parent>/piezas/nueva/", pieces.begin_piece, name="add_piece"),
    path(f"{_PIECE}/", pieces.show_piece, name="piece"),
    path(f"{_PIECE}/cambiar/", pieces.rename_piece, name="change_piece"),
    path(f"{_PIECE}/version/", pieces.bring_version, name="add_version"),
    path(f"{_PIECE}/comentar/", pieces.say_something, name="comment_piece"),
    path(f"{_PIECE}/responder/", pieces.answer, name="answer_gate"),
    path(f"{_PIECE}/enviar/", pieces.send, name="send_piece"),
    path(f"{_PIECE}/enviar/otra-vez/", pieces.send_again, name="send_piece_again"),
    path(f"{_PIECE}/retirar/", pieces.withdraw, name="withdraw_piece"),
    path(f"{_PIECE}/recuperar/", pieces.restore, name="restore_piece"),
    path(f"{_PIECE}/publicar/", pieces.publish, name="publish_piece"),
    path(f"{_PIECE}/versiones/<int:number>/archivo/", pieces.show_piece_file, name="piece_file"),
    path(f"{_PIECE}/versiones/<int:number>/vista.png", pieces.preview_piece, name="piece_preview"),
    path("por-aprobar/", approving.show_waiting, name="waiting"),
    path("por-aprobar/<int:pk>/", approving.open_waiting, name="approve_piece"),
    path("por-aprobar/<int:pk>/decidir/", approving.decide_waiting, name="decide_piece"),
    path("aprobar/<str:token>/", approving.open_link, name="approval_link"),
    path("aprobar/<str:token>/decidir/", approving.decide_by_link, name="decide_by_link"),
    path("aprobacion/reglas/", approving.show_policy, name="approval_rules"),
]
