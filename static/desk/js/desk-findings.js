// <desk-findings>: asks the server for findings while you write, leads to their sentences and from
// one to the next, and sends what you say to them.
(() => {
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
      this.draw(this.form.elements.namedItem("body").defaultValue);
      // The next form may come without what takes long, which is asked for here.
      document.cookie = "desk-script=1; path=/desk/; samesite=lax";
      if (this.querySelector("[data-later]")) this.ask();
      else if (!this.querySelector(".coverage")) this.soon();
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
      const body = data.get("body");
      data.append("known", [...this.pane.querySelectorAll("[data-hash]")].map((each) => each.dataset.hash).join(" "));
      if (words) data.append(...words);
      this.isStale = false;
      try {
        const answer = await fetch(this.dataset.url, { method: "POST", body: data, signal: asking.signal });
        const html = await answer.text();
        if (asking.signal.aborted) return;
        if (answer.ok && !answer.redirected) this.put(html, body);
        else this.sayMissing(answer.status);
      } catch (error) {
        if (error.name !== "AbortError") this.soon();
      }
    }

    // Where there are findings already, they stay until the desk answers again.
    sayMissing(status) {
      const later = this.querySelector("[data-later]");
      if (later) later.textContent = `The text could not be checked (error ${status}). It is checked again when you change it.`;
    }

    put(html, body) {
      if (html === this.last) {
        this.draw(body);
        return;
      }
      const at = this.pane.contains(document.activeElement) ? document.activeElement : null;
      const finding = at?.closest(".finding");
      const place = this.findings().indexOf(finding);
      const open = new Set([...this.pane.querySelectorAll("details[open] > summary")].map((each) => each.firstChild.textContent));
      const fresh = document.createElement("template");
      fresh.innerHTML = this.last = html;
      this.fill(fresh.content);
      this.pane.replaceChildren(fresh.content);
      for (const summary of this.pane.querySelectorAll(".findings__settled > summary")) {
        summary.parentElement.open = open.has(summary.firstChild.textContent);
      }
      this.show();
      this.draw(body);
      if (at?.isConnected) at.focus();
      else if (at) this.focusOn(this.findings().find((each) => each.id === finding?.id), place);
      this.saySum();
    }

    // A finding that the desk knows to be here comes without its words: they are taken over.
    fill(fresh) {
      const here = [...this.pane.querySelectorAll("[data-hash]")];
      for (const finding of fresh.querySelectorAll("[data-same]")) {
        const at = here.findIndex((each) => each.dataset.hash === finding.dataset.hash);
        if (at >= 0) finding.append(...here.splice(at, 1)[0].childNodes);
        delete finding.dataset.same;
      }
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
      const overridden = this.form.querySelector("[data-overridden]");
      if (this.querySelector(".coverage")) overridden.textContent = this.querySelector("[data-overriders]")?.textContent || "";
      const open = this.querySelectorAll("[data-findings] > section .finding").length;
      this.dispatchEvent(new CustomEvent("desk:count", { bubbles: true, detail: open }));
    }

    // What is found in a field that holds a text.
    foundIn(name, text) {
      const units = unitsOf(text);
      return [...this.pane.querySelectorAll(`:scope > section .finding[data-field=${name}]`)].map(({ id, className, dataset }) => {
        const level = className.includes("finding--hold") ? "hold" : "query";
        return { start: units(dataset.start), end: units(dataset.end), from: units(dataset.from), to: units(dataset.to), level, id };
      });
    }

    // Underline in the body what was found in it as it was then.
    draw(body) {
      const text = body.replaceAll("\r\n", "\n");
      this.form.querySelector("text-mirror").find(this.foundIn("body", text), text);
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
      this.reveal(this);
      const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
      this.focusOn(all[next], 0);
    }

    // Open the tab that an element is in.
    reveal(inside) {
      inside.dispatchEvent(new CustomEvent("desk:reveal", { bubbles: true }));
    }

    press(event) {
      const to = event.target.closest("[data-goto]");
      if (to) this.goTo({ ...to.closest(".finding")?.dataset, ...to.dataset });
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
      this.reveal(field);
      field.focus();
      if (field.tagName !== "TEXTAREA") return;
      const units = unitsOf(field.value);
      field.setSelectionRange(units(start), units(end));
      // A blur and a focus make the browser scroll to the selection.
      field.blur();
      field.focus();
    }
  });

  // Findings count code points; the browser counts UTF-16 units.
  function unitsOf(text) {
    const letters = [...text];
    if (letters.length === text.length) return Number;
    return (count) => letters.slice(0, Number(count)).join("").length;
  }
})();
