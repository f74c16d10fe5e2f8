// <wire-search>: searches the wire from the sources of an article and links the posts that are
// ticked. Without it the link inside leads to a page that does the same. data-url is what the
// field for a post asks too.
(() => {
  const PAUSE = 300;

  customElements.define("wire-search", class extends HTMLElement {
    connectedCallback() {
      this.form = this.closest("form");
      this.field = this.querySelector("[type=search]");
      this.list = this.querySelector("[data-results]");
      this.add = this.querySelector("[data-add]");
      this.found = new Map();
      this.querySelector("[data-search]").hidden = false;
      this.querySelector("[data-page]")?.remove();
      this.field.addEventListener("input", (event) => {
        event.stopPropagation();
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => this.search(), PAUSE);
      });
      this.field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        // It would save the article.
        event.preventDefault();
        clearTimeout(this.waiting);
        this.search();
      });
      this.querySelector("details").addEventListener("toggle", (event) => {
        if (!event.target.open) return;
        this.field.focus();
        if (!this.list.childElementCount) this.search();
      });
      this.list.addEventListener("change", (event) => {
        event.stopPropagation();
        this.count();
      });
      this.add.addEventListener("click", () => this.link());
    }

    async search() {
      this.asking?.abort();
      const asking = this.asking = new AbortController();
      const url = new URL(this.dataset.url, window.location.href);
      url.searchParams.set("term", this.field.value.trim());
      try {
        const answer = await fetch(url, { signal: asking.signal, headers: { accept: "application/json" } });
        if (answer.status === 401) throw new Error("You are no longer logged in. Save, log in, then search again.");
        if (!answer.ok) throw new Error(`The wire could not be searched (error ${answer.status}).`);
        const { results } = await answer.json();
        if (!asking.signal.aborted) this.show(results);
      } catch (error) {
        if (error.name === "AbortError") return;
        this.tell(error instanceof TypeError ? "No connection to the desk. Search again in a moment." : error.message);
      }
    }

    show(results) {
      this.found = new Map(results.map((post) => [post.id, post]));
      const linked = new Set([...this.form.querySelectorAll('.desk-source:not(.empty-form) [name$="-post"]')].map((each) => each.value));
      this.list.replaceChildren(...results.map((post) => this.row(post, linked.has(post.id))));
      this.tell(results.length ? `${results.length} ${results.length === 1 ? "post" : "posts"}, newest first` : "No post has these words.");
      this.count();
    }

    row(post, isLinked) {
      const row = this.querySelector("template").content.cloneNode(true).firstElementChild;
      const tick = row.querySelector("input");
      Object.assign(tick, { value: post.id, checked: isLinked, disabled: isLinked });
      row.querySelector("[data-who]").textContent = isLinked ? `${post.who}. Linked` : post.who;
      const words = row.querySelector("[data-words]");
      Object.assign(words, { textContent: [post.title, post.words].filter(Boolean).join("\n"), lang: post.language });
      return row;
    }

    ticked() {
      return [...this.list.querySelectorAll("input:checked:enabled")];
    }

    count() {
      const { length } = this.ticked();
      this.add.disabled = !length;
      this.add.textContent = length > 1 ? `Add ${length} posts` : "Add post";
    }

    link() {
      const posts = this.ticked().map((tick) => this.found.get(tick.value));
      const detail = posts.map((post) => ({ post: post.id, label: post.text, key: "", role: "basis", note: "", suggestion: post }));
      document.dispatchEvent(new CustomEvent("desk:sources", { detail }));
      this.show([...this.found.values()]);
      this.tell(posts.length === 1 ? "1 post added. It is saved with the article." : `${posts.length} posts added. They are saved with the article.`);
      this.field.focus();
    }

    tell(words) {
      this.querySelector("[role=status]").textContent = words;
    }
  });
})();
