// Gives select2's boxes the names of the fields they stand for: it leaves empty ones nameless.
(() => {
  const name = (box) => {
    const select = box.previousElementSibling;
    const label = select?.labels?.[0]?.textContent.trim();
    if (!label) return;
    for (const part of box.querySelectorAll(".select2-selection, .select2-selection__rendered[role], .select2-search__field")) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", label);
    }
  };
  const nameAll = () => document.querySelectorAll(".select2-container").forEach(name);
  // After autocomplete.js, which waits for the same word.
  window.django.jQuery(nameAll);
  document.addEventListener("formset:added", () => setTimeout(nameAll));
})();
