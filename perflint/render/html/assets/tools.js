/* What else a reviewer's hands do: whole pages, explanations, copying, keys, sorting. */
const tools = (() => {
  const isNarrow = matchMedia("(max-width: 900px)").matches;
  const toast = document.getElementById("toast");

  const say = (text) => {
    toast.textContent = text;
    setTimeout(() => { toast.textContent = ""; }, 1600);
  };

  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(toast.dataset.copied);
  };

  /* What a click on an element does; the first that fits. No link of these is followed. */
  const clicks = [
    ["a[data-page]", (crop) => showPage(document.getElementById(crop.dataset.page), cards.of(crop))],
    ["a.explain", (link) => toggleExplanation(link)],
    [".repeats a", (link) => narrow({ repeat: link.dataset.repeat })],
    ["dialog a.close", (link) => close(link.closest("dialog"))],
    ["tr[data-rule]>th, tr[data-unit]>th", (head) => narrow(head.parentElement.dataset)],
    ["button.copy", (button) => copy(button.previousElementSibling.textContent.trim())],
    ["button.all-rows", (button) => showAllRows(button)],
    ["button.print-sheet", (button) => printing.printOne(button.closest(".form"))],
  ];

  const onClick = (event) => {
    const [selector, act] = clicks.find(([wanted]) => event.target.closest(wanted)) || [];
    if (act) {
      event.preventDefault();
      act(event.target.closest(selector));
      return;
    }
    const link = event.target.closest("a[href^='#']");
    if (event.target.matches("dialog") || link?.closest("dialog")) close(event.target.closest("dialog"));
    if (link && link.getAttribute("href") === location.hash) filters.reveal(location.hash.slice(1));
  };

  const close = (dialog) => dialog.close();

  const showAllRows = (button) => {
    button.parentElement.querySelector(".brief").classList.remove("brief");
    button.remove();
  };

  /* Why, basis and suppression entry of a card: told once a rule at the end of the report, shown here on demand. */
  const toggleExplanation = (link) => {
    const head = link.parentElement;
    const shown = head.nextElementSibling.matches(".explanation");
    link.setAttribute("aria-expanded", String(!shown));
    if (shown) { head.nextElementSibling.remove(); return; }
    const explanation = document.createElement("div");
    explanation.className = "explanation";
    const rule = document.getElementById(link.hash.slice(1));
    explanation.append(...[...(rule?.querySelectorAll(":scope>p") || [])].map((text) => text.cloneNode(true)));
    const entry = document.getElementById("suppression").content.firstElementChild.cloneNode(true);
    const code = entry.querySelector("code");
    code.textContent = cards.of(link).fingerprints
      .map((fingerprint) => `[[suppress]]\nfingerprint = "${fingerprint}"\nreason = "${code.dataset.reason}"\n`).join("");
    explanation.append(entry);
    head.after(explanation);
  };

  /* Open a whole page at the cell of a card. */
  const showPage = (page, card) => {
    page.showModal();
    const anchors = new Set([...(card?.element.querySelectorAll("[data-fingerprint]") || [])].map((hit) => `#${hit.id}`));
    const entry = [...page.querySelectorAll(".page-findings a")].find((link) => anchors.has(link.hash));
    if (!entry) return;
    entry.setAttribute("aria-current", "true");
    page.addEventListener("close", () => entry.removeAttribute("aria-current"), { once: true });
    page.querySelector(`[data-spot="${entry.closest("li").value}"]`)?.scrollIntoView({ block: "center" });
  };

  /* A click on a rule, a unit or a repeated defect of the overview shows its findings. */
  const narrow = ({ rule = "", unit = "", repeat = "" }) => {
    filters.choose({ code: rule, unit, repeat });
    document.getElementById("findings").scrollIntoView();
  };

  const step = (by) => {
    const shown = list.inOrder();
    const current = cards.of(document.activeElement);
    const at = current ? shown.indexOf(current) + by : firstInView(shown);
    const card = shown[Math.min(Math.max(at, 0), shown.length - 1)];
    if (!card) return;
    const element = list.present(card);
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "start" });
  };

  const firstInView = (shown) =>
    Math.max(0, shown.findIndex((card) => card.element?.isConnected && card.element.getBoundingClientRect().bottom > 0));

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") { document.activeElement?.blur(); return; }
    if (event.target.closest("input, select, textarea")) return;
    const card = cards.of(document.activeElement);
    const decision = { a: "accept", d: "dispute" }[event.key];
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (event.key === "/") document.getElementById("search").focus();
    else if (decision && card) reviews.decide(card.fingerprints, decision);
    else return;
    event.preventDefault();
  };

  const sortable = (table) => {
    const collator = new Intl.Collator("zh-CN", { numeric: true });
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") !== "descending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => row.cells[column].dataset.value || row.cells[column].textContent;
        const rows = [...body.rows].sort((a, b) => collator.compare(value(a), value(b)) * (down ? -1 : 1));
        body.append(...rows);
      });
    });
  };

  /* On a narrow screen the evidence scrolls sideways: begin at the marked cell. */
  const scrollToMark = (card) => {
    const evidence = card.querySelector(".evidence");
    if (!evidence || evidence.scrollLeft || evidence.scrollWidth <= evidence.clientWidth) return;
    const mark = evidence.querySelector(".box, .marked")?.getBoundingClientRect();
    if (mark) evidence.scrollLeft += mark.left + mark.width / 2 - evidence.getBoundingClientRect().left - evidence.clientWidth / 2;
  };

  const startAtMark = (card) => {
    const evidence = card.element.querySelector(".evidence");
    if (evidence) evidence.tabIndex = 0;
    watcher.observe(card.element);
  };

  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) scrollToMark(entry.target);
  });

  const start = () => {
    if (isNarrow) list.whenMade(startAtMark);
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey);
    document.querySelectorAll("table.sortable").forEach(sortable);
    for (const [id, open] of [["fold", false], ["unfold", true]]) {
      document.getElementById(id).addEventListener("click", () => list.fold(open));
    }
    if (isNarrow) document.querySelector(".panel-fold").open = false;
  };

  return { start };
})();

reviews.start();
printing.start();
tools.start();
filters.start();
document.documentElement.classList.add("ready");
