// <desk-presence>: on the page of somebody who only reads an article, says to the desk that it is
// open, and to the reader who else is at it. data-url is what <desk-keeping> asks, too.
(() => {
  const ROUND = 30_000;

  customElements.define("desk-presence", class extends HTMLElement {
    connectedCallback() {
      setInterval(() => this.ask(), ROUND);
    }

    async ask() {
      const answer = await fetch(this.dataset.url, { headers: { accept: "application/json" } }).catch(() => undefined);
      if (answer?.ok) this.textContent = (await answer.json()).others.join(" · ");
    }
  });
})();
