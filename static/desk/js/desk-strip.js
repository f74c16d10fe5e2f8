// <desk-strip>: under the body, what was found in the sentence of the caret, with its one-click
// fixes, and how long and how well cited the text is. It reads the findings panel, and presses its
// buttons. What was found in headline or standfirst stands under these while the caret is there.
(() => {
  const SHOWN = 3;
  const FIELDS = ["headline", "standfirst", "body"];

  customElements.define("desk-strip", class extends HTMLElement {
    connectedCallback() {
      this.form = this.closest("form");
      this.body = this.text = this.parentElement.querySelector("textarea");
      this.mirror = this.parentElement.querySelector("text-mirror");
      this.place = this.querySelector("[data-found]");
      this.hidden = false;
      document.addEventListener("selectionchange", () => {
        const at = document.activeElement;
        if (at !== this.text && at.form === this.form && FIELDS.includes(at.name)) this.move(at);
        if (at === this.text) this.show();
      });
      this.mirror.addEventListener("mirror:drawn", () => this.show());
      this.place.addEventListener("click", (event) => this.press(event));
      this.show();
    }

    move(text) {
      this.text = text;
      if (text === this.body) this.prepend(this.place);
      else text.after(this.place);
    }

    show() {
      const { selectionStart: at, name, value } = this.text;
      const found = this.text === this.body ? this.mirror.found : this.form.querySelector("desk-findings").foundIn(name, value);
      const here = found.filter(({ from, to }) => from <= at && at <= to);
      const key = here.map(({ id }) => `${id}${document.getElementById(id)?.textContent}`).join();
      if (key !== this.key) {
        this.key = key;
        this.place.replaceChildren(...here.slice(0, SHOWN).map(({ id }) => document.getElementById(id)).filter(Boolean).map(lineOf));
      }
      this.place.hidden = !this.place.childElementCount;
      this.sum();
    }

    sum() {
      const cited = this.form.querySelector(".coverage__sum");
      const open = this.form.querySelector("[data-sum]")?.textContent.trim();
      const words = cited && `${cited.dataset.words} words`;
      const said = cited ? [words, cited.textContent.trim(), open].join(" · ") : "";
      const sum = this.querySelector("[data-strip-sum]");
      if (sum.textContent !== said) sum.textContent = said;
    }

    press(event) {
      const button = event.target.closest("[data-of]");
      const finding = button && document.getElementById(button.dataset.of);
      if (!finding) return;
      if (button.dataset.value) {
        const fix = finding.querySelector(`[data-fix][value="${CSS.escape(button.dataset.value)}"]`);
        if (fix) this.form.querySelector("desk-fixes").fix(fix, this.text);
        return;
      }
      finding.dispatchEvent(new CustomEvent("desk:reveal", { bubbles: true }));
      finding.focus();
    }
  });

  function lineOf(finding) {
    const line = document.createElement("p");
    line.className = `strip__line strip__line--${finding.classList.contains("finding--hold") ? "hold" : "query"}`;
    const name = document.createElement("b");
    name.textContent = finding.querySelector(".finding__name").textContent.trim();
    line.append(name, " ", finding.querySelector("[data-message]").textContent.trim(), " ");
    for (const fix of finding.querySelectorAll("[data-fix]")) {
      line.append(buttonOf(finding, fix.textContent.trim(), fix.value), " ");
    }
    line.append(buttonOf(finding, "Show finding", ""));
    return line;
  }

  function buttonOf(finding, label, value) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: value ? "button" : "button button--slight", textContent: label });
    Object.assign(button.dataset, { of: finding.id, value });
    return button;
  }
})();
