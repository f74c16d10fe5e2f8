// <desk-paste>: what is pasted into the body becomes Markdown, read by the server at data-url.
// The plain text goes in at once, so that nothing is lost whatever happens then; the Markdown
// takes its place when it comes, and undo gives the plain text back. Says what was left out.
(() => {
  const MOST_BYTES = 5 * 1024 * 1024;
  const PATIENCE = 15_000;
  // The desk decodes and stores each.
  const PATIENCE_FOR_PICTURES = 60_000;
  const PICTURE = /<img[^<>]*?src\s*=\s*["']?\s*data:image\//i;
  // What starts a block of its own, wherever the caret is.
  const BLOCK = /^(?:#{2,4} |> |- |\d{1,9}\. |\| |---$)/m;

  customElements.define("desk-paste", class extends HTMLElement {
    connectedCallback() {
      this.form = this.closest("form");
      this.text = this.closest("desk-editor").querySelector("textarea");
      // On the document, before <desk-editor>: Word adds a picture of the words it copies.
      document.addEventListener("paste", (event) => {
        if (event.target === this.text) this.take(event);
      }, true);
      // Ctrl+Shift+V is the browser's own: the words as they are.
      this.text.addEventListener("keydown", (event) => {
        this.isPlain = event.shiftKey && event.key.toLowerCase() === "v" && (event.ctrlKey || event.metaKey);
      });
      this.text.addEventListener("keyup", () => { this.isPlain = false; });
    }

    take(event) {
      const { clipboardData } = event;
      const html = clipboardData?.getData("text/html") || "";
      const text = (clipboardData?.getData("text/plain") || "").replace(/\r\n?/g, "\n");
      // Code editors colour what they copy: their plain text is what was meant.
      const isCode = clipboardData?.types.includes("vscode-editor-data");
      const isOnlyPicture = !text.trim() && !clipboardData?.files.length && PICTURE.test(html);
      if (this.isPlain || (!text.trim() && !isOnlyPicture) || isCode || (!html && !text.includes("\n"))) return;
      event.preventDefault();
      event.stopPropagation();
      this.textContent = "";
      const { selectionStart: start, selectionEnd, value } = this.text;
      const around = { before: value.slice(0, start), after: value.slice(selectionEnd) };
      // Nothing in the place of nothing would take away the character before.
      if (text || selectionEnd > start) this.put(text);
      this.convert({ html, text }, around);
    }

    async convert(clipboard, around) {
      const body = JSON.stringify(clipboard);
      if (new Blob([body]).size > MOST_BYTES) {
        this.tell("More than 5 MB was pasted. It was put in as plain text; paste it in parts to keep its formatting.");
        return;
      }
      try {
        const answer = await fetch(this.dataset.url, {
          method: "POST", body, signal: AbortSignal.timeout(PICTURE.test(clipboard.html) ? PATIENCE_FOR_PICTURES : PATIENCE),
          headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.csrfmiddlewaretoken.value },
        });
        const said = await answer.json();
        if (answer.ok) this.replace(clipboard.text, said, around);
        this.tell(said.note);
      } catch {
        this.tell("The formatting could not be read, because the desk did not answer. It was put in as plain text.");
      }
    }

    // Put Markdown where the plain text is, wherever typing has moved it since, and leave the caret
    // and the focus where they are.
    replace(plain, { markdown, is_inline: isInline }, around) {
      const { value } = this.text;
      const start = around.before.length;
      const at = value.startsWith(plain, start) ? start : value.indexOf(plain);
      if (at < 0 || (at !== start && value.indexOf(plain, at + 1) >= 0)) {
        this.tell("The pasted text was changed before its formatting was read. It stays as plain text.");
        return;
      }
      const words = isInline ? markdown : this.fitted(markdown, around);
      if (words === plain) return;
      const end = at + plain.length;
      const grown = words.length - plain.length;
      const moved = (caret) => (caret >= end ? caret + grown : Math.min(caret, at + words.length));
      const caret = [moved(this.text.selectionStart), moved(this.text.selectionEnd)];
      const focused = document.activeElement;
      this.text.setSelectionRange(at, end);
      this.put(words);
      this.text.setSelectionRange(...caret);
      if (focused !== this.text) focused?.focus();
    }

    // Blank lines around blocks; a paragraph goes on where the caret is.
    fitted(markdown, { before, after }) {
      const lines = markdown.split("\n");
      const opening = /(?:^|\n)$/.test(before) || BLOCK.test(lines[0]) ? blankLine(before, /\n*$/) : "";
      const closing = /^(?:\n|$)/.test(after) || BLOCK.test(lines.at(-1)) ? blankLine(after, /^\n*/) : "";
      return opening + markdown + closing;
    }

    put(words) {
      customElements.get("desk-editor").put(this.text, words);
    }

    tell(note) {
      if (note) this.textContent = note;
    }
  });

  // What is missing of a blank line between a paste and the text beside it.
  function blankLine(beside, ends) {
    if (!beside.trim()) return "";
    return "\n".repeat(Math.max(0, 2 - beside.match(ends)[0].length));
  }
})();
