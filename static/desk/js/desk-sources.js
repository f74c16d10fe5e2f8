// <desk-sources>: "Insert mark", "Quote selection", what a chosen post fills in, and the keys that
// preview, mirror and completion know ("desk:known" on the document). In the words of a post the
// arrows choose a word, Shift and the arrows more of them, and Enter quotes them.
(() => {
  // Quotation marks by language, the outer and the inner ones; others as in English.
  const QUOTES = {
    de: "„“‚‘", cs: "„“‚‘", pl: "„”‚’", bg: "„“‚‘", fr: "«»“”", it: "«»“”", es: "«»“”", pt: "«»“”", ru: "«»„“",
    uk: "«»„“", el: "«»“”", ar: "«»“”", fa: "«»“”", ja: "「」『』", zh: "“”‘’",
  };

  const ACROSS = ["ArrowLeft", "ArrowRight"];
  const UPRIGHT = ["ArrowUp", "ArrowDown"];

  customElements.define("desk-sources", class extends HTMLElement {
    connectedCallback() {
      this.show();
      this.addEventListener("click", (event) => {
        const row = event.target.closest("[data-insert-mark]")?.closest(".desk-source");
        const key = row?.querySelector('[name$="-key"]').value.trim();
        if (key) document.dispatchEvent(new CustomEvent("desk:insert", { detail: { before: `[@${key}]` } }));
        const quoted = event.target.closest("[data-quote]")?.closest(".desk-source");
        if (quoted) this.quote(quoted);
      });
      this.addEventListener("keydown", (event) => this.press(event));
      document.addEventListener("selectionchange", () => this.offerQuotes());
      this.addEventListener("input", () => this.tell());
      document.addEventListener("formset:added", () => this.show());
      document.addEventListener("formset:removed", () => this.tell());
      document.addEventListener("desk:sources", (event) => event.detail.forEach((each) => this.add(each)));
      // select2 speaks through jQuery only.
      window.django.jQuery(this).on("select2:select", (event) => this.fill(event.target, event.params.data));
      this.tell();
    }

    show() {
      for (const button of this.querySelectorAll("[data-insert-mark], [data-quote]")) button.hidden = false;
    }

    // The words of a post that are selected, whole words on one line; "" where none are, or not of
    // it alone.
    selectedIn(row) {
      const selection = window.getSelection();
      const words = row.querySelector("[data-words]");
      if (!selection.rangeCount || selection.isCollapsed) return "";
      const range = selection.getRangeAt(0).cloneRange();
      if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return "";
      const [first, last] = [range.startContainer.data ?? "", range.endContainer.data ?? ""];
      if (isInWord(first, range.startOffset)) {
        range.setStart(range.startContainer, range.startOffset - first.slice(0, range.startOffset).match(/[\p{L}\p{M}\p{N}]*$/u)[0].length);
      }
      if (isInWord(last, range.endOffset)) {
        range.setEnd(range.endContainer, range.endOffset + last.slice(range.endOffset).match(/^[\p{L}\p{M}\p{N}]*/u)[0].length);
      }
      return range.toString().replace(/\s+/g, " ").trim();
    }

    // No browser has a caret in words that cannot be changed.
    press(event) {
      const words = event.target;
      if (!words.matches("[data-words]") || event.ctrlKey || event.altKey || event.metaKey) return;
      const { key, shiftKey } = event;
      if (key === "Enter") this.quote(words.closest(".desk-source"));
      else if (ACROSS.includes(key) || (shiftKey && UPRIGHT.includes(key))) select(words, key, shiftKey);
      else return;
      event.preventDefault();
      this.querySelector("[data-chosen-words]").textContent = this.selectedIn(words.closest(".desk-source"));
    }

    // Under every key of the body too, so it looks at one row only.
    offerQuotes() {
      const { anchorNode } = window.getSelection();
      const row = anchorNode && (anchorNode.closest ? anchorNode : anchorNode.parentElement)?.closest(".desk-source");
      const words = row && this.contains(row) ? this.selectedIn(row) : "";
      const before = this.selected?.row;
      // The button stays while it is pressed, though the selection goes.
      if (words) this.selected = { row, words };
      else if (document.activeElement !== before?.querySelector("[data-quote]")) this.selected = null;
      if (before && before !== this.selected?.row) before.querySelector("[data-quote]").disabled = true;
      if (this.selected) this.selected.row.querySelector("[data-quote]").disabled = false;
    }

    quote(row) {
      const key = row.querySelector('[name$="-key"]').value.trim();
      if (this.selected?.row !== row) return;
      const said = quotation(this.selected.words, this.closest("form").elements.namedItem("language")?.value || "en");
      const before = key ? `${said} [@${key}]` : said;
      this.selected = null;
      row.querySelector("[data-quote]").disabled = true;
      document.dispatchEvent(new CustomEvent("desk:insert", { detail: { before, isWord: true } }));
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
      row.querySelector(".desk-source__title").textContent = post.title || "";
      row.querySelector("[data-words]").lang = post.language || "";
      row.dataset.outlet = post.outlet || "";
      row.querySelector(".desk-source__who").textContent = post.who || "New source";
      this.tell();
      key.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }

    // A kept source comes back as a new row, as by the button; its words come when it is saved.
    add({ post, label, key, role, note, translation = "", suggestion = null }) {
      this.querySelector(".add-row a").click();
      const row = this.rows().at(-1);
      const select = row.querySelector('select[name$="-post"]');
      select.append(new Option(label, post, true, true));
      for (const [name, value] of Object.entries({ key, role, note, translation })) {
        row.querySelector(`[name$="-${name}"]`).value = value;
      }
      this.fill(select, suggestion || { who: label });
      window.django.jQuery(select).trigger("change");
    }

    nextKey(code) {
      const letter = (code.match(/[a-z]/i)?.[0] || "s").toLowerCase();
      const used = new Set(this.rows().map((row) => row.querySelector('[name$="-key"]').value.toLowerCase()));
      let number = 1;
      while (used.has(letter + number)) number += 1;
      return letter + number;
    }

    tell() {
      const isStaying = (row) => !row.querySelector('[name$="-DELETE"]')?.checked;
      const known = this.rows().filter(isStaying).map((row) => ({
        key: row.querySelector('[name$="-key"]').value.trim(),
        outlet: row.dataset.outlet || row.querySelector(".desk-source__who").textContent.trim(),
        words: row.querySelector("[data-words]").textContent.replace(/\s+/g, " ").trim(),
        language: row.querySelector("[data-words]").lang,
      })).filter(({ key }) => key);
      const form = this.closest("form");
      form.querySelector("text-mirror").name(new Map(known.map(({ key, outlet }) => [key, outlet])));
      document.dispatchEvent(new CustomEvent("desk:known", { detail: known }));
      const editor = form.querySelector(".markdownx-editor");
      const query = new URLSearchParams(known.map(({ key }) => ["key", key]));
      editor.dataset.markdownxUrlsPath = `${editor.dataset.markdownxUrlsPath.split("?")[0]}?${query}`;
    }
  });

  // Select the next word, or `isMore`. A step that leads out of the words is taken back.
  function select(words, key, isMore) {
    const selection = window.getSelection();
    if (!words.contains(selection.focusNode)) selection.collapse(words, 0);
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    const isBack = ["ArrowUp", getComputedStyle(words).direction === "rtl" ? "ArrowRight" : "ArrowLeft"].includes(key);
    // Signs and ends of lines are no words.
    for (let tries = 0; tries < 9; tries += 1) {
      if (!isMore) selection[isBack ? "collapseToStart" : "collapseToEnd"]();
      selection.modify("extend", isBack ? "backward" : "forward", ACROSS.includes(key) ? "word" : "line");
      if (isMore || /[\p{L}\p{N}]/u.test(selection)) break;
    }
    if (!words.contains(selection.focusNode)) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
    else if (!isMore) {
      // So that more of them follow, whichever way it was found.
      const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
      selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
    }
  }

  function isInWord(text, at) {
    const isLetter = (letter) => /[\p{L}\p{M}\p{N}]/u.test(letter);
    return isLetter(text.charAt(at - 1)) && isLetter(text.charAt(at));
  }

  // Words of a post as a quotation. Marks around all of them go, marks inside become inner ones.
  function quotation(words, language) {
    const [open, close, inOpen, inClose] = QUOTES[language.split("-")[0]] || "“”‘’";
    const bare = words.replace(/^[“„«"]([^“”„«»"]*)[”“»"]$/, "$1").trim();
    const inner = bare.replace(/[“„«"]([^“”„«»"]*)[”“»"]/g, (_, said) => `${inOpen}${said.trim()}${inClose}`);
    const gap = language.startsWith("fr") ? "\u00a0" : "";
    return open + gap + plain(inner) + gap + close;
  }

  // Words that Markdown reads as these words: a post may have signs of it, by chance or on purpose.
  function plain(words) {
    return words.replace(/[\\`*[\]<]|(?<!\w)_|_(?!\w)|!(?=--)|&(?=#?\w{1,31};)|\{(?=\s*\.)/g, "\\$&");
  }
})();
