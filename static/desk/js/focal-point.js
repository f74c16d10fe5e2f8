// <focal-point>: a click on the picture fills in the two fields; the crops show what they say.
customElements.define("focal-point", class extends HTMLElement {
  connectedCallback() {
    this.x = document.getElementById(this.dataset.x);
    this.y = document.getElementById(this.dataset.y);
    if (!this.x || !this.y) return;
    this.whole = this.querySelector(".focus__whole");
    this.point = this.querySelector(".focus__point");
    this.querySelector("[data-hint]").hidden = false;
    this.point.hidden = false;
    this.whole.addEventListener("click", (event) => {
      const box = this.whole.getBoundingClientRect();
      this.set(this.x, (event.clientX - box.left) / box.width);
      this.set(this.y, (event.clientY - box.top) / box.height);
    });
    for (const field of [this.x, this.y]) field.addEventListener("input", () => this.show());
    this.show();
  }

  set(field, share) {
    field.value = Math.round(100 * Math.min(1, Math.max(0, share)));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show() {
    const [x, y] = [this.x, this.y].map((field) => Math.min(100, Math.max(0, field.value || 50)));
    this.point.style.insetInlineStart = `${x}%`;
    this.point.style.insetBlockStart = `${y}%`;
    for (const cut of this.querySelectorAll(".focus__cut")) cut.style.objectPosition = `${x}% ${y}%`;
  }
});
