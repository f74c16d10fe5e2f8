// <picture-field>: the picture of an article, chosen in a dialogue with the library. The select
// inside it holds the value, so that the form, its drafts and a page without script know only that.
customElements.define("picture-field", class extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    this.image = this.querySelector("img");
    this.said = this.querySelector("[data-chosen]");
    this.querySelector(".picture-field").hidden = false;
    this.querySelector("[data-plain]").hidden = true;
    this.querySelector("[data-open]").addEventListener("click", () => this.open());
    this.querySelector("[data-remove]").addEventListener("click", () => {
      this.choose({ id: "", name: "" });
      this.querySelector("[data-open]").focus();
    });
    // A draft that is put back into the form changes the select.
    this.select.addEventListener("change", () => this.show());
  }

  choose({ id, name, thumbnail }) {
    this.known = { id, thumbnail };
    let option = [...this.select.options].find((each) => each.value === id);
    if (!option) {
      option = new Option(name, id);
      this.select.append(option);
    }
    option.textContent = name;
    this.select.value = id;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async show() {
    const id = this.select.value;
    this.said.textContent = id ? this.select.selectedOptions[0].textContent : "No image";
    this.querySelector("[data-remove]").hidden = !id;
    this.image.hidden = true;
    if (!id) return;
    if (this.known?.id !== id) {
      const item = await this.fetched(`${this.dataset.library}${id}/`).catch(() => null);
      this.known = { id, thumbnail: item?.body.querySelector("img")?.getAttribute("src") };
    }
    if (this.select.value !== id || !this.known.thumbnail) return;
    this.image.src = this.known.thumbnail;
    this.image.hidden = false;
  }

  // The dialogue

  open() {
    this.dialog ??= this.makeDialog();
    this.dialog.showModal();
    if (!this.pane.childElementCount) this.load("");
  }

  makeDialog() {
    const dialog = document.createElement("dialog");
    dialog.className = "library-dialog";
    dialog.setAttribute("aria-labelledby", "library-head");
    // Outside the form of the article: no form may hold another.
    dialog.innerHTML = `<div class="library-dialog__head"><h2 id="library-head">Images</h2>
      <button class="button" type="button" data-close>Close</button></div>
      <p class="library-dialog__note" role="status" data-dialog-note></p><div data-pane></div>`;
    document.body.append(dialog);
    this.pane = dialog.querySelector("[data-pane]");
    this.note = dialog.querySelector("[data-dialog-note]");
    dialog.addEventListener("click", (event) => this.clicked(event));
    dialog.addEventListener("submit", (event) => this.submitted(event));
    dialog.addEventListener("change", (event) => {
      if (!event.target.matches("[data-files]")) return;
      this.upload([...event.target.files]);
      event.target.value = "";
    });
    dialog.addEventListener("dragover", (event) => event.preventDefault());
    dialog.addEventListener("drop", (event) => {
      event.preventDefault();
      if (this.pane.querySelector("[data-files]")) this.upload([...event.dataTransfer.files]);
    });
    return dialog;
  }

  clicked(event) {
    const button = event.target.closest("button, a[data-page]");
    const item = button?.closest("[data-id]");
    if (!button) return;
    if (button.matches("[data-close]")) this.dialog.close();
    else if (button.matches("[data-page]")) {
      event.preventDefault();
      this.load(button.getAttribute("href"));
    } else if (button.matches("[data-edit]")) this.replace(item, button.dataset.edit);
    else if (button.matches("[data-use]")) this.use(item, (chosen) => this.choose(chosen));
    else if (button.matches("[data-insert]")) this.use(item, (chosen) => this.insert(chosen));
  }

  async use(item, take) {
    const form = item.querySelector("form");
    // What was typed of a picture is stored before it is used.
    const stored = form ? await this.save(form) : item;
    if (!stored) return;
    this.dialog.close();
    take({ ...stored.dataset });
  }

  insert({ mark }) {
    const detail = { before: `\n\n${mark}\n\n`, after: "" };
    document.dispatchEvent(new CustomEvent("desk:insert", { detail }));
  }

  async submitted(event) {
    event.preventDefault();
    if (event.target.matches("[data-words]")) {
      const item = await this.save(event.target);
      item?.querySelector("[data-use]").focus();
    } else await this.load(`?${new URLSearchParams(new FormData(event.target))}`);
  }

  async load(query) {
    await this.tried(async () => {
      const { body } = await this.fetched(this.dataset.library + query);
      this.pane.replaceChildren(...body.childNodes);
      this.dialog.scrollTop = 0;
      const found = this.pane.querySelectorAll("[data-id]").length;
      this.note.textContent = `${found || "No"} image${found === 1 ? "" : "s"} on this page.`;
      this.pane.querySelector("[type=search]").focus();
    });
  }

  async replace(item, url) {
    return this.tried(async () => this.put(item, await this.fetched(url)));
  }

  put(item, { body }) {
    const made = body.querySelector("[data-id]");
    item.replaceWith(made);
    made.querySelector("form input:not([type=hidden])")?.focus();
    return made;
  }

  // Returns the item as it is stored, or nothing where its words were refused or did not arrive.
  async save(form) {
    const item = form.closest("[data-id]");
    return this.tried(async () => {
      const data = new FormData(form);
      data.append("csrfmiddlewaretoken", this.token);
      const answer = await this.fetched(form.action, { method: "POST", body: data });
      const made = this.put(item, answer);
      this.note.textContent = answer.ok ? "Details saved." : "Not saved: see the fields in red.";
      return answer.ok ? made : undefined;
    });
  }

  async upload(files) {
    const list = this.pane.querySelector("[data-uploads]");
    for (const file of files) {
      const line = document.createElement("li");
      const say = (words, isWrong = false) => {
        line.textContent = `${file.name}: ${words}`;
        line.classList.toggle("library__refused", isWrong);
      };
      say("uploading …");
      list.append(line);
      const data = new FormData();
      data.append("image", file);
      data.append("csrfmiddlewaretoken", this.token);
      try {
        const answer = await fetch(this.dataset.upload, this.options({ method: "POST", body: data }));
        if (answer.status === 401) throw new Error(OVER);
        if (answer.status === 413) throw new Error("it is too large.");
        const said = await answer.json();
        if (!answer.ok) throw new Error(Object.values(said).flat().join(" "));
        say(`uploaded. ${said.note}`);
        await this.added(said.id);
      } catch (error) {
        say(error instanceof TypeError || error instanceof SyntaxError ? UNREACHABLE : error.message, true);
      }
    }
  }

  async added(id) {
    const { body } = await this.fetched(`${this.dataset.library}${id}/`);
    const list = this.pane.querySelector("[data-list]");
    // The library may have had it.
    list.querySelector(`[data-id="${id}"]`)?.remove();
    this.pane.querySelector("[data-empty]")?.remove();
    list.prepend(body.querySelector("[data-id]"));
  }

  get token() {
    return this.closest("form").csrfmiddlewaretoken.value;
  }

  options(more = {}) {
    return { headers: { Accept: "application/json" }, ...more };
  }

  async fetched(url, more) {
    const answer = await fetch(url, this.options(more));
    if (answer.status === 401) throw new Error(OVER);
    if (!answer.ok && answer.status !== 422) throw new Error(UNREACHABLE);
    const { body } = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { ok: answer.ok, body };
  }

  async tried(act) {
    this.note.textContent = "";
    try {
      return await act();
    } catch (error) {
      this.note.textContent = error instanceof TypeError ? UNREACHABLE : error.message;
    }
  }
});
const OVER = "You are no longer logged in. Close this window and save the article: the login comes up over the text.";
const UNREACHABLE = "The desk did not answer. Try again.";
