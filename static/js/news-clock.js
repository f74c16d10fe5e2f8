// Keeps the masthead's clocks right on a page that stays open or came from a cache.
customElements.define("news-clock", class extends HTMLElement {
  connectedCallback() {
    this.tick();
    this.timer = setInterval(() => this.tick(), 5000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const now = new Date();
    for (const hour of this.querySelectorAll("[data-zone]")) {
      const shown = now.toLocaleTimeString("en-GB", { timeZone: hour.dataset.zone, hour: "2-digit", minute: "2-digit" });
      if (hour.textContent !== shown) hour.textContent = shown;
    }
    // Browsers do not know the names of zones as we write them.
    for (const item of this.querySelectorAll("[data-changes]")) {
      if (now < new Date(item.dataset.changes)) continue;
      item.querySelector(".clocks__zone").textContent = item.dataset.next;
      item.removeAttribute("data-changes");
    }
  }
});
