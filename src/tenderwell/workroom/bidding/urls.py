"""Addresses of bidding, below a language and /desk/<ocid>/."""

from django.urls import path

from tenderwell.workroom.bidding import browser, downloads, views

app_name = "bidding"
PLACE = "desk/<str:ocid>/bidding/"
urlpatterns = [
    path(PLACE, views.home, name="home"),
    path(f"{PLACE}submit_bid/", views.submit, name="submit"),
    path(f"{PLACE}declare_bid/", views.declare, name="declare"),
    path(f"{PLACE}deliver_payload/", views.deliver, name="deliver"),
    path(f"{PLACE}withdraw_bid/", views.withdraw, name="withdraw"),
    path(f"{PLACE}seal/", browser.seal, name="seal"),
    path(f"{PLACE}parts/<str:sha256>/", browser.part, name="part"),
    path(f"{PLACE}hand_in/", browser.hand_in, name="hand-in"),
    path(f"{PLACE}tender.json", downloads.tender_json, name="tender-file"),
    path(f"{PLACE}receipts/<str:commitment>/", views.receipt, name="receipt"),
    path(f"{PLACE}receipts/<str:commitment>.tlog-proof", downloads.receipt_file, name="receipt-file"),
    path(f"{PLACE}receipts/<str:commitment>.json", downloads.receipt_json, name="receipt-json"),
    path(f"{PLACE}refusals/<str:commitment>/", views.refusal, name="refusal"),
    path(f"{PLACE}refusals/<str:commitment>.txt", downloads.refusal_file, name="refusal-file"),
    path(f"{PLACE}committee/", views.committee, name="committee"),
    path(f"{PLACE}register_member_key/", views.register_key, name="register-key"),
    path(f"{PLACE}rehearse_opening/", views.rehearse, name="rehearse"),
    path(f"{PLACE}rehearsal.json", downloads.rehearsal_json, name="rehearsal"),
    path(f"{PLACE}bids.json", downloads.bids_to_open, name="bids"),
    path(f"{PLACE}closing.tlog-proof", downloads.closing_proof, name="closing-proof"),
    path(f"{PLACE}hand_over_shares/", views.hand_over, name="hand-over"),
    path(f"{PLACE}handover.json", downloads.handover_json, name="handover"),
    path(f"{PLACE}release_shares/", views.release, name="release"),
    path(f"{PLACE}release_price_shares/", views.release, name="release-prices"),
    path(f"{PLACE}opening/", views.opening, name="opening"),
    path(f"{PLACE}bids/<str:code>/files/<int:position>/", downloads.bid_file, name="bid-file"),
]
