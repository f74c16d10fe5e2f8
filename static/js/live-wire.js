// Fetches the live wire's entries anew every 20 s while the page is seen, and puts them in place.
// The browser asks with the ETag it has, so nothing new costs next to nothing.
const SECONDS = 20;

customElements.define("live-wire", class extends HTMLElement {
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
    // Who reads an entry by keyboard must not lose it.
    if (document.hidden || this.contains(document.activeElement)) return;
    try {
      const answer = await fetch(this.getAttribute("src"), { cache: "no-cache" });
      if (answer.ok) this.show(await answer.text());
    } catch {
      // Offline: what stands there stays, and the next round tries again.
    }
  }

  show(html) {
    if (html === this.shown) return;
    const list = this.firstElementChild;
    const scrolled = list ? list.scrollLeft : 0;
    this.shown = html;
    this.innerHTML = html;
    if (this.firstElementChild) this.firstElementChild.scrollLeft = scrolled;
  }
});
