// <desk-fixes>: makes in the fields what a button of a finding offers, so that undo takes it back.
// Without it the button sends the form, and the server makes the same.
(() => {
  customElements.define("desk-fixes", class extends HTMLElement {
    connectedCallback() {
      this.form = this.closest("form");
      this.findings = this.closest("desk-findings");
      this.undoing = this.querySelector("[data-undo-fix]");
      this.addEventListener("click", (event) => {
        if (event.target.closest("[data-undo-fix]")) this.undo();
        const button = event.target.closest("[data-fix]");
        if (!button) return;
        event.preventDefault();
        this.fix(button);
      });
      // The browser's own undo knows the text alone: what the fix did to the sources follows it.
      this.form.addEventListener("input", (event) => {
        if (event.inputType === "historyUndo" && this.isAt("before")) this.setSources("before");
        if (event.inputType === "historyRedo" && this.isAt("after")) this.setSources("after");
      });
    }

    // `goOn` is where the focus stays afterwards; else the next finding has it.
    async fix(button, goOn = null) {
      const { value } = button;
      const place = this.findings.findings().indexOf(button.closest(".finding"));
      if (this.findings.isStale) {
        await this.findings.ask();
        button = this.querySelector(`[data-fix][value="${value}"]`);
      }
      const fix = button && fixOf(button);
      if (!fix?.edits.every((edit) => this.fits(edit))) {
        this.findings.tell("The text has changed: that finding no longer applies.");
        return;
      }
      const label = button.textContent;
      const names = [...new Set(fix.edits.map((edit) => edit.field))];
      const before = this.textsOf(names);
      for (const edit of fix.edits) this.edit(edit);
      this.made = { label, before, after: this.textsOf(names), choices: fix.choices, rows: [], sources: "before" };
      this.setSources("after");
      this.showUndo();
      await this.findings.ask();
      if (goOn) goOn.focus();
      else this.findings.focusOn(null, place);
      this.findings.tell(`Fixed: ${label}. ${this.findings.sum}.`);
    }

    // What the last fix did, text and sources, as long as nobody has written into that text since.
    async undo() {
      if (!this.isAt("after")) {
        this.findings.tell("The text has changed since the fix. Undo it by hand.");
        return;
      }
      for (const [name, text] of Object.entries(this.made.before)) this.replace(name, text);
      this.setSources("before");
      const { label } = this.made;
      await this.findings.ask();
      this.findings.focusOn(null, 0);
      this.findings.tell(`Undone: ${label}. ${this.findings.sum}.`);
    }

    textsOf(names) {
      return Object.fromEntries(names.map((name) => [name, this.form.elements.namedItem(name).value]));
    }

    isAt(time) {
      if (!this.made) return false;
      return Object.entries(this.made[time]).every(([name, text]) => this.form.elements.namedItem(name).value === text);
    }

    setSources(time) {
      if (this.made.sources === time) return;
      this.made.sources = time;
      if (time === "after") this.made.rows = this.made.choices.map((choice) => this.choose(choice)).filter(Boolean);
      else for (const takeBack of this.made.rows.splice(0).reverse()) takeBack();
      this.showUndo();
      this.form.dispatchEvent(new Event("change", { bubbles: true }));
    }

    showUndo() {
      this.undoing.hidden = this.made.sources === "before";
      this.undoing.querySelector("span").textContent = this.made.label;
      if (this.undoing.hidden && this.undoing.contains(document.activeElement)) this.findings.focusOn(null, 0);
    }

    // The smallest part is replaced, so that the caret and the browser's undo stay useful.
    replace(name, text) {
      const field = this.form.elements.namedItem(name);
      const [now, then] = [[...field.value], [...text]];
      const most = Math.min(now.length, then.length);
      let first = 0;
      while (first < most && now[first] === then[first]) first += 1;
      let last = 0;
      while (last < most - first && now.at(-1 - last) === then.at(-1 - last)) last += 1;
      this.edit({ field: name, start: first, end: now.length - last, text: then.slice(first, then.length - last).join("") });
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

    // Returns what takes the choice back.
    choose({ key, name, value }) {
      const rows = [...this.form.querySelectorAll(".desk-source:not(.empty-form)")];
      const row = rows.find((each) => each.querySelector('[name$="-key"]').value.trim() === key);
      const field = row?.querySelector(`[name$="-${name}"]`);
      if (!field && row && name === "DELETE") return this.remove(row, key);
      if (!field) return null;
      const { checked, value: was } = field;
      if (field.type === "checkbox") field.checked = true;
      else field.value = value;
      return () => Object.assign(field, { checked, value: was });
    }

    // A row that was never saved goes at once, and comes back as a new one.
    remove(row, key) {
      const of = (name) => row.querySelector(`[name$="-${name}"]`)?.value || "";
      const chosen = row.querySelector('[name$="-post"]').selectedOptions?.[0];
      const source = { post: of("post"), label: chosen?.textContent || "", key, role: of("role"), note: of("note") };
      row.querySelector(".inline-deletelink")?.click();
      return () => document.dispatchEvent(new CustomEvent("desk:sources", { detail: [source] }));
    }
  });

  // Places in the field of the finding count from where the finding starts.
  function fixOf(button) {
    const { field, start } = button.closest(".finding").dataset;
    const fix = JSON.parse(button.dataset.fix);
    const base = (edit) => (edit.field === field ? Number(start) : 0);
    fix.edits = fix.edits.map((edit) => ({ ...edit, start: edit.start + base(edit), end: edit.end + base(edit) }));
    return fix;
  }
})();
