// <mark-completion>: offers the linked sources where "[@" is typed into the textarea data-of, by
// key, outlet and words, and puts in the mark. While the list is open the textarea controls it as a
// combobox does, without that role, which HTML does not allow a textarea.
(() => {
  // "[@", or a further key after a semicolon or comma, up to the caret.
  const BEGUN = /\[\s*(?:@[^\s[\]();,@]+\s*[;,]\s*)*@([^[\]();,@\n]{0,60})$/;
  const MOST = 8;

  customElements.define("mark-completion", class extends HTMLElement {
    connectedCallback() {
      this.text = document.getElementById(this.dataset.of);
      this.mirror = this.parentElement.querySelector("text-mirror");
      this.list = this.querySelector("[role=listbox]");
      this.known = [];
      document.addEventListener("desk:known", (event) => { this.known = event.detail; });
      this.text.addEventListener("input", () => { this.isPutOff = false; this.look(); });
      document.addEventListener("selectionchange", () => {
        if (document.activeElement === this.text && !this.list.hidden) this.look();
      });
      // Before the other elements: Tab and Enter are for the list while it is open.
      document.addEventListener("keydown", (event) => {
        if (event.target === this.text && !event.isComposing) this.press(event);
      }, true);
      this.text.addEventListener("blur", () => this.close());
      this.text.addEventListener("scroll", () => this.place());
      // Before the textarea loses the focus.
      this.list.addEventListener("mousedown", (event) => {
        event.preventDefault();
        const option = event.target.closest("[role=option]");
        if (option) this.take([...this.list.children].indexOf(option));
      });
    }

    look() {
      const { selectionStart: at, selectionEnd, value } = this.text;
      const begun = at === selectionEnd && !this.isPutOff ? value.slice(Math.max(0, at - 300), at).match(BEGUN) : null;
      if (!begun) {
        this.close();
        return;
      }
      this.start = at - begun[1].length;
      const asked = begun[1].toLowerCase().split(/\s+/).filter(Boolean);
      this.options = this.known.filter(({ key, outlet, words }) => {
        const all = `${key} ${outlet} ${words}`.toLowerCase();
        return asked.every((each) => all.includes(each));
      }).sort((a, b) => Number(b.key.toLowerCase().startsWith(begun[1].toLowerCase())) - Number(a.key.toLowerCase().startsWith(begun[1].toLowerCase()))).slice(0, MOST);
      // A key that is complete needs no list.
      const isDone = /[\]]/.test(value.charAt(at)) && this.options.some(({ key }) => key === begun[1]);
      if (this.options.length && !isDone) this.open();
      else this.close();
    }

    open() {
      this.list.replaceChildren(...this.options.map((each, n) => optionOf(each, `${this.list.id}-${n}`)));
      if (this.list.hidden) {
        this.list.hidden = false;
        for (const [name, value] of [["aria-autocomplete", "list"], ["aria-haspopup", "listbox"], ["aria-controls", this.list.id]]) {
          this.text.setAttribute(name, value);
        }
      }
      this.querySelector("[role=status]").textContent = `${this.options.length} ${this.options.length === 1 ? "source" : "sources"}`;
      this.choose(0);
      this.place();
    }

    close() {
      if (this.list.hidden) return;
      this.list.hidden = true;
      this.querySelector("[role=status]").textContent = "";
      for (const name of ["aria-autocomplete", "aria-haspopup", "aria-controls", "aria-activedescendant"]) this.text.removeAttribute(name);
    }

    choose(at) {
      this.at = at;
      [...this.list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
      this.text.setAttribute("aria-activedescendant", this.list.children[at].id);
      this.list.children[at].scrollIntoView({ block: "nearest" });
    }

    // Under the line of the mark, above it where the screen ends; never beyond the edge of the body.
    place() {
      if (this.list.hidden) return;
      const frame = this.getBoundingClientRect();
      const letter = this.mirror.rectOf(this.start);
      const most = Math.max(0, frame.width - this.list.offsetWidth);
      const height = this.list.offsetHeight + 8;
      const isAbove = letter.bottom + height > window.innerHeight && letter.top > height;
      this.list.style.insetBlockStart = `${(isAbove ? letter.top - height : letter.bottom) - frame.top + 4}px`;
      this.list.style.left = `${Math.min(Math.max(0, letter.left - frame.left - 16), most)}px`;
    }

    press(event) {
      if (this.list.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
      const { length } = this.options;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) this.choose((this.at + step + length) % length);
      else if (event.key === "Enter" || event.key === "Tab") this.take(this.at);
      else if (event.key === "Escape") {
        this.isPutOff = true;
        this.close();
      } else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }

    // The key takes the place of what was typed for it, and the bracket is closed.
    take(at) {
      const { key } = this.options[at];
      const { selectionStart, value } = this.text;
      // What is left of a key that the caret stands in goes with it.
      const rest = value.slice(selectionStart).match(/^([^\s[\]();,@]*)\s*(?:[;,]\s*@[^\s[\]();,@]+\s*)*\]/);
      this.text.setSelectionRange(this.start, selectionStart + (rest ? rest[1].length : 0));
      customElements.get("desk-editor").put(this.text, rest ? key : `${key}]`);
      this.isPutOff = true;
      this.close();
    }
  });

  function optionOf({ key, outlet, words, language }, id) {
    const option = document.createElement("li");
    Object.assign(option, { id, className: "completion__option" });
    option.setAttribute("role", "option");
    const [name, who, said] = ["b", "span", "span"].map((tag) => document.createElement(tag));
    Object.assign(name, { className: "completion__key", textContent: key });
    who.textContent = outlet;
    Object.assign(said, { className: "completion__words", textContent: words.slice(0, 120), lang: language, dir: "auto" });
    option.append(name, " ", who, " ", said);
    return option;
  }
})();
