// <desk-sources>: "Insert mark", what a chosen post fills in, and the keys that the preview knows.
customElements.define("desk-sources", class extends HTMLElement {
  connectedCallback() {
    this.show();
    this.addEventListener("click", (event) => {
      const row = event.target.closest("[data-insert-mark]")?.closest(".desk-source");
      const key = row?.querySelector('[name$="-key"]').value.trim();
      if (key) document.dispatchEvent(new CustomEvent("desk:insert", { detail: { before: `[@${key}]` } }));
    });
    this.addEventListener("input", () => this.tellPreview());
    document.addEventListener("formset:added", () => this.show());
    document.addEventListener("formset:removed", () => this.tellPreview());
    document.addEventListener("desk:sources", (event) => event.detail.forEach((each) => this.add(each)));
    // select2 speaks through jQuery only.
    window.django.jQuery(this).on("select2:select", (event) => this.fill(event.target, event.params.data));
    this.tellPreview();
  }

  show() {
    for (const button of this.querySelectorAll("[data-insert-mark]")) button.hidden = false;
  }

  rows() {
    return [...this.querySelectorAll(".desk-source:not(.empty-form)")];
  }

  fill(select, post) {
    const row = select.closest(".desk-source");
    const key = row.querySelector('[name$="-key"]');
    if (!key.value) key.value = this.nextKey(post.code || "");
    const order = row.querySelector('[name$="-position"]');
    if (!Number(order.value)) order.value = this.rows().indexOf(row);
    const words = row.querySelector(".desk-source__text");
    words.textContent = post.words || "";
    words.lang = post.language || "";
    row.querySelector(".desk-source__who").textContent = post.who || "New source";
    this.tellPreview();
    key.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  // A kept source comes back as a new row, as by the button; its words come when it is saved.
  add({ post, label, key, role, note, translation = "" }) {
    this.querySelector(".add-row a").click();
    const row = this.rows().at(-1);
    const select = row.querySelector('select[name$="-post"]');
    select.append(new Option(label, post, true, true));
    for (const [name, value] of Object.entries({ key, role, note, translation })) {
      row.querySelector(`[name$="-${name}"]`).value = value;
    }
    this.fill(select, { who: label });
    window.django.jQuery(select).trigger("change");
  }

  nextKey(code) {
    const letter = (code.match(/[a-z]/i)?.[0] || "s").toLowerCase();
    const used = new Set(this.rows().map((row) => row.querySelector('[name$="-key"]').value.toLowerCase()));
    let number = 1;
    while (used.has(letter + number)) number += 1;
    return letter + number;
  }

  tellPreview() {
    const editor = document.querySelector(".markdownx-editor");
    if (!editor) return;
    const keys = this.rows().map((row) => row.querySelector('[name$="-key"]').value.trim()).filter(Boolean);
    const query = new URLSearchParams(keys.map((key) => ["key", key]));
    editor.dataset.markdownxUrlsPath = `${editor.dataset.markdownxUrlsPath.split("?")[0]}?${query}`;
  }
});
