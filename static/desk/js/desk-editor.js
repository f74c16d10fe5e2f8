// <desk-editor>: the body's buttons and their keys, marks at the caret, pictures dropped or pasted.
// Others put text at the caret by the event "desk:insert" with {before, after} on the document;
// `isWord` of it keeps it apart from the word before.
customElements.define("desk-editor", class extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("textarea");
    this.note = this.querySelector("[role=status]");
    this.tools = this.querySelector("[role=toolbar]");
    this.tools.hidden = false;
    this.rove(0);
    this.tools.addEventListener("click", (event) => this.use(event.target.closest("button")));
    this.tools.addEventListener("keydown", (event) => this.move(event));
    this.querySelector("input[type=file]")?.addEventListener("change", (event) => {
      this.upload(event.target.files);
      event.target.value = "";
    });
    this.addEventListener("keydown", (event) => this.press(event), true);
    for (const type of ["paste", "drop"]) {
      this.addEventListener(type, (event) => {
        const files = (event.clipboardData || event.dataTransfer)?.files;
        if (!files?.length || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        this.upload(files);
      }, true);
    }
    document.addEventListener("desk:insert", ({ detail: { before, after, isWord } }) => {
      const isAfterWord = isWord && /[^\s([{]/.test(this.text.value.charAt(this.text.selectionStart - 1));
      this.wrap(isAfterWord ? ` ${before}` : before, after);
    });
  }

  // A toolbar is one stop of the Tab key; the arrows move within it.

  stops() {
    return [...this.tools.querySelectorAll("button, input")];
  }

  rove(at) {
    this.stops().forEach((each, n) => { each.tabIndex = n === at ? 0 : -1; });
  }

  move(event) {
    const stops = this.stops();
    const at = stops.indexOf(document.activeElement);
    const last = stops.length - 1;
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    const to = (next + stops.length) % stops.length;
    this.rove(to);
    stops[to].focus();
  }

  press(event) {
    if (event.target !== this.text) return;
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    // markdownx binds these to the textarea itself: Tab would never leave it, and the others would
    // take its undo away.
    if (event.key === "Tab" || (isCommand && ["d", "[", "]"].includes(event.key))) event.stopPropagation();
    const button = isCommand && !event.shiftKey && this.tools.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    this.use(button);
  }

  use(button) {
    if (!button) return;
    const { before, after, wrap, line, link, comment } = button.dataset;
    if (wrap) this.emphasise(wrap);
    else if (line) this.startLines(line);
    else if (link !== undefined) this.link();
    else if (comment !== undefined) button.form.elements.passage.value = this.text.value.slice(this.text.selectionStart, this.text.selectionEnd);
    else if (before) this.wrap(before, after);
  }

  wrap(before, after = "") {
    const { selectionStart, selectionEnd, value } = this.text;
    const inner = value.slice(selectionStart, selectionEnd);
    this.put(after ? before + inner + after : inner + before);
    if (after && !inner) {
      this.text.selectionStart = this.text.selectionEnd = selectionStart + before.length;
    }
  }

  // Puts signs around what is selected, or the word of the caret, and takes them away again.
  emphasise(sign) {
    this.selectWords();
    const { selectionStart: start, selectionEnd: end, value } = this.text;
    const words = value.slice(start, end);
    const outside = value.slice(start - sign.length, start) === sign && value.slice(end, end + sign.length) === sign;
    // One star within two is strong, not emphasis.
    const isOther = sign === "*" && value.charAt(start - 2) === "*" && value.charAt(start - 3) !== "*";
    if (outside && !isOther) {
      this.replace(start - sign.length, end + sign.length, words);
    } else {
      const made = words.replace(/[^\n]*\S[^\n]*/g, (line) => sign + line + sign) || sign + sign;
      this.replace(start, end, made, sign.length, made.length - sign.length);
    }
  }

  selectWords() {
    const { selectionStart, selectionEnd, value } = this.text;
    let [start, end] = [selectionStart, selectionEnd];
    if (start === end) {
      start -= value.slice(0, start).match(/[\p{L}\p{M}\p{N}]*$/u)[0].length;
      end += value.slice(end).match(/^[\p{L}\p{M}\p{N}]*/u)[0].length;
      if (start === selectionStart || end === selectionEnd) return;
    }
    const words = value.slice(start, end);
    if (!words.trim()) return;
    this.text.setSelectionRange(start + words.search(/\S/), start + words.trimEnd().length);
  }

  // Begins each selected line with a sign, or takes it away where all of them have it.
  startLines(sign) {
    const { selectionStart, selectionEnd, value } = this.text;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const next = value.indexOf("\n", Math.max(selectionEnd - 1, start));
    const end = next < 0 ? value.length : next;
    const lines = value.slice(start, end).split("\n");
    const isWords = (line) => lines.length === 1 || line.trim();
    const haveAll = lines.filter(isWords).every((line) => line.startsWith(sign));
    const made = lines.map((line) => (isWords(line) ? (haveAll ? line.slice(sign.length) : sign + line) : line)).join("\n");
    const at = Math.max(0, selectionEnd - start + made.length - (end - start));
    this.replace(start, end, made, selectionStart === selectionEnd ? at : 0, selectionStart === selectionEnd ? at : made.length);
  }

  link() {
    const { selectionStart, selectionEnd, value } = this.text;
    const words = value.slice(selectionStart, selectionEnd);
    const isAddress = /^https?:\/\/\S+$/.test(words.trim());
    const address = isAddress ? words.trim() : "https://";
    const made = `[${isAddress ? "" : words}](${address})`;
    const from = isAddress || !words ? 1 : made.length - 1 - address.length;
    this.replace(selectionStart, selectionEnd, made, from, isAddress || !words ? 1 : made.length - 1);
  }

  // Puts words in the place of others and selects some of them.
  replace(start, end, words, from = 0, to = words.length) {
    this.text.setSelectionRange(start, end);
    this.put(words);
    this.text.setSelectionRange(start + from, start + to);
  }

  put(words) {
    this.constructor.put(this.text, words);
  }

  static put(field, words) {
    field.focus();
    // The only way that leaves the browser's undo whole; setRangeText is for where it is gone. Under
    // an open dialogue the field gets no focus, and the words would go into the dialogue.
    if (document.activeElement !== field || !document.execCommand(words ? "insertText" : "delete", false, words)) {
      field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  }

  // Somebody may have selected words meanwhile, or write elsewhere.
  putLate(words) {
    const focused = document.activeElement;
    this.text.setSelectionRange(this.text.selectionEnd, this.text.selectionEnd);
    this.put(words);
    if (focused !== this.text && focused.matches("input:not([type=file]), textarea, select")) focused.focus();
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
        if (answer.ok) this.putLate(`\n\n${said.image_code}\n\n`);
      } catch {
        this.note.textContent = "The image was not uploaded. Try again.";
      }
    }
  }
});
