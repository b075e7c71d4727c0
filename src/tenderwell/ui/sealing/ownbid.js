// On the receipt: what this bid says, from the copy that this browser kept when it was sealed.
import { downloadLink, h, paragraph, say, speak } from "./dom.js";
import { filesOf } from "./prices.js";
import { readBack } from "./readback.js";
import { copyAt } from "./store.js";

const root = document.getElementById("own-bid");
const config = JSON.parse(document.getElementById("sealing-config").textContent);

speak(config.texts);
begin();

async function begin() {
  const copy = await copyAt(config.bidder.id, config.commitment);
  const found = copy ? shown(copy) : [paragraph(say("copyNone"))];
  root.replaceChildren(h("h2", { class: "govuk-heading-m" }, say("copyTitle")), ...found);
}

function shown({ asked, response, files }) {
  const [bid] = filesOf(response, { bidder: config.bidder, files: [] });
  const link = downloadLink("bid.json", bid.blob);
  return [paragraph(say("copyKept")), readBack({ tender: asked, response, files, language: config.language }), paragraph(link)];
}
