// <desk-fixes>: makes in the fields what a button of a finding offers, so that undo takes it back.
// Without it the button sends the form, and the server makes the same.
customElements.define("desk-fixes", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.findings = this.closest("desk-findings");
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-fix]");
      if (!button) return;
      event.preventDefault();
      this.fix(button);
    });
  }

  async fix(button) {
    const { value } = button;
    const place = this.findings.findings().indexOf(button.closest(".finding"));
    if (this.findings.isStale) {
      await this.findings.ask();
      button = this.querySelector(`[data-fix][value="${value}"]`);
    }
    const fix = button && JSON.parse(button.dataset.fix);
    if (!fix?.edits.every((edit) => this.fits(edit))) {
      this.findings.tell("The text has changed: that finding no longer applies.");
      return;
    }
    for (const edit of fix.edits) this.edit(edit);
    for (const choice of fix.choices) this.choose(choice);
    const label = button.textContent;
    await this.findings.ask();
    this.findings.focusOn(null, place);
    this.findings.tell(`Fixed: ${label}. ${this.findings.sum}.`);
  }

  // Edits count code points; the browser counts UTF-16 units.
  stretch({ field, start, end }) {
    const letters = [...this.form.elements.namedItem(field).value];
    const units = (count) => letters.slice(0, count).join("").length;
    return [units(start), units(end)];
  }

  fits(edit) {
    return this.form.elements.namedItem(edit.field).value.slice(...this.stretch(edit)) === edit.was;
  }

  edit(edit) {
    const field = this.form.elements.namedItem(edit.field);
    const stretch = this.stretch(edit);
    field.focus();
    field.setSelectionRange(...stretch);
    customElements.get("desk-editor").put(field, edit.text);
  }

  choose({ key, name, value }) {
    const rows = [...this.form.querySelectorAll(".desk-source:not(.empty-form)")];
    const row = rows.find((each) => each.querySelector('[name$="-key"]').value.trim() === key);
    const field = row?.querySelector(`[name$="-${name}"]`);
    if (!field && name === "DELETE") row?.querySelector(".inline-deletelink")?.click();
    if (!field) return;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
});
