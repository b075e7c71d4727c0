"""The addresses of the log, below /log/."""

from django.urls import path, re_path

from tenderwell.ledger import views

app_name = "ledger"
urlpatterns = [
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("policy", views.policy, name="policy"),
    path("verify.py", views.verifier, name="verifier"),
    re_path(r"\Atile/(?P<path>.+)\Z", views.piece, name="piece"),
]
