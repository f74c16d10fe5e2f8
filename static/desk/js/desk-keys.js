// <desk-keys>: the sheet of keys, by its button or by "?" outside a field, and Ctrl+S, which saves.
customElements.define("desk-keys", class extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector("dialog");
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-show-keys]")) this.show();
    });
    document.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isCommand && event.key.toLowerCase() === "s") {
      event.preventDefault();
      const save = document.querySelector("[name=_save]");
      if (!event.repeat && !document.querySelector("dialog[open]")) save.form.requestSubmit(save);
    }
    const isInField = event.target.closest("input, textarea, select, [contenteditable], .select2-container");
    if (event.key === "?" && !isInField && !isCommand && !event.altKey && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      this.show();
    }
  }

  show() {
    this.sheet.showModal();
    this.sheet.querySelector("h2").focus();
  }
});
