// The slug that a headline or a name gets while one types is the one that the server would make:
// the steps of web/slugs.py, with its table, which the field has in data-letters.
document.addEventListener("DOMContentLoaded", () => {
  const field = document.querySelector("[data-letters]");
  if (!field) return;
  const letters = new Map(Object.entries(JSON.parse(field.dataset.letters)));
  const small = (text) => Array.from(text, (letter) => Array.from(letter.toLowerCase())).flat();
  const read = (characters) => characters.map((letter) => letters.get(letter) ?? letter).join("");
  // The stock script of the admin asks for it by this name.
  window.URLify = (text, longest) => {
    const once = read(small(text.normalize("NFC")));
    const latin = read(small(once.normalize("NFKD")).filter((letter) => !/\p{M}/u.test(letter)));
    const slug = latin.replace(/[\t\n\v\f\r -]+/g, "-").replace(/[^a-z0-9-]/g, "");
    const most = Math.min(longest, Number(field.dataset.longest || longest));
    return slug.replace(/-+/g, "-").replace(/^-|-$/g, "").slice(0, most).replace(/-$/, "");
  };
});
