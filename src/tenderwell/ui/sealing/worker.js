// Seals in a thread of its own, so that the page stays alive; each finished part goes to the browser's own store.
import { seal } from "./seal.js";
import { keepPart, keepSealed } from "./store.js";

self.addEventListener("message", async ({ data }) => {
  const { place, bid, committee, files } = data;
  let count = 0;
  let told = 0;
  const progress = (done, total) => {
    if (done - told < total / 200 && done < total) return;
    told = done;
    self.postMessage({ progress: total ? done / total : 1 });
  };
  try {
    const write = async (part) => keepPart(place, (count += 1) - 1, new Blob([part]));
    const { header, commitment } = await seal(bid, { committee, files, write, progress });
    await keepSealed(place, { header, commitment, count });
    self.postMessage({ done: commitment });
  } catch (error) {
    self.postMessage({ failed: error.message });
  }
});
