/* The reviewer's decisions, by fingerprint: kept in the browser, exported as JSON. */
const reviews = (() => {
  const KEY = "perflint-reviews";
  const template = document.getElementById("review-controls").content.firstElementChild;
  const hint = document.getElementById("kept");
  const owners = new Map();
  for (const card of cards.all) {
    for (const fingerprint of card.fingerprints) owners.set(fingerprint, [...(owners.get(fingerprint) || []), card]);
  }
  let kept = {};
  try { kept = JSON.parse(localStorage.getItem(KEY)) || {}; } catch { hint.textContent = hint.dataset.lost; }

  const keep = () => {
    try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { hint.textContent = hint.dataset.lost; }
  };

  const stateOf = (card) => {
    const decisions = card.fingerprints.map((fingerprint) => kept[fingerprint]?.decision || "none");
    return decisions.includes("none") ? "none" : decisions.includes("dispute") ? "dispute" : "accept";
  };

  const showOn = (hit) => {
    const entry = kept[hit.dataset.fingerprint];
    const controls = hit.querySelector(".review");
    for (const button of controls.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.decision === entry?.decision));
    }
    controls.classList.toggle("decided", Boolean(entry));
    const note = controls.querySelector("input");
    if (document.activeElement !== note) note.value = entry?.note || "";
  };

  const hitsOf = (card) => (card.element ? [...card.element.querySelectorAll("[data-fingerprint]")] : []);

  const progress = () => {
    const done = [...owners.keys()].filter((fingerprint) => kept[fingerprint]).length;
    const output = document.getElementById("progress");
    output.value = output.dataset.text.replace("{done}", done).replace("{total}", owners.size);
    const bar = document.getElementById("progress-bar");
    bar.max = Math.max(owners.size, 1);
    bar.value = done;
  };

  const refresh = (changed) => {
    for (const card of changed) {
      card.review = stateOf(card);
      hitsOf(card).forEach(showOn);
    }
    progress();
  };

  /* Deciding the same twice takes the decision back. */
  const decide = (fingerprints, decision) => {
    const again = fingerprints.every((fingerprint) => kept[fingerprint]?.decision === decision);
    for (const fingerprint of fingerprints) {
      if (again) delete kept[fingerprint];
      else kept[fingerprint] = { decision, note: kept[fingerprint]?.note || "" };
    }
    keep();
    refresh(new Set(fingerprints.flatMap((fingerprint) => owners.get(fingerprint))));
  };

  const entries = () => [...owners].filter(([fingerprint]) => kept[fingerprint]).map(([fingerprint, [card]]) => ({
    fingerprint, ...kept[fingerprint], code: card.code, project: card.project, file: card.file,
  }));

  const exportAll = () => {
    const blob = new Blob([JSON.stringify({ reviews: entries() }, null, 1)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "perflint-review.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const importFrom = async (file) => {
    let found;
    try {
      found = JSON.parse(await file.text()).reviews.filter((entry) =>
        owners.has(entry.fingerprint) && ["accept", "dispute"].includes(entry.decision));
    } catch { hint.textContent = hint.dataset.failed; return; }
    for (const { fingerprint, decision, note } of found) kept[fingerprint] = { decision, note: String(note ?? "") };
    keep();
    refresh(cards.all);
    filters.changed();
    hint.textContent = hint.dataset.imported.replace("{count}", found.length);
  };

  const equip = (card) => {
    for (const hit of hitsOf(card)) {
      if (!hit.querySelector(".review")) { hit.append(template.cloneNode(true)); showOn(hit); }
    }
  };

  /* The review sheet on paper says what has been decided so far. */
  const fillSheets = () => {
    const buttons = [...template.querySelectorAll("button")];
    const words = Object.fromEntries(buttons.map((button) => [button.dataset.decision, button.textContent]));
    for (const card of cards.all) {
      if (!card.element) continue;
      const lines = card.fingerprints.map((fingerprint) => kept[fingerprint]).filter(Boolean)
        .map(({ decision, note }) => [words[decision], note].filter(Boolean).join(" "));
      card.element.querySelector(".opinion").textContent = [...new Set(lines)].join("\n");
    }
  };

  const start = () => {
    refresh(cards.all);
    list.whenMade(equip);
    document.addEventListener("click", (event) => {
      const button = event.target.closest(".review button");
      if (!button) return;
      decide([button.closest("[data-fingerprint]").dataset.fingerprint], button.dataset.decision);
      if (button.getAttribute("aria-pressed") === "true") button.parentElement.querySelector("input").focus();
    });
    document.addEventListener("input", (event) => {
      if (!event.target.matches(".review .note")) return;
      kept[event.target.closest("[data-fingerprint]").dataset.fingerprint].note = event.target.value;
      keep();
    });
    document.getElementById("export").addEventListener("click", exportAll);
    document.getElementById("import").addEventListener("change", (event) => {
      if (event.target.files.length) importFrom(event.target.files[0]);
      event.target.value = "";
    });
  };

  return { start, decide, fillSheets };
})();
