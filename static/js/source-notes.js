// Shows at each sentence what the list of sources says of the posts that it cites: in the margin where
// there is one, elsewhere in a line that a mark opens. Without it a mark leads to the list.
const wide = matchMedia("(min-width: 80rem)");
// How far below its sentence a note may stand before those above it are shortened: first they lose
// the words, then all but the outlets in one line.
const DRIFT = 120;
const FORMS = ["note", "note note--brief", "note note--line"];
const APART = [12, 12, 4];

const element = (name, css, ...inside) => {
  const made = document.createElement(name);
  made.className = css;
  made.append(...inside);
  return made;
};

// The post of one mark; of the words it carries those that this sentence cites, or where none are
// marked how it begins, in the language of the article if the desk translated it.
const post = (mark, sentence) => {
  const source = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
  if (!source) return "";
  const copy = (css) => [...source.querySelectorAll(css)].map((node) => node.cloneNode(true));
  const link = element("a", "note__outlet", source.querySelector(".source__outlet a").textContent);
  link.href = mark.hash;
  const who = element("p", "note__who", element("span", "note__number", source.querySelector(".source__number").textContent), link);
  for (const part of [...copy(".source__times time").slice(0, 1), ...copy(".tag:not(.tag--live)")]) who.append(" ", part);
  const [excerpt, translated] = source.querySelectorAll(".source__excerpt");
  const [archived] = copy(".source__links a");
  if (!excerpt) {
    who.append(" ", archived);
    return element("div", "note__post", who);
  }
  const cited = sentence ? [...source.querySelectorAll(`mark[data-s~="${sentence}"]`)] : [];
  const words = element("blockquote", "note__words");
  words.dir = "auto";
  words.lang = excerpt.lang;
  cited.forEach((found, n) => {
    const there = found.closest("a").cloneNode(true);
    there.href = there.href.replace(/s\d+$/, `s${sentence}`);
    words.append(n ? " […] " : "", there);
  });
  if (!cited.length) {
    const whole = translated ?? excerpt;
    words.classList.add("note__words--whole");
    words.lang = whole.lang;
    archived.textContent = whole.textContent;
    words.append(archived);
  }
  return element("div", "note__post", who, words);
};

const noteFor = (marks) => {
  const sentence = marks[0].closest(".claim")?.id.slice(1);
  const once = new Map(marks.map((mark) => [mark.hash, mark]));
  return element("div", "note", ...[...once.values()].map((mark) => post(mark, sentence)));
};

customElements.define("source-notes", class extends HTMLElement {
  connectedCallback() {
    this.prose = this.parentElement.querySelector(".prose");
    this.marks = new Map();
    for (const mark of this.prose.querySelectorAll(".cite__link")) {
      const place = mark.closest(".claim") ?? mark.parentElement;
      this.marks.set(place, [...(this.marks.get(place) ?? []), mark]);
    }
    this.show = this.show.bind(this);
    this.prose.addEventListener("click", (event) => this.toggle(event));
    wide.addEventListener("change", this.show);
    new ResizeObserver(() => this.align()).observe(this.prose);
    this.show();
  }

  show() {
    for (const line of this.prose.querySelectorAll(".note")) line.remove();
    for (const mark of this.prose.querySelectorAll("[aria-expanded]")) mark.removeAttribute("aria-expanded");
    this.notes = wide.matches ? [...this.marks].map(([place, marks]) => [place, noteFor(marks)]) : [];
    this.replaceChildren(...this.notes.map(([, note]) => note));
    this.align();
  }

  // Each at its sentence, or below the one before it, in the fullest form that the next ones bear.
  align() {
    const top = this.getBoundingClientRect().top;
    const wanted = this.notes.map(([place]) => place.getBoundingClientRect().top - top);
    const heights = FORMS.map((form, of) => {
      for (const [, note] of this.notes) note.className = form;
      return this.notes.map(([, note]) => note.offsetHeight + APART[of]);
    });
    let end = 0;
    this.notes.forEach(([, note], n) => {
      const at = Math.max(wanted[n], end);
      const room = (wanted[n + 1] ?? Infinity) + DRIFT - at;
      const fitting = heights.findIndex((ofForm) => ofForm[n] <= room);
      const form = fitting < 0 ? FORMS.length - 1 : fitting;
      note.className = FORMS[form];
      note.style.insetBlockStart = `${at}px`;
      end = at + heights[form][n];
    });
    this.parentElement.style.minBlockSize = this.notes.length ? `${end}px` : "";
  }

  toggle(event) {
    const mark = event.target.closest(".cite__link");
    if (!mark || wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const block = mark.closest("li, td, th, p, h2, h3, h4, pre");
    const open = mark.getAttribute("aria-expanded") === "true";
    for (const other of this.prose.querySelectorAll('[aria-expanded="true"]')) other.setAttribute("aria-expanded", "false");
    for (const line of this.prose.querySelectorAll(".note")) line.remove();
    if (open) return;
    mark.setAttribute("aria-expanded", "true");
    const line = noteFor([mark]);
    if (block.matches("li, td, th")) block.append(line);
    else block.after(line);
  }
});
