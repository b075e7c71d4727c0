// Runs before the first paint: hides what app.js will fold, so that nothing jumps.
(function (root) {
  if (!("noModule" in HTMLScriptElement.prototype)) return;
  root.classList.add("js");
  // If app.js does not arrive, show everything again.
  setTimeout(function () {
    if (!root.classList.contains("ready")) root.classList.remove("js");
  }, 5000);
})(document.documentElement);
