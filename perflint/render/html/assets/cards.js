"use strict";

/* One record for each card. The cards stand in <noscript>, which is mere text where scripts run, and become elements
   only when they are looked at: so a report of a thousand forms opens at once, and without scripts is whole. */
const cards = (() => {
  const list = document.getElementById("groups");
  const titles = JSON.parse(list.dataset.titles);
  const template = document.createElement("template");
  const sources = new Map();
  const byElement = new WeakMap();
  const byAnchor = new Map();
  const uses = new Map();

  /* The address of a finding: its fingerprint, numbered where one file was given twice. */
  const anchorOf = (fingerprint) => {
    const use = (uses.get(fingerprint) || 0) + 1;
    uses.set(fingerprint, use);
    return use === 1 ? `f-${fingerprint}` : `f-${fingerprint}-${use}`;
  };

  const sections = [...list.children];
  const all = sections.flatMap((section) =>
    JSON.parse(section.querySelector(".cards").dataset.cards).map(([severity, code, state, fingerprints, repeat], index) => {
      const card = {
        section, index, severity, code, state, fingerprints, repeat: String(repeat),
        ...section.dataset, title: titles[code] || code, review: "none", shown: true, element: null, text: null,
      };
      for (const fingerprint of fingerprints) byAnchor.set(anchorOf(fingerprint), card);
      return card;
    }));

  const sourceOf = (card) => {
    if (!sources.has(card.section)) {
      sources.set(card.section, card.section.querySelector(".cards>noscript").textContent.split("<article ").slice(1));
    }
    return `<article ${sources.get(card.section)[card.index]}`;
  };

  const elementOf = (card) => {
    if (!card.element) {
      template.innerHTML = sourceOf(card);
      card.element = template.content.firstElementChild;
      byElement.set(card.element, card);
    }
    return card.element;
  };

  /* What a search looks at: the card without the explanation of its rule, which would match every card of the rule. */
  const textOf = (card) => {
    if (card.text === null) {
      const shown = sourceOf(card).split('<details class="more">')[0].replace(/<[^>]*>/g, " ");
      const area = document.createElement("textarea");
      area.innerHTML = shown.includes("&") ? shown : "";
      card.text = `${area.value || shown} ${card.project} ${card.unit} ${card.file}`.toLowerCase();
    }
    return card.text;
  };

  return {
    all, sections, elementOf, textOf,
    of: (element) => byElement.get(element?.closest(".card")),
    at: (anchor) => byAnchor.get(anchor),
  };
})();
