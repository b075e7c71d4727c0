"""Addresses of the evaluation, below a language and /desk/<ocid>/."""

from django.urls import path

from tenderwell.workroom.evaluation import views

app_name = "evaluation"
PLACE = "desk/<str:ocid>/evaluation/"
urlpatterns = [
    path(f"{PLACE}bids/", views.bids, name="bids"),
    path(f"{PLACE}bids/<str:code>/files/<int:position>/", views.bid_file, name="file"),
    path(f"{PLACE}comparison/", views.comparison, name="comparison"),
    path(f"{PLACE}comparison.csv", views.comparison_csv, name="comparison-csv"),
    path(f"{PLACE}shortlist_bids/", views.shortlist, name="shortlist"),
    path(f"{PLACE}submit_scores/", views.scores, name="scores"),
    path(f"{PLACE}agree_scores/", views.agreement, name="agreement"),
]
