// A page of ours is shown where one cannot be loaded; asked for once this one is there and at rest.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => (window.requestIdleCallback || setTimeout)(() => {
    // Private windows may refuse it: then the browser says what it says.
    navigator.serviceWorker.register("/service-worker.js").catch(() => {});
  }));
}
