// <text-mirror>: draws the text of the textarea beside it behind it, with the findings, citation
// marks and voices where they stand. The textarea stays the browser's own. A line is drawn again
// only if its words or what is drawn in it changed.
// `find(list, text)` takes what the checks found in a text: {start, end, from, to, level, id}, in
// UTF-16 units, `from` and `to` being the sentence. `found` is the same in the text as it is now.
// "mirror:drawn" says that something changed.
(() => {
  const MARK = /\[\s*@[^\s[\]();,@]+(?:\s*[;,]\s*@[^\s[\]();,@]+)*\s*\]/g;
  const VOICE_END = /\]\{\s*\.(own|background)\s*\}/y;
  // A text with more than this in it is drawn without: it is none that anybody wrote.
  const MOST = 3_000;
  // What is drawn over what, where several are drawn.
  const CLASSES = ["background", "own", "mark", "unknown", "query", "hold"];

  class TextMirror extends HTMLElement {
    connectedCallback() {
      this.text = this.parentElement.querySelector("textarea");
      this.box = this.appendChild(document.createElement("div"));
      this.box.className = "mirror__lines";
      this.found = [];
      this.keys = [];
      this.names = new Map();
      this.value = this.text.value;
      this.text.addEventListener("input", () => this.draw());
      this.text.addEventListener("scroll", () => this.follow());
      // The browser may bring a text back without an event.
      for (const type of ["pageshow", "load"]) window.addEventListener(type, () => this.draw());
      // Without the scroll bar, and in fractions of a pixel, as a line breaks by them.
      new ResizeObserver(([entry]) => {
        this.box.style.inlineSize = `${entry.contentBoxSize[0].inlineSize}px`;
        this.follow();
      }).observe(this.text);
      this.draw();
    }

    find(list, text) {
      const edit = TextMirror.edit(text, this.text.value);
      this.found = list.map((each) => moved(each, edit)).filter(Boolean);
      this.draw();
    }

    // The outlets of the sources by key.
    name(names) {
      this.names = names;
      this.draw();
    }

    // By scrolling too: browsers round that to whole dots of the screen.
    follow() {
      this.scrollTop = this.text.scrollTop;
    }

    draw() {
      const { value } = this.text;
      if (value !== this.value) {
        const edit = TextMirror.edit(this.value, value);
        this.found = this.found.map((each) => moved(each, edit)).filter(Boolean);
        this.value = value;
      }
      const { direction } = window.getComputedStyle(this.text);
      if (this.box.dir !== direction) this.box.dir = direction;
      this.put(this.linesOf(value));
      this.follow();
      this.dispatchEvent(new CustomEvent("mirror:drawn", { bubbles: true }));
    }

    // Each line with what is drawn in it, at its own offsets.
    linesOf(value) {
      const spans = [...this.marks(value), ...voices(value), ...this.found.map((each) => ({ ...each, kind: each.level }))]
        .sort((a, b) => a.start - b.start || b.end - a.end);
      if (spans.length > MOST) spans.length = 0;
      let at = 0;
      let first = 0;
      return value.split("\n").map((words) => {
        const end = at + words.length;
        while (first < spans.length && spans[first].end <= at) first += 1;
        const inside = [];
        for (let n = first; n < spans.length && spans[n].start < end; n += 1) {
          const span = spans[n];
          if (span.end <= at) continue;
          const [from, to] = [Math.max(span.start, at) - at, Math.min(span.end, end) - at];
          if (from < to) inside.push({ from, to, kind: span.kind, label: span.label || "" });
        }
        at = end + 1;
        return { words, inside, key: words + inside.map(({ from, to, kind, label }) => `\n${from} ${to} ${kind} ${label}`).join("") };
      });
    }

    marks(value) {
      return [...value.matchAll(MARK)].map((found) => {
        const keys = [...found[0].matchAll(/@([^\s[\]();,@]+)/g)].map(([, key]) => key);
        const label = keys.map((key) => this.names.get(key) ?? "no such source").join(", ");
        const kind = keys.every((key) => this.names.has(key)) ? "mark" : "unknown";
        return { start: found.index, end: found.index + found[0].length, kind, label };
      });
    }

    put(lines) {
      const keys = lines.map((line) => line.key);
      const [first, last] = TextMirror.same(this.keys, keys);
      const old = [...this.box.children].slice(first, this.keys.length - last);
      const put = lines.slice(first, lines.length - last).map(drawn);
      const before = this.box.children[this.keys.length - last] || null;
      for (const line of old) line.remove();
      for (const line of put) this.box.insertBefore(line, before);
      this.keys = keys;
    }

    // Where a place of the text is on the screen: the box of its letter.
    rectOf(offset) {
      const value = this.text.value.slice(0, offset);
      const line = this.box.children[value.split("\n").length - 1];
      let left = offset - value.lastIndexOf("\n") - 1;
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      range.selectNodeContents(line);
      range.collapse(true);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (left <= node.length) {
          range.setStart(node, left);
          range.collapse(true);
          break;
        }
        left -= node.length;
      }
      return range.getClientRects()[0] || line.getBoundingClientRect();
    }

    // How many items two lists share at the start, and then at the end.
    static same(one, other) {
      const most = Math.min(one.length, other.length);
      let first = 0;
      while (first < most && one[first] === other[first]) first += 1;
      let last = 0;
      while (last < most - first && one[one.length - 1 - last] === other[other.length - 1 - last]) last += 1;
      return [first, last];
    }

    // What turns one text into another: `start` to `end` of it became `grown` longer.
    static edit(one, other) {
      const [first, last] = TextMirror.same(one, other);
      return { start: first, end: one.length - last, grown: other.length - one.length };
    }
  }

  // A place after an edit; null where its words are gone.
  function moved(place, { start, end, grown }) {
    if (start === end && !grown) return place;
    const put = (at, isEnd) => {
      if (at < start || (at === start && (isEnd || end > start))) return at;
      return at >= end ? at + grown : isEnd ? end + grown : start;
    };
    if (start <= place.start && end >= place.end && end > start) return null;
    const now = { start: put(place.start), end: put(place.end, true), from: put(place.from), to: put(place.to, true) };
    return now.end > now.start ? { ...place, ...now } : null;
  }

  // [words]{.own}: from the bracket that the last one closes, within its paragraph.
  function voices(value) {
    const found = [];
    let open = [];
    for (const { 0: sign, index } of value.matchAll(/\n\n|[[\]]/g)) {
      if (sign === "[") open.push(index);
      else if (sign === "]") {
        const start = open.pop();
        VOICE_END.lastIndex = index;
        const end = start === undefined ? null : VOICE_END.exec(value);
        if (end) found.push({ start, end: index + end[0].length, kind: end[1] });
      } else open = [];
    }
    return found;
  }

  function drawn({ words, inside }) {
    const line = document.createElement("div");
    line.className = "mirror__line";
    const cuts = [...new Set([0, words.length, ...inside.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
    let labelled = null;
    for (let n = 0; n + 1 < cuts.length; n += 1) {
      const [from, to] = [cuts[n], cuts[n + 1]];
      const here = inside.filter((each) => each.from < to && each.to > from);
      const text = words.slice(from, to);
      if (!here.length) {
        line.append(text);
        continue;
      }
      const span = document.createElement("span");
      const kinds = CLASSES.filter((kind) => here.some((each) => each.kind === kind));
      span.className = kinds.map((kind) => (kind === "unknown" ? "mirror__mark mirror__mark--unknown" : `mirror__${kind}`)).join(" ");
      const named = here.find((each) => each.label);
      if (named && named !== labelled) span.dataset.label = named.label;
      labelled = named;
      span.append(text);
      line.append(span);
    }
    return line;
  }

  customElements.define("text-mirror", TextMirror);
})();
