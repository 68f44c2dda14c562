/* The list: groups of cards. In a long one stand-ins turn into groups, and in a long group into cards, when they come
   near the screen. */
const list = (() => {
  const CHUNK = 12;  // cards that one stand-in stands for
  const WHOLE = 400;  // so many cards and groups are all made at once: the browser's own search finds them
  const CARD_HEIGHT = 250;
  const HEAD_HEIGHT = 130;  // of a group: its heading and its foot
  const root = document.getElementById("groups");
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const ranks = ["error", "warning", "advice"];
  const waiting = new WeakMap();
  const made = [];
  let mode = "";
  let arranged = [];
  let groups = [];
  let unfolded = true;

  const projectLine = (card) => {
    const line = document.createElement("p");
    line.className = "project";
    const link = document.createElement("a");
    link.href = `#${card.section.id}`;
    link.textContent = card.project;
    line.append(link, ` ${card.unit}`);
    return line;
  };

  const dressed = (card) => {
    const element = cards.cardElement(card);
    element.querySelector(".project")?.remove();
    if (mode !== "project") element.firstElementChild.prepend(projectLine(card));
    made.forEach((act) => act(card));
    return element;
  };

  /* A stand-in knows what it stands for: the function that makes it, and of what. */
  const standIn = (make, items, height) => {
    const element = document.createElement("div");
    element.className = "stand-in";
    element.style.height = `${height}px`;
    waiting.set(element, { make, items });
    observer.observe(element);
    return element;
  };

  const fill = (element) => {
    const { make, items } = waiting.get(element);
    observer.unobserve(element);
    element.replaceWith(...items.map(make));
  };

  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) fill(entry.target);
  }, { rootMargin: "1500px" });

  const isLong = () => cards.all.length + cards.sections.length > WHOLE;

  const isOpen = (group) => group.element?.open ?? unfolded;

  const heightOf = (group) => HEAD_HEIGHT + (isOpen(group) ? group.shown.length * CARD_HEIGHT : 0);

  /* Return items in runs of which each weighs CHUNK or little more. */
  const runs = (items, weightOf) => {
    const found = [];
    let room = 0;
    for (const item of items) {
      if (room <= 0) { found.push([]); room = CHUNK; }
      found.at(-1).push(item);
      room -= weightOf(item);
    }
    return found;
  };

  /* Return the element of a group with the cards that are shown now. */
  const place = (group) => {
    if (!group.element) {
      group.element = group.section ? cards.sectionElement(group.section) : newElement(group);
      group.element.open = unfolded;
    }
    const unchanged = group.placed?.length === group.shown.length && group.shown.every((card, at) => card === group.placed[at]);
    if (!unchanged) {
      const body = group.element.querySelector(".cards");
      for (const child of body.querySelectorAll(":scope>.stand-in")) observer.unobserve(child);
      for (const child of [...body.children]) if (child.matches(".card, .stand-in")) child.remove();
      body.append(...(group.shown.length > 2 * CHUNK && isLong()
        ? runs(group.shown, () => 1).map((run) => standIn(dressed, run, run.length * CARD_HEIGHT))
        : group.shown.map(dressed)));
      group.placed = group.shown;
      if (!group.section) group.element.querySelector(".counts").textContent = numberOf(group.shown);
    }
    return group.element;
  };

  const newElement = (group) => {
    const element = document.createElement("details");
    element.className = "form";
    element.innerHTML = '<summary><h3></h3><span class="counts"></span></summary><div class="cards"></div>';
    element.querySelector("h3").textContent = group.name;
    return element;
  };

  const numberOf = (own) => own.reduce((sum, card) => sum + card.fingerprints.length, 0);

  const groupsBy = (keyOf) => {
    const found = new Map();
    for (const card of cards.all) {
      if (!found.has(keyOf(card))) found.set(keyOf(card), []);
      found.get(keyOf(card)).push(card);
    }
    return [...found].map(([name, own]) => ({ name, cards: own, shown: own, element: null, placed: null }));
  };

  const byProject = () => cards.sections.map((section) =>
    ({ section, name: section.project, cards: section.cards, shown: section.cards, element: section.element, placed: null }));

  const gravest = (group) => Math.min(...group.cards.map((card) => ranks.indexOf(card.severity)));

  const byRule = () => groupsBy((card) => `${card.code} ${card.title}`)
    .sort((a, b) => gravest(a) - gravest(b) || collator.compare(a.name, b.name));

  const arrange = (by) => {
    mode = by;
    arranged = by === "project" ? byProject() : by === "rule" ? byRule() : groupsBy((card) => card.file);
  };

  const weight = (group) => ranks.map((severity) =>
    numberOf(group.cards.filter((card) => card.severity === severity && card.state === "open")));

  const worstFirst = () => arranged.map((group) => [group, weight(group)])
    .sort(([, x], [, y]) => y[0] - x[0] || y[1] - x[1] || y[2] - x[2]).map(([group]) => group);

  const lay = () => {
    for (const child of root.querySelectorAll(":scope>.stand-in")) observer.unobserve(child);
    if (!isLong()) { root.replaceChildren(...groups.map(place)); return; }
    const parts = runs(groups, (group) => (isOpen(group) ? group.shown.length : 0) + 1);
    root.replaceChildren(...parts.map((part) => standIn(place, part, part.reduce((sum, group) => sum + heightOf(group), 0))));
    if (root.firstElementChild) fill(root.firstElementChild);
  };

  /* Show the cards that are marked as shown, in these groups and this order; with a filter, empty groups vanish. */
  const show = (by, order, filtered) => {
    if (by !== mode) arrange(by);
    for (const group of arranged) group.shown = group.cards.filter((card) => card.shown);
    groups = (order === "worst" ? worstFirst() : arranged).filter((group) => !filtered || group.shown.length);
    lay();
  };

  /* Make what stands for an item, in the list or in a group; nothing where it is made already. */
  const call = (item, within) => {
    const found = [...within.querySelectorAll(".stand-in")].find((element) => waiting.get(element).items.includes(item));
    if (found) fill(found);
  };

  const presentGroup = (group) => {
    call(group, root);
    group.element.open = true;
    return group.element;
  };

  /* Return the element of a card in its place in the list, made if need be. */
  const present = (card) => {
    call(card, presentGroup(groups.find((group) => group.shown.includes(card))));
    return card.element;
  };

  const fold = (open) => {
    unfolded = open;
    for (const group of arranged) if (group.element) group.element.open = open;
    lay();
  };

  const presentAll = (within = root) => {
    for (let left = within.querySelectorAll(".stand-in"); left.length; left = within.querySelectorAll(".stand-in")) {
      left.forEach(fill);
    }
  };

  return {
    show, present, fold, presentAll,
    /* Return the element of a section; null where it is not in the list as it is now. */
    presentSection: (section) => {
      const group = groups.find((one) => one.section === section);
      return group ? presentGroup(group) : null;
    },
    whenMade: (act) => made.push(act),
    inOrder: () => groups.filter(isOpen).flatMap((group) => group.shown),
  };
})();
