// <wire-desk>: keys, posts opened beside the list without leaving it, and a bar that says what is
// new. The page does the same without it, by links and forms.
(() => {
  const ASK_EVERY = 4000;

  customElements.define("wire-desk", class extends HTMLElement {
    connectedCallback() {
      this.field = this.querySelector("[type=search]");
      this.pane = this.querySelector("#wire-post");
      this.bar = this.querySelector(".wire-desk__new");
      this.sheet = this.querySelector("dialog");
      this.addEventListener("click", (event) => this.click(event));
      this.addEventListener("submit", (event) => this.submit(event));
      document.addEventListener("keydown", (event) => this.press(event));
      document.addEventListener("selectionchange", () => this.select());
      document.addEventListener("visibilitychange", () => this.ask());
      this.timer = setInterval(() => this.ask(), ASK_EVERY);
    }

    disconnectedCallback() {
      clearInterval(this.timer);
    }

    get links() {
      // Not those of a burst that is folded.
      return [...this.querySelectorAll(".wire-row__link")].filter((link) => link.checkVisibility());
    }

    click(event) {
      const link = event.target.closest(".wire-row__link");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      this.open(link);
    }

    press(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || this.sheet.open) return;
      if (event.target.closest("input, textarea, select")) {
        if (event.key === "Escape") event.target.blur();
        return;
      }
      const keys = { j: () => this.move(1), k: () => this.move(-1), x: () => this.pick(), "/": () => this.field.select(), "?": () => this.help() };
      if (!Object.hasOwn(keys, event.key)) return;
      event.preventDefault();
      if (event.key === "/") this.field.focus();
      keys[event.key]();
    }

    help() {
      this.sheet.showModal();
      this.sheet.querySelector("h2").focus();
    }

    get current() {
      return document.activeElement?.closest?.(".wire-row") ?? this.querySelector(".wire-row--open");
    }

    move(step) {
      const links = this.links;
      const here = links.findIndex((link) => this.current?.contains(link));
      const next = links[here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)];
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
    }

    async fetched(url, options) {
      const answer = await fetch(url, { credentials: "same-origin", ...options });
      if (!answer.ok || new URL(answer.url).pathname !== window.location.pathname) throw new Error(`error ${answer.status}`);
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    }

    async open(link) {
      this.opening?.abort();
      const opening = this.opening = new AbortController();
      try {
        const page = await this.fetched(link.href, { signal: opening.signal });
        this.pane.replaceChildren(...page.querySelector("#wire-post").childNodes);
        this.pane.scrollTop = 0;
        for (const row of this.querySelectorAll(".wire-row--open")) {
          row.classList.remove("wire-row--open");
          row.querySelector("a").removeAttribute("aria-current");
        }
        const row = link.closest(".wire-row");
        row.classList.add("wire-row--open");
        row.classList.remove("wire-row--unread");
        row.querySelector(".visually-hidden")?.remove();
        this.count(row.closest(".wire-burst"));
        link.setAttribute("aria-current", "true");
        history.replaceState(null, "", link.href);
        for (const here of this.querySelectorAll("[name=here]")) here.value = new URL(link.href).search.slice(1);
      } catch (error) {
        // Lost network, or logged out: the link itself says so.
        if (error.name !== "AbortError") window.location.assign(link.href);
      }
    }

    count(burst) {
      const unread = burst?.querySelectorAll(".wire-row--unread").length;
      const told = burst?.querySelector(".wire-burst__unread");
      if (!told) return;
      told.hidden = !unread;
      told.querySelector("b").textContent = unread;
    }

    pick() {
      this.current?.querySelector(".wire-row__pick")?.click();
    }

    submit(event) {
      const button = event.submitter;
      if (!button?.matches(".wire-row__pick, .wire-basket__posts button")) return;
      event.preventDefault();
      this.send(event.target, button);
    }

    async send(form, button) {
      const data = new FormData(form, button);
      try {
        const page = await this.fetched(form.action, { method: "POST", body: data });
        this.querySelector(".wire-desk__basket").replaceChildren(...page.querySelector(".wire-desk__basket").childNodes);
        const picked = new Set([...this.querySelectorAll(".wire-basket__posts button")].map((each) => each.value));
        for (const each of this.querySelectorAll(".wire-row__pick")) {
          each.setAttribute("aria-pressed", String(picked.has(each.value)));
          each.closest(".wire-row").classList.toggle("wire-row--picked", picked.has(each.value));
        }
      } catch {
        HTMLFormElement.prototype.submit.call(form);
      }
    }

    // What is selected in the open post stands ready to be quoted.
    select() {
      const selection = document.getSelection();
      const words = this.pane.querySelector("[data-words]");
      const text = selection?.toString().trim();
      if (!text || text.length > 1000 || !words?.contains(selection.anchorNode) || !words.contains(selection.focusNode)) return;
      const form = this.pane.querySelector("[data-quote]");
      if (!form) return;
      form.querySelector("textarea").value = text;
      form.querySelector("details").open = true;
    }

    async ask() {
      if (document.hidden) return;
      const url = new URL(this.dataset.new, window.location.href);
      url.search = new URLSearchParams({ q: this.dataset.q, since: this.dataset.newest });
      try {
        const answer = await fetch(url, { headers: { accept: "application/json" } });
        if (!answer.ok) return;
        const { count } = await answer.json();
        const link = this.bar.querySelector("a");
        const said = count ? `${count > 99 ? "99+" : count} new ${count === 1 ? "post" : "posts"}` : "";
        // Said once, not every few seconds.
        if (link.textContent !== said) link.textContent = said;
        this.bar.hidden = !count;
      } catch {
        // Asked again in a moment.
      }
    }
  });
})();
