"""Addresses of delivery, below a language and /desk/<ocid>/."""

from django.urls import path

from tenderwell.workroom.delivery import views

app_name = "delivery"
PLACE = "desk/<str:ocid>/delivery/"
urlpatterns = [
    path(f"{PLACE}sign_for_buyer/", views.sign_for_buyer, name="sign-for-buyer"),
    path(f"{PLACE}sign_for_supplier/", views.sign_for_supplier, name="sign-for-supplier"),
    path(f"{PLACE}propose_change/", views.propose_change, name="propose-change"),
    path(f"{PLACE}approve_change/", views.approve_change, name="approve-change"),
    path(f"{PLACE}reject_change/", views.reject_change, name="reject-change"),
]
