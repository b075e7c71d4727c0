// Wraps a key by a passphrase, and opens such a key file, in a thread of its own: either takes some seconds on purpose.
import { unwrapIdentity, wrapIdentity } from "./keys.js";

self.addEventListener("message", async ({ data }) => {
  const { identity, wrapped, passphrase } = data;
  try {
    self.postMessage({ done: await (identity ? wrapIdentity(identity, passphrase) : unwrapIdentity(wrapped, passphrase)) });
  } catch (error) {
    self.postMessage({ failed: error.message || "failed" });
  }
});
