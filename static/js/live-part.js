// Fetches a part of the page again every 20 s while the page is in view, and changes what is different.
// The browser asks with the ETag it has, so nothing new costs next to nothing.
const SECONDS = 20;

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
    this.refresh = this.refresh.bind(this);
    this.timer = setInterval(this.refresh, SECONDS * 1000);
    document.addEventListener("visibilitychange", this.refresh);
    this.refresh();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.refresh);
  }

  async refresh() {
    // Who is on a link must not find another under the finger.
    if (document.hidden || this.querySelector("a:focus")) return;
    try {
      const answer = await fetch(this.getAttribute("src"), { cache: "no-cache" });
      if (answer.ok) this.show(await answer.text());
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
