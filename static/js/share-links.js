// Adds what only a browser can do: copy the address, and hand it to the system's own sheet.
class ShareLinks extends HTMLElement {
  connectedCallback() {
    const { title, url, copy, copied, share } = this.dataset;
    if (navigator.clipboard) this.add(copy, (button) => navigator.clipboard.writeText(url).then(() => {
      button.textContent = copied;
    }));
    if (navigator.share) this.add(share, () => navigator.share({ title, url }));
  }

  add(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "share__way";
    button.setAttribute("aria-live", "polite");
    button.textContent = label;
    // Who closes the sheet, or refuses the clipboard, has the address beside it.
    button.addEventListener("click", () => Promise.resolve(act(button)).catch(() => {}));
    this.prepend(button);
  }
}

customElements.define("share-links", ShareLinks);
