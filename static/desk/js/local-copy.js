// <local-copy>: keeps what is typed into its form in this browser at each pause and every few
// seconds, offers it again when the screen opens and the stored text is another, and warns before text is left that neither
// this browser nor the desk has (keeping.js tells what the desk has).
// data-copy names what is kept, the person first; without it the element only warns. data-fields
// are the fields that are kept. data-unsaved says that the server sent unsaved text back, which goes
// on under the name data-name. The cookie "desk-saved" names copies that a save has.
(() => {
  const PAUSE = 600;
  const LONGEST_WAIT = 3_000;
  const ON_ONE_LINE = new Set(["headline", "social_text", "image_caption"]);
  // Written into a version when the article is updated, and nowhere else.
  const SENT_ONLY = ["public_note"];
  const EMPTY = [];

  customElements.define("local-copy", class extends HTMLElement {
    connectedCallback() {
      this.form = this.closest("form");
      this.rename();
      this.stored = { ...this.read("defaultValue"), sources: this.sources(true) };
      this.startOffering();
      for (const type of ["input", "change"]) this.form.addEventListener(type, () => this.soon());
      for (const type of ["formset:added", "formset:removed"]) document.addEventListener(type, () => this.soon());
      // A script may change a field without an event, so the form is read when it goes out of sight.
      document.addEventListener("visibilitychange", () => { if (document.hidden) this.keep(); });
      window.addEventListener("pagehide", () => this.keep());
      window.addEventListener("pageshow", () => { this.isSending = false; });
      this.form.addEventListener("submit", (event) => this.send(event));
      window.addEventListener("beforeunload", (event) => {
        this.keep();
        const isKept = this.isKeptHere || this.atDesk === JSON.stringify(this.now());
        if (this.isUnsaved() && !this.isSending && !isKept) event.preventDefault();
      });
    }

    // The name of this copy, here and at the desk; `from` is the copy that the form was filled from.
    rename(from = "") {
      this.copyId = (!from && this.dataset.name) || newId();
      const { copy, taken } = this.form.elements;
      if (copy) copy.value = this.copyId;
      if (taken && from) taken.value = `${taken.value} ${from}`.trim();
    }

    // The desk has this text too.
    keptAtDesk(text) {
      this.atDesk = text;
      this.keep();
    }

    soon() {
      this.isSending = false;
      clearTimeout(this.waiting);
      this.since ||= Date.now();
      const isLate = Date.now() - this.since > LONGEST_WAIT;
      this.waiting = setTimeout(() => this.keep(), isLate ? 0 : PAUSE);
    }

    // A preview opens beside the text, which stays unsaved.
    send(event) {
      if (event.defaultPrevented || event.submitter?.formTarget === "_blank") return;
      this.isSending = true;
      this.keep();
    }

    // What the form holds

    fields() {
      const names = this.dataset.fields?.split(" ");
      return [...this.form.elements].filter((field) =>
        names ? names.includes(field.name) : field.matches("textarea, input[type=text], input[type=url]"));
    }

    read(property) {
      return { texts: Object.fromEntries(this.fields().map((field) => [field.name, field[property]])) };
    }

    now() {
      return { ...this.read("value"), sources: this.sources(false) };
    }

    // The rows of sources that name a post: as they are, or as the server sent them.
    sources(isStored) {
      const rows = [...this.form.querySelectorAll(".desk-source:not(.empty-form)")];
      return rows.map((row) => this.source(row, isStored)).filter((each) => each.post);
    }

    source(row, isStored) {
      const part = (name) => row.querySelector(`[name$="-${name}"]`);
      const text = (name) => part(name)?.[isStored ? "defaultValue" : "value"].trim() || "";
      const choice = (name) => {
        const field = part(name);
        if (!field?.options) return field;
        return [...field.options].find((each) => (isStored ? each.defaultSelected : each.selected));
      };
      const isGone = !isStored && part("DELETE")?.checked;
      return {
        post: isGone ? "" : choice("post")?.value || "",
        label: choice("post")?.text || row.querySelector(".desk-source__who").textContent.trim(),
        key: text("key"), role: choice("role")?.value || "", note: text("note"), translation: text("translation"),
      };
    }

    // What differs

    isUnsaved() {
      return "unsaved" in this.dataset || !this.isSame(this.stored, this.now());
    }

    isSame(one, other, except = EMPTY) {
      return this.differing(one, other, except).length === 0 && this.haveSameSources(one.sources, other.sources);
    }

    // The names of the fields that differ. Spaces at the ends are cut off by the server.
    differing(one, other, except = EMPTY) {
      const plain = (name, text = "") => {
        const lines = text.replaceAll("\r\n", "\n").trim();
        return ON_ONE_LINE.has(name) ? lines.replace(/\s+/g, " ") : lines;
      };
      return Object.keys(one.texts).filter((name) => (
        name in other.texts && !except.includes(name) && plain(name, one.texts[name]) !== plain(name, other.texts[name])
      ));
    }

    // A key that is left out is filled in by the server.
    haveSameSources(one = EMPTY, other = EMPTY) {
      const isSame = (a, b) => (
        a.post === b.post && a.role === b.role && a.note === b.note && (a.translation || "") === (b.translation || "")
        && (a.key === b.key || !a.key || !b.key)
      );
      return one.length === other.length && one.every((a) => other.some((b) => isSame(a, b)));
    }

    // What is kept

    // Where storage is forbidden or full, the page goes on without it.
    store(act) {
      try {
        return act(window.localStorage);
      } catch {
        return null;
      }
    }

    keep() {
      clearTimeout(this.waiting);
      this.since = 0;
      if (!this.dataset.copy) return;
      const own = this.nameOf(this.copyId);
      if (!this.isUnsaved()) {
        this.store((storage) => storage.removeItem(own));
        return;
      }
      const { live = "" } = this.dataset;
      const copy = { ...this.now(), at: this.changedAt(), seen: this.seen(), live, isSent: Boolean(this.isSending) };
      copy.isAtDesk = this.atDesk === JSON.stringify(this.now());
      this.isKeptHere = Boolean(this.store((storage) => { storage.setItem(own, JSON.stringify(copy)); return true; }));
      this.tell(this.isKeptHere || copy.isAtDesk ? "" : "This browser cannot keep a copy of unsaved text. Save often.");
    }

    // When the text last changed, not when it was last looked at.
    changedAt() {
      const text = JSON.stringify(this.now());
      if (text !== this.lastText) this.lastAt = new Date().toISOString();
      this.lastText = text;
      return this.lastAt;
    }

    seen() {
      return this.form.elements.namedItem("seen_at")?.defaultValue || "";
    }

    nameOf(id, copy = this.dataset.copy) {
      return `local-copy:${copy}:${id}`;
    }

    // All copies under a name, the newest first, each with its key in the storage.
    copies(of = this.dataset.copy) {
      const found = this.store((storage) => Object.keys(storage)
        .filter((key) => key.startsWith(this.nameOf("", of)))
        .map((key) => ({ key, ...parse(storage.getItem(key)) }))) || [];
      const isWhole = ({ texts, sources, at }) => texts && Array.isArray(sources) && Date.parse(at);
      return found.filter(isWhole).sort((a, b) => (a.at < b.at ? 1 : -1));
    }

    // What is offered

    startOffering() {
      if (!this.dataset.copy) return;
      if (!("unsaved" in this.dataset)) this.dropStored();
      for (const copy of this.copies()) this.compareWithDesk(copy);
      this.offer();
      if (document.querySelector(".local-copy:not([hidden])")) this.showFromTheTop();
    }

    // What is offered stands above the field that a browser goes to, or scrolls to after a reload.
    showFromTheTop() {
      window.history.scrollRestoration = "manual";
      window.scrollTo(0, 0);
    }

    // A copy that the server has is dropped; nothing else is, whatever became of the form.
    dropStored() {
      const { added, live = "" } = this.dataset;
      const sent = added ? this.copies(added).filter((each) => each.isSent) : EMPTY;
      for (const copy of [...this.copies(), ...sent]) {
        const isPublic = copy.live !== live;
        // A save that was merged with another has all of a copy, and is not the same.
        const isSaved = copy.isSent && document.cookie.includes(idOf(copy)) && (isPublic || !copy.texts.public_note?.trim());
        if (isSaved || this.isSame(copy, this.stored, isPublic ? SENT_ONLY : EMPTY)) this.discard(copy);
      }
    }

    // Of one text both may have a copy. It is offered once: the newer one, which is never the desk's.
    compareWithDesk(copy) {
      const atDesk = this.noticeOfDesk(copy);
      if (atDesk && copy.isAtDesk) this.discard(copy);
      else if (atDesk) atDesk.hidden = true;
    }

    noticeOfDesk(copy) {
      return document.querySelector(`[data-copy-at-desk="${CSS.escape(idOf(copy))}"]`);
    }

    discard(copy) {
      this.store((storage) => storage.removeItem(copy.key));
    }

    offer() {
      const now = this.now();
      const others = this.copies().filter((each) => each.key !== this.nameOf(this.copyId));
      // What the form was filled from is not offered to it; it goes when the form is saved.
      const known = (this.form.elements.taken?.value.split(" ") || EMPTY).map((id) => this.nameOf(id));
      const same = others.filter((each) => this.isSame(each, now));
      if (same.length) {
        // The form has it already: the server or the browser brought it back.
        this.keep();
        same.forEach((each) => this.discard(each));
      }
      const notices = others.filter((each) => !same.includes(each) && !known.includes(each.key)).map((each) => this.notice(each));
      this.querySelectorAll(".local-copy").forEach((each) => each.remove());
      this.append(...notices);
    }

    notice(copy) {
      const notice = this.querySelector("template[data-notice]").content.cloneNode(true).firstElementChild;
      const at = new Date(copy.at);
      notice.querySelector("[data-at]").textContent = said(at);
      const isOlder = copy.seen !== this.seen();
      notice.querySelector("[data-older]").hidden = !isOlder;
      notice.querySelector("[data-newer]").hidden = isOlder;
      const shown = this.differing(copy, this.stored).map((name) => this.pair(name, copy));
      if (!this.haveSameSources(copy.sources, this.stored.sources)) shown.push(this.pairOfSources(copy));
      notice.querySelector("[data-texts]").append(...shown);
      notice.querySelector("[data-restore]").addEventListener("click", () => this.restore(copy));
      notice.querySelector("[data-discard]").addEventListener("click", () => {
        this.discard(copy);
        this.noticeOfDesk(copy)?.querySelector("[data-discard-copy]").requestSubmit();
        this.offer();
        this.tell("Discarded.");
        this.focusOnText();
      });
      return notice;
    }

    pair(name, copy) {
      const field = this.form.elements.namedItem(name);
      const label = field.labels?.[0]?.firstChild.textContent.trim() || name;
      return this.row(label, copy.texts[name], this.stored.texts[name]);
    }

    pairOfSources(copy) {
      const list = (sources = EMPTY) => sources.map(({ key, label, note }) => [key, label, note].filter(Boolean).join(" – ")).join("\n");
      return this.row("Wire sources", list(copy.sources), list(this.stored.sources));
    }

    row(label, kept, stored) {
      const row = this.querySelector("template[data-row]").content.cloneNode(true).firstElementChild;
      row.querySelector("[data-label]").textContent = label;
      for (const [name, text] of [["kept", kept], ["stored", stored]]) {
        const words = row.querySelector(`[data-${name}]`);
        words.textContent = text || "(empty)";
        words.setAttribute("aria-label", `${label}, ${words.getAttribute("aria-label")}`);
      }
      return row;
    }

    // What is in the form now and not saved is kept as a copy of its own.
    restore(copy) {
      if (this.isUnsaved()) this.keep();
      this.rename(idOf(copy));
      for (const field of this.fields()) {
        if (field.name in copy.texts) field.value = copy.texts[field.name];
      }
      const missing = this.fillSources(copy.sources);
      for (const field of this.fields()) field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      if (missing.length) document.dispatchEvent(new CustomEvent("desk:sources", { detail: missing }));
      this.keep();
      this.discard(copy);
      this.offer();
      this.tell("Restored. It is not saved yet.");
      this.focusOnText();
    }

    // Fill the rows that are there, and return the sources that have none.
    fillSources(sources) {
      const rows = [...this.form.querySelectorAll(".desk-source:not(.empty-form)")];
      const left = [...sources];
      for (const row of rows) {
        const at = left.findIndex((each) => each.post === row.querySelector('[name$="-post"]').value);
        const remove = row.querySelector('[name$="-DELETE"]');
        if (remove) remove.checked = at < 0;
        else if (at < 0) row.querySelector(".inline-deletelink")?.click();
        if (at < 0) continue;
        const [source] = left.splice(at, 1);
        for (const name of ["key", "role", "note", "translation"]) row.querySelector(`[name$="-${name}"]`).value = source[name] || "";
      }
      rows[0]?.dispatchEvent(new InputEvent("input", { bubbles: true }));
      return left;
    }

    focusOnText() {
      this.fields()[0]?.focus();
    }

    tell(words) {
      const status = this.querySelector("[role=status]");
      if (status && status.textContent !== words) status.textContent = words;
    }
  });

  function idOf({ key }) {
    return key.split(":").at(-1);
  }

  function newId() {
    return `copy-${crypto.getRandomValues(new Uint32Array(3)).join("-")}`;
  }

  function parse(text) {
    try {
      return JSON.parse(text) || {};
    } catch {
      return {};
    }
  }

  function said(at) {
    const options = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" };
    const part = Object.fromEntries(new Intl.DateTimeFormat("en-GB", options).formatToParts(at).map(({ type, value }) => [type, value]));
    return `${part.hour}:${part.minute} UTC on ${part.day} ${part.month}`;
  }
})();
