"""The sealing client on a member's page: its script, its settings, its place; it needs JavaScript."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from tenderwell.ui.sealing_texts import translated
from tenderwell.workroom.bidding.client_files import url_and_integrity

register = template.Library()
DATA = {"tender": "tender-file", "bids": "bids", "closing": "closing-proof"}


@register.simple_tag
def member_client(task: str, ocid: str) -> SafeString:
    """task: "key" to make and prove a key, "release" to take the shares out."""
    script = url_and_integrity("sealing/member.js")
    if not script:
        return SafeString("")
    urls = {name: reverse(f"bidding:{page}", args=(ocid,)) for name, page in DATA.items()}
    urls["policy"] = reverse("ledger:policy")
    config: dict[str, Any] = {"task": task, "ocid": ocid, "suite": "pq", "urls": urls, "texts": translated()}
    return format_html(
        '<div id="sealing"></div>{}<script defer src="{}" integrity="{}"></script>',
        json_script(config, "sealing-config"),
        script["url"],
        script["integrity"],
    )
