// <desk-tabs>: shows its parts, children with data-tab, one at a time under a row of tabs. A part
// with errors comes first, then what was chosen before the last save, then data-first, which is also
// what is shown after something was refused.
// "desk:reveal" on anything inside opens its part, "desk:count" with a number puts that into its
// tab. Says in --bar how high the bar above is.
(() => {
  const CHOSEN = "desk-tab";

  customElements.define("desk-tabs", class extends HTMLElement {
    connectedCallback() {
      this.parts = [...this.querySelectorAll("[data-tab]")];
      this.list = this.querySelector("[role=tablist]");
      this.tabs = this.parts.map((part) => this.tabOf(part));
      this.list.append(...this.tabs);
      this.list.hidden = false;
      this.open(this.first());
      this.list.addEventListener("click", (event) => {
        const tab = event.target.closest("[role=tab]");
        if (tab) this.choose(this.tabs.indexOf(tab));
      });
      this.list.addEventListener("keydown", (event) => this.move(event));
      this.addEventListener("desk:reveal", (event) => {
        this.open(this.parts.findIndex((part) => part.contains(event.target)));
      });
      const bar = document.querySelector(".desk-bar--act");
      new ResizeObserver(() => {
        document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
      }).observe(bar);
      this.addEventListener("desk:count", (event) => this.count(event.target, event.detail));
    }

    tabOf(part) {
      const tab = document.createElement("button");
      const name = part.dataset.tab;
      part.id ||= `part-${name.toLowerCase()}`;
      Object.assign(tab, { type: "button", className: "tabs__tab", id: `tab-${name.toLowerCase()}` });
      for (const [key, value] of Object.entries({ role: "tab", "aria-controls": part.id })) tab.setAttribute(key, value);
      tab.append(name, document.createElement("span"));
      part.setAttribute("role", "tabpanel");
      part.setAttribute("aria-labelledby", tab.id);
      return tab;
    }

    first() {
      const wrong = this.parts.findIndex((part) => part.querySelector(".errorlist"));
      if (wrong >= 0) return wrong;
      const named = (name) => this.parts.findIndex((part) => part.dataset.tab === name);
      const isRefused = document.querySelector(".messagelist .error, .messagelist .warning");
      const chosen = isRefused ? -1 : named(this.chosen());
      return chosen >= 0 ? chosen : Math.max(0, named(this.dataset.first));
    }

    // What was chosen of this article, or of the form that made it.
    chosen() {
      try {
        const { path, name } = JSON.parse(window.sessionStorage.getItem(CHOSEN)) || {};
        const cameFrom = document.referrer && new URL(document.referrer).pathname;
        return [window.location.pathname, cameFrom].includes(path) ? name : "";
      } catch {
        return "";
      }
    }

    choose(at) {
      this.open(at);
      const { pathname: path } = window.location;
      try {
        window.sessionStorage.setItem(CHOSEN, JSON.stringify({ path, name: this.parts[at].dataset.tab }));
      } catch {
        // Where storage is forbidden, nothing is remembered.
      }
    }

    open(at) {
      if (at < 0) return;
      this.parts.forEach((part, n) => { part.hidden = n !== at; });
      this.tabs.forEach((tab, n) => {
        tab.setAttribute("aria-selected", String(n === at));
        tab.tabIndex = n === at ? 0 : -1;
      });
      this.parts[at].dispatchEvent(new CustomEvent("desk:shown", { bubbles: true }));
    }

    move(event) {
      const at = this.tabs.indexOf(document.activeElement);
      const last = this.tabs.length - 1;
      const step = window.getComputedStyle(this.list).direction === "rtl" ? -1 : 1;
      const next = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: last }[event.key];
      if (next === undefined || at < 0) return;
      event.preventDefault();
      const to = (next + this.tabs.length) % this.tabs.length;
      this.choose(to);
      this.tabs[to].focus();
    }

    // How many there are of what a part shows, in its tab.
    count(inside, number) {
      const at = this.parts.findIndex((part) => part.contains(inside));
      if (at >= 0) this.tabs[at].lastChild.textContent = number ? ` ${number}` : "";
    }
  });
})();
