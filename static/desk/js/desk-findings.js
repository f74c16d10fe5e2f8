// <desk-findings>: asks the server for findings while you write, and leads to their sentences.
customElements.define("desk-findings", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.pane = this.querySelector("[data-findings]");
    for (const type of ["input", "change"]) this.form.addEventListener(type, () => this.soon());
    for (const type of ["formset:added", "formset:removed"]) document.addEventListener(type, () => this.soon());
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-goto]");
      if (button) this.goTo(button.dataset);
    });
    this.show();
    if (!this.querySelector(".coverage")) this.soon();
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), 600);
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body: new FormData(this.form), signal: this.asking.signal });
      if (!answer.ok || answer.redirected) return;
      const html = await answer.text();
      // Said again only when it changed, or a screen reader would repeat it with every pause.
      if (html !== this.last) this.pane.innerHTML = this.last = html;
      this.show();
    } catch (error) {
      if (error.name !== "AbortError") this.soon();
    }
  }

  show() {
    for (const button of this.querySelectorAll("[data-goto]")) button.hidden = !this.fieldOf(button.dataset.goto);
  }

  fieldOf(name) {
    if (name === "sources") return this.form.querySelector('[name$="-0-key"], .add-row a');
    return this.form.elements.namedItem(name);
  }

  goTo({ goto, start, end }) {
    const field = this.fieldOf(goto);
    field.focus();
    if (field.tagName !== "TEXTAREA") return;
    // Findings count code points; the browser counts UTF-16 units.
    const letters = [...field.value];
    const units = (count) => letters.slice(0, count).join("").length;
    field.setSelectionRange(units(Number(start)), units(Number(end)));
    // A blur and a focus make the browser scroll to the selection.
    field.blur();
    field.focus();
  }
});
