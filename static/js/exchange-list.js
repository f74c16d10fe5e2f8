// Closes the list of exchanges by Escape, and by a click outside it.
customElements.define("exchange-list", class extends HTMLElement {
  connectedCallback() {
    this.close = this.close.bind(this);
    document.addEventListener("click", this.close);
    document.addEventListener("keydown", this.close);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.close);
    document.removeEventListener("keydown", this.close);
  }

  close(event) {
    const details = this.querySelector("details");
    if (!details.open) return;
    if (event.type === "keydown" ? event.key !== "Escape" : this.contains(event.target)) return;
    if (event.type === "keydown" && this.contains(document.activeElement)) details.querySelector("summary").focus();
    details.open = false;
  }
});
