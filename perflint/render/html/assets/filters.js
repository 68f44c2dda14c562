/* Which cards are shown: facets and search with live counts, kept in the address. */
const filters = (() => {
  const facets = ["severity", "code", "unit", "project", "file", "kind", "state", "review", "repeat"];
  const form = document.getElementById("filters");
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const total = cards.all.reduce((sum, card) => sum + card.fingerprints.length, 0);
  const defaults = { group: "project", order: "document" };

  const wanted = () => {
    const data = new FormData(form);
    const chosen = Object.fromEntries([...data.keys()].map((name) => [name, data.get(name)]));
    return { ...chosen, q: chosen.q.trim().toLowerCase(), severity: data.getAll("severity") };
  };

  const fits = (card, wish, facet) =>
    facet === "severity" ? !wish.severity.length || wish.severity.includes(card.severity)
      : facet === "q" ? !wish.q || cards.textOf(card).includes(wish.q)
        : !wish[facet] || card[facet] === wish[facet];

  /* A facet's numbers count what all the others let through, so that each says what choosing it would show. */
  const select = (wish) => {
    const counts = Object.fromEntries(facets.map((facet) => [facet, new Map()]));
    let shown = 0;
    for (const card of cards.all) {
      const misses = [...facets, "q"].filter((facet) => !fits(card, wish, facet));
      const number = card.fingerprints.length;
      card.shown = misses.length === 0;
      if (card.shown) shown += number;
      for (const facet of facets) {
        if (misses.length === 0 || (misses.length === 1 && misses[0] === facet)) {
          counts[facet].set(card[facet], (counts[facet].get(card[facet]) || 0) + number);
        }
      }
    }
    return { shown, counts };
  };

  const label = (option, count) => {
    option.dataset.label ??= option.textContent;
    const text = `${option.dataset.label} (${count})`;
    if (option.textContent !== text) option.textContent = text;
    option.hidden = count === 0 && !option.selected;
  };

  const showCounts = ({ shown, counts }) => {
    const output = document.querySelector(".shown");
    output.value = output.dataset.text.replace("{shown}", shown).replace("{total}", total);
    for (const element of form.querySelectorAll("output[data-count]")) {
      element.value = counts[element.dataset.count].get(element.dataset.value) || 0;
    }
    for (const facet of facets.slice(1)) {
      for (const option of form.elements[facet].options || []) {
        if (option.value) label(option, counts[facet].get(option.value) || 0);
      }
    }
    document.querySelector(".nothing").hidden = shown > 0 || total === 0;
    document.getElementById("clear").hidden = shown === total;
  };

  const remember = (wish) => {
    const kept = new URLSearchParams();
    for (const [name, value] of Object.entries(wish)) {
      if (String(value) && defaults[name] !== value) kept.set(name, String(value));
    }
    const hash = kept.toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };

  const apply = () => {
    const wish = wanted();
    const result = select(wish);
    list.show(wish.group, wish.order, result.shown < total);
    showCounts(result);
    return wish;
  };

  const changed = () => remember(apply());

  const empty = () => {
    for (const element of form.elements) {
      if (element.name === "severity") element.checked = false;
      else if (element.name === "q" || facets.includes(element.name)) element.value = "";
    }
  };

  /* Show an element that a link names, whatever hides it. */
  const reveal = (anchor) => {
    const card = cards.at(anchor);
    if (card) {
      if (!card.shown) { empty(); apply(); }
      list.present(card);
      const hit = document.getElementById(anchor);
      hit.focus({ preventScroll: true });
      hit.scrollIntoView({ block: "center" });
      return true;
    }
    const section = cards.sections.find((one) => one.id === anchor);
    if (section) {
      if (!list.presentSection(section)) { empty(); form.elements.group.value = "project"; apply(); }
      list.presentSection(section).scrollIntoView();
      return true;
    }
    return Boolean(document.getElementById(anchor));
  };

  /* Follow the address: a finding, a form, or a choice of filters. */
  const follow = () => {
    const hash = location.hash.slice(1);
    if (!hash.includes("=") && hash) { reveal(decodeURIComponent(hash)); return; }
    form.reset();
    for (const [name, value] of new URLSearchParams(hash)) {
      if (name === "severity") {
        for (const box of form.querySelectorAll("[name=severity]")) box.checked = value.split(",").includes(box.value);
      } else if (form.elements[name]) form.elements[name].value = value;
    }
    apply();
  };

  const offer = (facet, labelOf) => {
    const values = new Map(cards.all.map((card) => [card[facet], labelOf(card)]));
    values.delete("");
    const options = [...values].sort((a, b) => collator.compare(a[1], b[1]));
    form.elements[facet].append(...options.map(([value, text]) => new Option(text, value)));
  };

  const start = () => {
    for (const facet of ["unit", "project", "file", "kind"]) offer(facet, (card) => card[facet]);
    offer("code", (card) => `${card.code} ${card.title}`);
    for (const facet of facets.slice(1, -2)) {
      // Where all cards are alike there is nothing to choose.
      form.elements[facet].parentElement.hidden = new Set(cards.all.map((card) => card[facet])).size < 2;
    }
    form.addEventListener("change", changed);
    document.querySelector(".toolbar").addEventListener("change", changed);
    document.getElementById("search").addEventListener("input", changed);
    document.getElementById("clear").addEventListener("click", () => { empty(); changed(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", follow);
    apply();
    if (location.hash) follow();
  };

  /* Narrow the list to these values and no others. */
  const choose = (values) => {
    empty();
    for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
    changed();
  };

  /* Group by project, as the review sheets are. */
  const groupByProject = () => {
    if (wanted().group === "project") return;
    form.elements.group.value = "project";
    changed();
  };

  return { start, changed, choose, reveal, groupByProject };
})();
