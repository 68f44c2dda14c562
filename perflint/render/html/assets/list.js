/* The list: groups of cards; in a long one stand-ins turn into cards when they come near the screen. */
const list = (() => {
  const CHUNK = 8;
  const WHOLE = 400;  // so few cards are all made at once: the browser's own search finds them
  const CARD_HEIGHT = 250;
  const root = document.getElementById("groups");
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const ranks = ["error", "warning", "advice"];
  const waiting = new WeakMap();
  const made = [];
  let mode = "project";
  let groups = [];

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
    const element = cards.elementOf(card);
    element.querySelector(".project")?.remove();
    if (mode !== "project") element.firstElementChild.prepend(projectLine(card));
    made.forEach((act) => act(card));
    return element;
  };

  const fill = (standIn) => {
    observer.unobserve(standIn);
    standIn.replaceWith(...waiting.get(standIn).map(dressed));
  };

  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) fill(entry.target);
  }, { rootMargin: "1200px" });

  const lay = (group) => {
    const shown = group.cards.filter((card) => card.shown);
    const unchanged = group.shown && shown.length === group.shown.length && shown.every((card, at) => card === group.shown[at]);
    group.shown = shown;
    if (unchanged) return;
    for (const child of [...group.body.children]) if (child.matches(".card, .stand-in")) child.remove();
    if (cards.all.length <= WHOLE) {
      group.body.append(...shown.map(dressed));
      return;
    }
    for (let at = 0; at < shown.length; at += CHUNK) {
      const standIn = document.createElement("div");
      standIn.className = "stand-in";
      const chunk = shown.slice(at, at + CHUNK);
      standIn.style.height = `${chunk.length * CARD_HEIGHT}px`;
      waiting.set(standIn, chunk);
      group.body.append(standIn);
      observer.observe(standIn);
    }
  };

  const byProject = () => {
    const groups = new Map(cards.sections.map((section) => [section, []]));
    for (const card of cards.all) groups.get(card.section).push(card);
    return [...groups].map(([element, own]) => ({ element, body: element.querySelector(".cards"), cards: own, shown: null }));
  };

  const newGroup = (name, own) => {
    const element = document.createElement("details");
    element.className = "form";
    element.open = true;
    const summary = document.createElement("summary");
    const heading = document.createElement("h3");
    heading.textContent = name;
    const number = document.createElement("span");
    number.className = "counts";
    summary.append(heading, number);
    const body = document.createElement("div");
    body.className = "cards";
    element.append(summary, body);
    return { element, body, cards: own, shown: null, number };
  };

  const byKey = (keyOf) => {
    const groups = new Map();
    for (const card of cards.all) {
      if (!groups.has(keyOf(card))) groups.set(keyOf(card), []);
      groups.get(keyOf(card)).push(card);
    }
    return [...groups].map(([name, own]) => newGroup(name, own));
  };

  const gravest = (group) => Math.min(...group.cards.map((card) => ranks.indexOf(card.severity)));

  const arrange = (by) => {
    mode = by;
    observer.disconnect();
    if (by === "project") groups = byProject();
    else if (by === "file") groups = byKey((card) => card.file);
    else {
      groups = byKey((card) => `${card.code} ${card.title}`);
      groups.sort((a, b) => gravest(a) - gravest(b) || collator.compare(a.element.textContent, b.element.textContent));
    }
  };

  const weight = (group) => ranks.map((severity) => group.cards
    .filter((card) => card.severity === severity && card.state === "open")
    .reduce((sum, card) => sum + card.fingerprints.length, 0));

  const sorted = (order) => {
    if (order !== "worst") return groups;
    const weights = new Map(groups.map((group) => [group, weight(group)]));
    return [...groups].sort((a, b) => {
      const [x, y] = [weights.get(a), weights.get(b)];
      return y[0] - x[0] || y[1] - x[1] || y[2] - x[2];
    });
  };

  /* Show the cards that are marked as shown, in these groups and this order; with a filter, empty groups vanish. */
  const show = (by, order, filtered) => {
    if (by !== mode || !groups.length) arrange(by);
    const inOrder = sorted(order);
    for (const group of inOrder) {
      lay(group);
      group.element.hidden = filtered && !group.shown.length;
      if (group.number) group.number.textContent = group.shown.reduce((sum, card) => sum + card.fingerprints.length, 0);
    }
    const elements = inOrder.map((group) => group.element);
    if (root.children.length !== elements.length || elements.some((element, at) => element !== root.children[at])) {
      root.replaceChildren(...elements);
    }
    groups = inOrder;
  };

  const standInOf = (card) => [...(groups.find((group) => group.cards.includes(card))?.body.querySelectorAll(".stand-in") || [])]
    .find((standIn) => waiting.get(standIn).includes(card));

  /* Return the element of a card in its place in the list, made if need be. */
  const present = (card) => {
    const standIn = standInOf(card);
    if (standIn) fill(standIn);
    return cards.elementOf(card);
  };

  return {
    show, present,
    whenMade: (act) => made.push(act),
    inOrder: () => groups.filter((group) => group.element.open && !group.element.hidden).flatMap((group) => group.shown),
    fold: (open) => groups.forEach((group) => { group.element.open = open; }),
    presentAll: () => root.querySelectorAll(".stand-in").forEach(fill),
    isByProject: () => mode === "project",
  };
})();
