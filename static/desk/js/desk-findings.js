// <desk-findings>: asks the server for findings while you write, leads to their sentences and from
// one to the next, and sends what you say to them.
customElements.define("desk-findings", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.pane = this.querySelector("[data-findings]");
    this.said = this.querySelector("[data-said]");
    this.sum = this.querySelector("[data-sum]")?.textContent || "";
    for (const type of ["input", "change"]) {
      this.form.addEventListener(type, (event) => { if (!event.target.matches?.("[data-note]")) this.soon(); });
    }
    for (const type of ["formset:added", "formset:removed"]) document.addEventListener(type, () => this.soon());
    this.addEventListener("click", (event) => this.press(event));
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches("[data-note]")) return;
      event.preventDefault();
      event.target.closest(".finding").querySelector("[name=_acknowledge]").click();
    });
    document.addEventListener("keydown", (event) => {
      const step = { KeyN: 1, KeyP: -1 }[event.code];
      if (!step || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.step(step);
    });
    this.querySelector("[data-keys]").hidden = false;
    this.show();
    if (!this.querySelector(".coverage")) this.soon();
  }

  soon() {
    this.isStale = true;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), 400);
  }

  // `words` is what a button says to a finding, [name, value].
  async ask(words = null) {
    clearTimeout(this.waiting);
    this.asking?.abort();
    const asking = this.asking = new AbortController();
    const data = new FormData(this.form);
    if (words) data.append(...words);
    this.isStale = false;
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body: data, signal: asking.signal });
      const html = await answer.text();
      if (answer.ok && !answer.redirected && !asking.signal.aborted) this.put(html);
    } catch (error) {
      if (error.name !== "AbortError") this.soon();
    }
  }

  put(html) {
    if (html === this.last) return;
    const at = this.pane.contains(document.activeElement) ? document.activeElement : null;
    const finding = at?.closest(".finding");
    const place = this.findings().indexOf(finding);
    const open = new Set([...this.pane.querySelectorAll("details[open] > summary")].map((each) => each.firstChild.textContent));
    this.pane.innerHTML = this.last = html;
    for (const summary of this.pane.querySelectorAll("details > summary")) {
      summary.parentElement.open = !summary.closest(".finding") && open.has(summary.firstChild.textContent);
    }
    this.show();
    if (at) this.focusOn(this.findings().find((each) => each.id === finding?.id), place);
    this.saySum();
  }

  // Said only when it changed, or a screen reader would repeat it with every pause.
  saySum() {
    const sum = this.querySelector("[data-sum]")?.textContent || "";
    if (sum !== this.sum) this.tell(sum);
    this.sum = sum;
  }

  tell(words) {
    this.said.textContent = words;
  }

  show() {
    for (const button of this.querySelectorAll("[data-goto]")) button.hidden = !this.fieldOf(button.dataset.goto);
  }

  findings() {
    return [...this.pane.querySelectorAll(".finding")].filter((each) => !each.closest("details:not([open])"));
  }

  // The finding, else the one that took its place, else the heading.
  focusOn(finding, place) {
    const all = this.findings();
    (finding || all[Math.min(Math.max(place, 0), all.length - 1)] || this.querySelector("#findings"))?.focus();
  }

  step(by) {
    const all = this.findings();
    const at = all.indexOf(document.activeElement.closest(".finding"));
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
    this.focusOn(all[next], 0);
  }

  press(event) {
    const to = event.target.closest("[data-goto]");
    if (to) this.goTo(to.dataset);
    const says = event.target.closest("[name=_acknowledge], [name=_revoke]");
    if (!says) return;
    event.preventDefault();
    this.ask([says.name, says.value]);
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
