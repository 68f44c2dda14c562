"use strict";

/* One record for each card. The sections stand in <noscript>, which is mere text where scripts run, and become elements
   only when they are looked at: so a report of a thousand forms opens at once, and without scripts is whole. */
const cards = (() => {
  const root = document.getElementById("groups");
  const { titles, sections: entries } = JSON.parse(document.getElementById("index").textContent);
  const sources = [...root.children];
  const template = document.createElement("template");
  const byElement = new WeakMap();
  const byAnchor = new Map();
  const uses = new Map();

  /* The address of a finding: its fingerprint, numbered where one file was given twice. */
  const anchorOf = (fingerprint) => {
    const use = (uses.get(fingerprint) || 0) + 1;
    uses.set(fingerprint, use);
    return use === 1 ? `f-${fingerprint}` : `f-${fingerprint}-${use}`;
  };

  const sections = entries.map(([id, file, unit, kind, project, own], at) => {
    const section = { id, file, unit, kind, project, source: sources[at], cards: [], element: null };
    for (const [severity, code, state, fingerprints, repeat] of own) {
      const card = {
        section, severity, code, state, fingerprints, repeat: String(repeat), file, unit, kind, project,
        title: titles[code] || code, review: "none", shown: true, element: null, text: null,
      };
      section.cards.push(card);
      for (const fingerprint of fingerprints) byAnchor.set(anchorOf(fingerprint), card);
    }
    return section;
  });
  const all = sections.flatMap((section) => section.cards);

  /* The element of a section; its cards are taken out and wait until they are put into the list. */
  const sectionElement = (section) => {
    if (!section.element) {
      template.innerHTML = section.source.textContent;
      section.element = template.content.firstElementChild;
      section.element.querySelectorAll(".card").forEach((element, at) => {
        section.cards[at].element = element;
        byElement.set(element, section.cards[at]);
        element.remove();
      });
    }
    return section.element;
  };

  const cardElement = (card) => {
    sectionElement(card.section);
    return card.element;
  };

  /* What a search looks at: the heading of a card, its sentences and places, and whose form it is. */
  const textOf = (card) => {
    if (card.text === null) readTexts(card.section);
    return card.text;
  };

  const readTexts = (section) => {
    const whose = `${section.project} ${section.unit} ${section.file}`;
    section.source.textContent.split("<article ").slice(1).forEach((source, at) => {
      const shown = source.slice(source.indexOf(">") + 1, source.indexOf("</ol>")).replace(/<[^>]*>/g, " ");
      section.cards[at].text = `${plain(shown)} ${whose}`.toLowerCase();
    });
  };

  const plain = (markup) => {
    if (!markup.includes("&")) return markup;
    const area = document.createElement("textarea");
    area.innerHTML = markup;
    return area.value;
  };

  root.replaceChildren();

  return {
    all, sections, sectionElement, cardElement, textOf,
    of: (element) => byElement.get(element?.closest(".card")),
    at: (anchor) => byAnchor.get(anchor),
  };
})();
