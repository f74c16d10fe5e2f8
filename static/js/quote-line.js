// Scrolls the line of quotes by the wheel and the arrow keys, most of what is in view at a time.
const PART = 0.8;
// Of a mouse; a touchpad sends less, and follows the finger.
const NOTCH = 100;

customElements.define("quote-line", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("wheel", (event) => this.turn(event), { passive: false });
    this.addEventListener("keydown", (event) => this.press(event));
  }

  get page() {
    return this.clientWidth * PART;
  }

  turn(event) {
    if (event.deltaX || event.ctrlKey || event.shiftKey) return;
    const by = Math.abs(event.deltaY) < NOTCH ? event.deltaY : Math.sign(event.deltaY) * this.page;
    // At either end the wheel is the page's.
    if (this.move(by)) event.preventDefault();
  }

  press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const onwards = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const by = { ArrowRight: onwards * this.page, ArrowLeft: -onwards * this.page, Home: -this.scrollWidth, End: this.scrollWidth }[event.key];
    if (by === undefined) return;
    this.move(by);
    event.preventDefault();
  }

  // Onwards is to the left where a line runs from the right.
  move(by) {
    const before = this.scrollLeft;
    this.scrollLeft += getComputedStyle(this).direction === "rtl" ? -by : by;
    return this.scrollLeft !== before;
  }
});
