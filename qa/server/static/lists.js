// Who says something, and which outlets there are: tables with a way on from every row.

import { get } from "./api.js";
import { $, el, flat, goAsk } from "./dom.js";
import { state } from "./state.js";

const MOST_ROWS = 300;
const people = { of: null, rows: [], shown: MOST_ROWS };

function table(caption, names, rows) {
  return el("div", { class: "scroll" }, el("table", {}, el("caption", {}, caption),
    el("thead", {}, el("tr", {}, names.map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, rows)));
}

const cells = (...contents) => el("tr", {}, contents.map((content) => el("td", {}, content ?? "")));
const count = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

export const personAddress = (name) => `#who/${encodeURIComponent(name)}`;

export async function showPeople() {
  if (people.of !== state.folder) {
    const rows = (await get("/v1/people", { folder: state.folder })).people;
    Object.assign(people, { of: state.folder, rows, shown: MOST_ROWS });
  }
  if (/^#who\/?$/.test(location.hash)) drawPeople(); // somebody may have been looked up meanwhile
}

// What stands in the field of the name filters the list while nobody is looked up.
export function drawPeople() {
  const words = $("#who-name").value.toLowerCase().split(/\s+/).filter(Boolean);
  const about = (p) => `${p.name} ${p.role || ""}`.toLowerCase();
  const rows = people.rows.filter((p) => words.every((w) => about(p).includes(w)));
  $("#view-who .result").replaceChildren(
    table(`${rows.length} of ${people.rows.length} who are named as saying something`, ["Name", "Role", "Statements", "Articles"],
      rows.slice(0, people.shown).map((p) => cells(el("a", { href: personAddress(p.name) }, flat(p.name)), p.role && flat(p.role), String(p.statements), String(p.articles)))),
    rows.length > people.shown ? el("button", { type: "button", onclick: () => { people.shown += 1000; drawPeople(); } }, "Show more") : "");
}

export async function showOutlets() {
  const rows = (await get("/v1/outlets", { folder: state.folder })).outlets;
  const ask = (name) => el("button", { type: "button", "aria-label": `Ask ${name} only`, onclick: () => {
    $("#outlet").value = name;
    $("#filters").dispatchEvent(new Event("change"));
    goAsk();
  } }, "Ask this one only");
  $("#view-outlets .result").replaceChildren(table(count(rows.filter((o) => o.name).length, "outlet"), ["Outlet", "Articles", "Oldest", "Newest", "Filter"],
    rows.map((o) => cells(
      o.name ? el("a", { href: `#articles/${encodeURIComponent(o.name)}` }, o.name) : "not stated",
      String(o.articles), el("span", { class: "day" }, o.first || "undated"), el("span", { class: "day" }, o.last || "undated"), o.name ? ask(o.name) : ""))));
}
