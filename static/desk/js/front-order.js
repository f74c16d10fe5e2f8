// Moves pinned rows in place, by dragging and with their buttons; without it the server moves them.
customElements.define("front-order", class extends HTMLElement {
  connectedCallback() {
    this.rows = this.querySelector("[data-rows]");
    this.said = this.querySelector("[data-said]");
    for (const row of this.rows.children) row.draggable = true;
    this.rows.addEventListener("click", (event) => this.press(event));
    this.rows.addEventListener("dragstart", (event) => this.take(event));
    this.rows.addEventListener("dragover", (event) => this.over(event));
    this.rows.addEventListener("drop", (event) => event.preventDefault());
    this.rows.addEventListener("dragend", () => this.drop());
  }

  press(event) {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("li");
    if (button.dataset.move === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
    if (button.dataset.move === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
    button.focus();
    this.say(row);
  }

  take(event) {
    this.moved = event.target.closest("li");
    this.moved.classList.add("front__row--moved");
    event.dataTransfer.effectAllowed = "move";
  }

  over(event) {
    const row = event.target.closest("li");
    if (!this.moved || !row) return;
    event.preventDefault();
    if (row === this.moved) return;
    const { top, height } = row.getBoundingClientRect();
    if (event.clientY < top + height / 2) row.before(this.moved);
    else row.after(this.moved);
  }

  drop() {
    if (!this.moved) return;
    this.moved.classList.remove("front__row--moved");
    this.say(this.moved);
    this.moved = null;
  }

  say(row) {
    const place = [...this.rows.children].indexOf(row) + 1;
    this.said.textContent = `${row.dataset.headline}: place ${place} of ${this.rows.children.length}. Not live before Launch.`;
  }
});
