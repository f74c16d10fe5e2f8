// <desk-editor>: the body's buttons, marks at the caret, pictures dropped or pasted.
// Others put text at the caret by the event "desk:insert" with {before, after} on the document.
customElements.define("desk-editor", class extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("textarea");
    this.note = this.querySelector("[role=status]");
    this.querySelector(".field__tools").hidden = false;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-before], button[data-line]");
      if (button?.dataset.line) this.startLine(button.dataset.line);
      else if (button) this.wrap(button.dataset.before, button.dataset.after);
    });
    this.querySelector("input[type=file]")?.addEventListener("change", (event) => {
      this.upload(event.target.files);
      event.target.value = "";
    });
    // markdownx binds these to the textarea itself: Tab would never leave it, and an upload that
    // fails would write its error into the text.
    this.addEventListener("keydown", (event) => {
      if (event.key === "Tab") event.stopPropagation();
    }, true);
    for (const type of ["paste", "drop"]) {
      this.addEventListener(type, (event) => {
        const files = (event.clipboardData || event.dataTransfer)?.files;
        if (!files?.length || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        this.upload(files);
      }, true);
    }
    document.addEventListener("desk:insert", (event) => this.wrap(event.detail.before, event.detail.after));
  }

  wrap(before, after = "") {
    const { selectionStart, selectionEnd, value } = this.text;
    const inner = value.slice(selectionStart, selectionEnd);
    this.put(after ? before + inner + after : inner + before);
    if (after && !inner) {
      this.text.selectionStart = this.text.selectionEnd = selectionStart + before.length;
    }
  }

  startLine(mark) {
    const at = this.text.value.lastIndexOf("\n", this.text.selectionStart - 1) + 1;
    this.text.setSelectionRange(at, at);
    this.put(mark);
  }

  put(words) {
    this.constructor.put(this.text, words);
  }

  static put(field, words) {
    field.focus();
    // The only way that leaves the browser's undo whole; setRangeText is for where it is gone.
    if (!document.execCommand(words ? "insertText" : "delete", false, words)) {
      field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  }

  async upload(files) {
    const url = this.querySelector("[data-upload]")?.dataset.upload;
    if (!url) return;
    for (const file of files) {
      this.note.textContent = `Uploading ${file.name} …`;
      const data = new FormData();
      data.append("image", file);
      data.append("csrfmiddlewaretoken", this.closest("form").csrfmiddlewaretoken.value);
      try {
        const answer = await fetch(url, { method: "POST", body: data });
        const said = await answer.json();
        this.note.textContent = answer.ok ? said.note : Object.values(said).flat().join(" ");
        if (answer.ok) this.put(`\n\n${said.image_code}\n\n`);
      } catch {
        this.note.textContent = "The image was not uploaded. Try again.";
      }
    }
  }
});
