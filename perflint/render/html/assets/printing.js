/* On paper is everything, or the review sheets of all projects, or of one. */
const printing = (() => {
  const asSheets = document.getElementById("print-sheet");

  /* What is folded away may stand in <noscript>, as the sections do, until it is opened. */
  const unwrap = (fold) => {
    const source = fold.querySelector(":scope>noscript");
    if (!fold.open || !source) return;
    const template = document.createElement("template");
    template.innerHTML = source.textContent;
    source.replaceWith(template.content);
  };

  const makeEverything = () => {
    if (asSheets.checked) filters.groupByProject();
    list.fold(true);
    list.presentAll();
    for (const source of document.querySelectorAll("details>noscript")) {
      source.parentElement.open = true;
      unwrap(source.parentElement);
    }
  };

  const beforePrint = () => {
    const one = document.querySelector(".form.sheet");
    if (one) list.presentAll(one);
    else makeEverything();
    reviews.fillSheets();
  };

  const printOne = (section) => {
    const before = document.querySelector("[name=print]:checked");
    asSheets.checked = true;
    section.open = true;
    section.classList.add("sheet");
    document.documentElement.classList.add("one-sheet");
    print();
    document.documentElement.classList.remove("one-sheet");
    section.classList.remove("sheet");
    before.checked = true;
  };

  const start = () => {
    document.addEventListener("toggle", (event) => unwrap(event.target), true);
    document.querySelectorAll("details[open]").forEach(unwrap);
    document.getElementById("print").addEventListener("click", () => print());
    addEventListener("beforeprint", beforePrint);
  };

  return { start, printOne };
})();
