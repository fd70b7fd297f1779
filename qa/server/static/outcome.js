// An outcome (qa.answer/1) as elements: sentences with numbered citations, conflicts, notes, sources.

import { postForFile } from "./api.js";
import { openArticle } from "./article.js";
import { dated, el, flat, say } from "./dom.js";
import { personAddress } from "./lists.js";

const FORMS = ["markdown", "html", "docx", "json", "csv", "csl", "ris", "bibtex"];
const SUFFIX = { markdown: "md", csl: "csl.json", bibtex: "bib" };

export function cite(n, citations) {
  const c = citations.find((x) => x.n === n);
  const label = `Source ${n}: ${c.outlet || c.file}, ${c.published || "undated"}`;
  const button = el("button", { type: "button", class: "cite", "aria-label": label, title: label, "aria-pressed": "false" }, String(n));
  button.addEventListener("click", () => openArticle(c.article_id, c, citations.filter((x) => x !== c), button).catch((e) => say(e.message)));
  return button;
}

const cites = (numbers, citations) => numbers.map((n) => cite(n, citations));

export function claim(c, citations) {
  const first = citations.find((x) => x.n === c.citations[0]);
  const { speaker, role, voice } = c.attribution || {};
  const who = speaker && voice !== "outlet" ? [el("a", { href: personAddress(speaker) }, flat(speaker)), role ? `, ${flat(role)}` : ""] : null;
  const when = c.event_date && c.event_date.how !== "as printed" && c.event_date.value !== first.published ? `happened ${c.event_date.value.replace("/", " to ")}` : null;
  const from = [first.outlet || first.file, first.published || "undated", who, when].filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part])).flat();
  return el("p", { class: "claim" }, el("span", { class: "from" }, from), flat(c.text), cites(c.citations, citations));
}

function conflict(found, citations) {
  const rows = found.sides.map((s) => el("tr", {},
    el("td", {}, s.outlet || "not stated"), el("td", { class: "day" }, s.published || "undated"),
    el("td", {}, flat(s.text), cites(s.citations, citations))));
  return el("div", { class: "scroll" }, el("table", { class: "conflict" },
    el("caption", {}, { corrected: "Corrected later; the correction is last", changed: "It changed; the latest is last" }[found.how] || "The reports differ, oldest first"),
    el("thead", {}, el("tr", {}, ["Outlet", "Date", "Report"].map((h) => el("th", { scope: "col" }, h)))),
    el("tbody", {}, rows)));
}

function source(c, citations) {
  const also = c.also_in.length ? ` · also in ${c.also_in.map((a) => a.article_id).join(", ")}` : "";
  return el("li", {}, cite(c.n, citations), " ", [c.outlet || "outlet not stated", dated(c), c.title ? `“${flat(c.title)}”` : "untitled", `${c.file}:${c.line}`].join(" · ") + also);
}

const folded = (title, ...content) => el("details", {}, el("summary", {}, title), ...content);

// Everything after the sentences.
export function rest(outcome) {
  const { citations } = outcome;
  const dropped = outcome.trace.dropped;
  const list = () => el("ol", { class: "sources" }, citations.map((c) => source(c, citations)));
  return [
    outcome.premise ? el("p", { class: "premise" }, `The question assumes “${outcome.premise.asserted}”, which the source denies.`, cites(outcome.premise.citations, citations)) : null,
    ...outcome.conflicts.map((c) => conflict(c, citations)),
    ...outcome.notes.map((n) => el("p", { class: "quiet" }, n.text)),
    citations.length && outcome.kind !== "abstention" ? folded(`Sources (${citations.length})`, list()) : null,
    dropped.length ? folded(`Left out (${dropped.length})`, el("ul", {}, dropped.map((d) => el("li", {}, `${d.why}: ${flat(d.text)}`)))) : null,
  ].filter(Boolean);
}

function abstention(outcome) {
  const near = outcome.citations.map((c) => el("p", { class: "claim near" },
    el("span", { class: "from" }, [c.outlet || c.file, c.published || "undated"].join(" · ")), flat(c.quote), cite(c.n, outcome.citations)));
  return [el("p", { class: "abstention" }, el("strong", {}, "No answer. "), outcome.text),
    near.length ? el("h3", {}, "Nearest passages") : null, ...near].filter(Boolean);
}

// A question about the articles themselves: data of the folder, which needs no quote.
function catalogue(outcome) {
  const rows = (outcome.catalogue || []).map((a) => el("tr", {},
    el("td", {}, el("button", { type: "button", class: "link", onclick: () => openArticle(a.article_id).catch((e) => say(e.message)) }, a.title ? flat(a.title) : "Untitled")),
    el("td", {}, a.outlet || "not stated"), el("td", { class: "day" }, a.published || "undated"), el("td", {}, a.author || ""), el("td", {}, a.article_id)));
  return [...outcome.text.split("\n").map((line) => el("p", {}, line)),
    rows.length ? el("div", { class: "scroll" }, el("table", { class: "catalogue" },
      el("thead", {}, el("tr", {}, ["Title", "Outlet", "Date", "Author", "File"].map((h) => el("th", { scope: "col" }, h)))), el("tbody", {}, rows))) : null].filter(Boolean);
}

// What is no sentence with a quote.
export const untold = (outcome) => (outcome.kind === "catalogue" ? catalogue(outcome) : abstention(outcome));

export function exporter(outcomes) {
  const form = el("select", { "aria-label": "Form of the export" }, FORMS.map((f) => el("option", {}, f)));
  const save = async () => {
    try {
      const blob = await postForFile("/v1/export", { format: form.value, outcomes: outcomes() });
      const link = el("a", { href: URL.createObjectURL(blob), download: `answer.${SUFFIX[form.value] || form.value}` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      say("Exported");
    } catch (error) { say(error.message); }
  };
  return el("div", { class: "row export" }, form, el("button", { type: "button", onclick: save }, "Export"));
}

// A whole outcome, as it is found in a session, for a person or a topic.
export function whole(outcome) {
  const body = outcome.kind === "answer" ? outcome.claims.map((c) => claim(c, outcome.citations)) : untold(outcome);
  return [...body, ...rest(outcome)];
}
