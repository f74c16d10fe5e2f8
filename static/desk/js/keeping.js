// <desk-keeping>: sends what is typed to the desk a second after the last key, and every few seconds
// where none is the last, says who else is at the article, and asks to log in over the text where the session has ended. A save is sent only
// when the desk answers, so that no error page takes the place of the text.
// data-url keeps a text, data-discard deletes one; <local-copy> of the same form says what is
// unsaved, and under which name.
(() => {
  const PAUSE = 1_000;
  const LONGEST_WAIT = 5_000;
  const ROUND = 30_000;
  const LONGEST_RETRY = 60_000;
  const MOST = 4_500_000;
  const NOT_SAVED = "Nothing was saved, and your text is still here.";

  customElements.define("desk-keeping", class extends HTMLElement {
    connectedCallback() {
      this.form = this.closest("form");
      this.local = this.form.querySelector("local-copy");
      this.retry = PAUSE;
      for (const type of ["input", "change"]) this.form.addEventListener(type, () => this.soon());
      for (const type of ["formset:added", "formset:removed"]) document.addEventListener(type, () => this.soon());
      // Before <local-copy> hears of it and takes the form for sent.
      this.form.addEventListener("submit", (event) => this.send(event), true);
      window.addEventListener("online", () => this.push());
      window.addEventListener("pageshow", () => { this.isCleared = this.isSubmitted = false; });
      window.addEventListener("pagehide", () => this.leave());
      document.addEventListener("submit", (event) => this.discard(event));
      this.querySelector("[data-log-in]").addEventListener("click", () => this.logIn().then((isIn) => isIn && this.push()));
      setInterval(() => this.round(), ROUND);
      if ("unsaved" in this.local.dataset) this.soon();
    }

    soon(pause = PAUSE) {
      clearTimeout(this.waiting);
      this.since ||= Date.now();
      const isLate = Date.now() - this.since > LONGEST_WAIT;
      this.waiting = setTimeout(() => this.push(), isLate ? 0 : pause);
    }

    // Send what is unsaved, one text at a time. Return whether the desk has it.
    async push() {
      clearTimeout(this.waiting);
      this.since = 0;
      if (this.pushing) return this.pushing;
      this.pushing = this.pushNow();
      const isKept = await this.pushing;
      this.pushing = null;
      return isKept;
    }

    async pushNow() {
      const text = this.text();
      if (!this.local.isUnsaved()) {
        if (this.kept) this.post(this.dataset.discard, { copy: this.local.copyId });
        this.kept = "";
        return true;
      }
      if (text === this.kept) return true;
      const data = new FormData(this.form);
      if ([...data.values()].reduce((sum, value) => sum + value.length, 0) > MOST) {
        return this.fail("This text is too long to be saved: 5 MB at most, all fields together. Shorten it.");
      }
      const answer = await this.ask(this.dataset.url, { method: "POST", body: data });
      if (answer?.status === 401 && !this.isPutOff) return await this.logIn() && this.pushNow();
      // What the desk does not keep unsaved, too long or partly erased, may be saved.
      if ([409, 413].includes(answer?.status) && this.isClearing) return true;
      if (!answer?.ok) return this.fail(await this.reason(answer), !answer || answer.status >= 500);
      this.kept = text;
      this.retry = PAUSE;
      this.local.keptAtDesk(text);
      this.tell("");
      this.mark((await answer.json()).at);
      return true;
    }

    text() {
      return JSON.stringify(this.local.now());
    }

    fail(words, again = false) {
      this.tell(this.isClearing ? `${words} ${NOT_SAVED}` : words);
      if (again) this.soon(this.retry = Math.min(2 * this.retry, LONGEST_RETRY));
      return false;
    }

    async reason(answer) {
      const here = this.local.isKeptHere ? "This browser keeps your text" : "Your text is in this window only";
      if (!answer) return `No connection to the desk. ${here} until the desk can be reached.`;
      if (answer.status === 401) return "You are no longer logged in.";
      const said = await answer.json().catch(() => ({}));
      return `${said.message || `The desk cannot keep your text at the moment (error ${answer.status}).`} ${here}.`;
    }

    // Ask the desk; undefined where it does not answer. A token that is out of date is renewed once.
    async ask(url, options = {}, isAgain = false) {
      const headers = { accept: "application/json" };
      const answer = await fetch(url, { ...options, headers, redirect: "error" }).catch(() => undefined);
      if (answer?.status !== 403 || isAgain || options.method !== "POST") return answer;
      const said = await answer.clone().json().catch(() => ({}));
      if (said.why !== "token") return answer;
      const news = await this.ask(this.newsUrl());
      // Where the cookies are gone, the token and the session went together.
      if (!news?.ok) return news?.status === 401 ? news : answer;
      this.take(await news.json());
      options.body.set("csrfmiddlewaretoken", this.form.csrfmiddlewaretoken.value);
      return this.ask(url, options, true);
    }

    post(url, fields) {
      const body = new FormData();
      body.set("csrfmiddlewaretoken", this.form.csrfmiddlewaretoken.value);
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return this.ask(url, { method: "POST", body });
    }

    // Who else is at it, and a fresh token for every form of the page. Return what the desk said.
    async news() {
      const answer = await this.ask(this.newsUrl());
      if (!answer?.ok) return null;
      const news = await answer.json();
      this.take(news);
      return news;
    }

    newsUrl() {
      const url = new URL(this.dataset.url, window.location.href);
      url.searchParams.set("copy", this.local.copyId);
      return url;
    }

    take(news) {
      for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = news.csrf;
      this.querySelector("[data-others]").textContent = news.others.join(" · ");
      const seen = this.form.elements.namedItem("seen_at")?.value;
      const isNewer = Boolean(seen && news.saved_at && Date.parse(seen) < Date.parse(news.saved_at));
      this.querySelector("[data-newer]").hidden = !isNewer;
    }

    async round() {
      if (this.pushing || this.isSubmitted) return;
      if (this.kept) {
        const answer = await this.post(this.dataset.url, { copy: this.local.copyId, still: "1" });
        if (answer?.status === 404) this.kept = "";
      }
      await this.news();
      if (!this.kept) this.push();
    }

    // Nobody is told of an editor who is gone; the text stays.
    leave() {
      if (!this.kept || this.isSubmitted) return;
      const body = new FormData();
      const fields = { csrfmiddlewaretoken: this.form.csrfmiddlewaretoken.value, copy: this.local.copyId, still: "0" };
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      fetch(this.dataset.url, { method: "POST", body, keepalive: true }).catch(() => {});
    }

    // A save goes out when the desk answers.

    async send(event) {
      const button = event.submitter;
      if (event.defaultPrevented || button?.formTarget === "_blank") return;
      if (this.isCleared && !this.isSubmitted) {
        this.isSubmitted = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (this.isClearing || this.isSubmitted) return;
      this.isClearing = true;
      this.isPutOff = false;
      this.isCleared = await this.clear();
      this.isClearing = false;
      if (this.isCleared) this.form.requestSubmit(button);
    }

    // Whether the desk can be reached, knows who asks, and can write: it has to keep the text first.
    async clear() {
      // What is on its way is waited for, or it would arrive after the save that deletes it.
      if (this.pushing) await this.pushing;
      this.kept = "";
      if (this.local.isUnsaved()) return this.push();
      const answer = await this.ask(this.dataset.url);
      if (answer?.ok) this.take(await answer.json());
      else if (answer?.status === 401) return this.logIn();
      else return this.fail(await this.reason(answer));
      return true;
    }

    // Logging in over the text: the pages of the login, one after the other, in a dialog.

    logIn() {
      this.loggingIn ??= this.askToLogIn().finally(() => { this.loggingIn = null; });
      return this.loggingIn;
    }

    async askToLogIn() {
      const dialog = document.querySelector("[data-login-dialog]");
      this.querySelector("[data-log-in]").hidden = false;
      const closed = new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
      dialog.returnValue = "";
      const url = new URL(this.dataset.login, window.location.href);
      url.searchParams.set("next", this.dataset.url);
      this.show(dialog, fetch(url));
      // Not a field: who goes on typing would type the text into it.
      if (!dialog.open) dialog.showModal();
      dialog.querySelector("h2").focus();
      await closed;
      const isIn = dialog.returnValue === "in";
      this.isPutOff = !isIn;
      this.querySelector("[data-log-in]").hidden = isIn;
      if (!isIn) this.tell(this.isOther ? "" : "You are no longer logged in. Log in to save.");
      return isIn;
    }

    async show(dialog, asked) {
      const place = dialog.querySelector("[data-step]");
      const answer = await asked.catch(() => undefined);
      if (!answer) {
        place.textContent = "No connection to the desk. Close this window and try again in a moment.";
        return;
      }
      const isStep = answer.headers.get("content-type")?.startsWith("text/html");
      const page = isStep && new DOMParser().parseFromString(await answer.text(), "text/html");
      const form = page && page.querySelector("#content form:has([name=password], [name=code])");
      if (!form) {
        await this.finish(dialog, page);
        return;
      }
      const step = document.importNode(form, true);
      step.removeAttribute("id");
      step.querySelectorAll("[autofocus]").forEach((field) => field.removeAttribute("autofocus"));
      step.addEventListener("submit", (event) => {
        event.preventDefault();
        event.stopPropagation();
        const body = new URLSearchParams(new FormData(step));
        this.show(dialog, fetch(form.getAttribute("action") || answer.url, { method: "POST", body }));
      });
      const wasAt = place.contains(document.activeElement);
      place.replaceChildren(step);
      if (wasAt) step.querySelector("input:not([type=hidden])").focus();
    }

    // The last page of a login is what the desk has to say; any other asks for more than fits here.
    async finish(dialog, page) {
      const news = await this.news();
      this.isOther = Boolean(news) && news.user !== this.dataset.user;
      if (news && !this.isOther) {
        dialog.close("in");
        return;
      }
      dialog.querySelector("[data-step]").textContent = news
        ? `You are logged in as ${news.user} now, and this is the text of ${this.dataset.user}. Close this window; Save then saves it as ${news.user}.`
        : page?.querySelector("#content")?.textContent.replace(/\s+/g, " ").trim() || "";
      dialog.querySelector("[data-elsewhere]").hidden = false;
    }

    // A notice's button, without leaving the page.
    async discard(event) {
      const form = event.target;
      if (!form.matches("[data-discard-copy]")) return;
      event.preventDefault();
      const answer = await this.ask(form.action, { method: "POST", body: new FormData(form) });
      if (!answer?.ok) {
        this.tell(await this.reason(answer));
        return;
      }
      form.closest(".local-copy").remove();
      this.tell("Discarded.");
      this.form.querySelector("textarea").focus();
    }

    tell(words) {
      const status = this.querySelector("[role=status]");
      if (status.textContent !== words) status.textContent = words;
    }

    mark(at) {
      const time = this.querySelector("[data-kept]");
      time.textContent = `Unsaved text kept ${at.slice(11, 16)} UTC`;
    }
  });
})();
