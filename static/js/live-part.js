// Fetches a part of the page again every 20 s while the page is in view, and changes what is different.
// The browser asks with the ETag it has, so nothing new costs next to nothing.
const SECONDS = 20;
// After somebody pointed at it or scrolled it.
const STILL_FOR = 5000;

// Only what differs is touched: scrolling, focus, what is open and where a screen reader is stay.
const change = (old, fresh) => {
  if (old.nodeName !== fresh.nodeName) return old.replaceWith(fresh);
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.nodeType === Node.ELEMENT_NODE) {
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    for (const { name } of [...old.attributes]) {
      // The reader opened it.
      if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
    }
  }
  changeChildren(old, fresh);
};

const changeChildren = (old, fresh) => {
  const coming = [...fresh.childNodes];
  [...old.childNodes].forEach((node, n) => (n < coming.length ? change(node, coming[n]) : node.remove()));
  old.append(...coming.slice(old.childNodes.length));
};

customElements.define("live-part", class extends HTMLElement {
  connectedCallback() {
    this.shown = "";
    this.touchedAt = -Infinity;
    this.refresh = this.refresh.bind(this);
    for (const act of ["pointermove", "pointerdown", "scroll"]) {
      this.addEventListener(act, () => { this.touchedAt = performance.now(); }, { capture: true, passive: true });
    }
    this.timer = setInterval(this.refresh, SECONDS * 1000);
    document.addEventListener("visibilitychange", this.refresh);
    this.refresh();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.refresh);
  }

  // Who is on a link, or about to press one, must not find another under the finger.
  get isInUse() {
    return performance.now() - this.touchedAt < STILL_FOR || this.querySelector("a:focus, a:active");
  }

  async refresh() {
    if (document.hidden || this.isInUse) return;
    try {
      const answer = await fetch(this.getAttribute("src"), { cache: "no-cache" });
      const html = await answer.text();
      // It may be in use by now.
      if (answer.ok && !this.isInUse) this.show(html);
    } catch {
      // Offline: what stands there stays, and the next round tries again.
    }
  }

  show(html) {
    if (html === this.shown) return;
    this.shown = html;
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    changeChildren(this, fresh.content);
  }
});
