// The other views: a person, a topic, the list of articles, the conversations; and the filters.

import { get } from "./api.js";
import { openArticle } from "./article.js";
import { resume } from "./ask.js";
import { $, dated, el, say } from "./dom.js";
import { drawPeople, showPeople } from "./lists.js";
import { claim, exporter, rest, whole } from "./outcome.js";
import { scope, state } from "./state.js";

const MOST_ROWS = 300;
const COLUMNS = [
  ["Title", (a) => a.title || "", (a) => a.title || "Untitled"],
  ["Outlet", (a) => a.outlet || "", (a) => a.outlet || "not stated"],
  ["Date", (a) => a.published || "", (a) => dated(a)],
  ["Author", (a) => a.author || "", (a) => a.author || ""],
  ["File", (a) => a.article_id, (a) => a.article_id],
];
const list = { of: null, rows: [], unread: [], by: 2, down: true, shown: MOST_ROWS };

export function setUpViews() {
  for (const [view, path, field, words] of [["who", "/v1/who", "name", "#who-name"], ["timeline", "/v1/timeline", "topic", "#timeline-topic"]]) {
    $(`#view-${view} form`).addEventListener("submit", (event) => {
      event.preventDefault();
      const address = `#${view}/${encodeURIComponent($(words).value.trim())}`;
      if (location.hash === address) LOOKED[view]($(words).value.trim()); // again, with other filters
      else location.hash = address;
    });
    LOOKED[view] = (asked) => {
      $(words).value = asked;
      return look(view, path, { [field]: asked });
    };
  }
  $("#who-name").addEventListener("input", () => { if (location.hash === "#who") drawPeople(); });
  $("#articles-search").addEventListener("input", () => { list.shown = MOST_ROWS; drawArticles(); });
}

const LOOKED = {};

// A person's page, a topic's page; without one all people, and nothing.
export const showWho = async (name) => (name ? LOOKED.who(name) : showPeople());
export const showTimeline = async (topic) => (topic ? LOOKED.timeline(topic) : undefined);

async function look(view, path, asked) {
  const result = $(`#view-${view} .result`);
  const waiting = el("p", { class: "quiet working" }, "Searching");
  result.replaceChildren(waiting);
  try {
    const outcome = await get(path, { ...asked, ...scope() });
    if (!waiting.isConnected) return; // another was asked for meanwhile
    result.replaceChildren(
      view === "timeline" && outcome.kind === "answer" ? plot(outcome) : "",
      view === "who" ? el("p", {}, el("a", { href: "#who" }, "All people")) : "",
      el("div", { class: "entry" }, whole(outcome)), exporter(() => [outcome]));
    say(outcome.kind === "answer" ? `${outcome.claims.length} statements` : "Nothing was found");
  } catch (error) {
    if (waiting.isConnected) result.replaceChildren(el("p", { class: "error", role: "alert" }, error.message));
  }
}

const day = (text) => Date.parse(`${text.split("/")[0]}-01-01`.slice(0, 10));

// A dot a statement, over time. A click goes to the statement; the list below says the same in words.
function plot(outcome) {
  const dots = outcome.claims.map((c, i) => {
    const date = c.event_date?.value || outcome.citations.find((x) => x.n === c.citations[0]).published;
    return { i, date, at: date ? day(date) : NaN };
  }).filter((d) => !Number.isNaN(d.at));
  if (dots.length < 2) return "";
  const low = Math.min(...dots.map((d) => d.at)), high = Math.max(...dots.map((d) => d.at));
  const x = (at) => 20 + (560 * (at - low)) / (high - low || 1);
  const stacked = new Map();
  const drawn = dots.map((d) => {
    const place = Math.round(x(d.at) / 8), level = stacked.get(place) || 0;
    stacked.set(place, level + 1);
    return el("circle", { class: "dot", cx: x(d.at), cy: Math.max(44 - level * 9, 6), r: 4,
      onclick: () => document.querySelectorAll("#view-timeline .claim")[d.i].scrollIntoView({ block: "center" }) });
  });
  const label = `${dots.length} dated statements from ${dots[0].date} to ${dots.at(-1).date}`;
  return el("svg", { viewBox: "0 0 600 70", role: "img", "aria-label": label },
    el("line", { x1: 20, x2: 580, y1: 52, y2: 52 }), drawn,
    el("text", { x: 20, y: 66 }, new Date(low).toISOString().slice(0, 10)),
    el("text", { x: 580, y: 66, "text-anchor": "end" }, new Date(high).toISOString().slice(0, 10)));
}

export async function loadArticles() {
  if (list.of === state.folder) return;
  const found = await get("/v1/articles", { folder: state.folder });
  Object.assign(list, { of: state.folder, rows: found.articles, unread: found.unread, shown: MOST_ROWS });
}

export async function showArticles(words) {
  await loadArticles();
  if (words) $("#articles-search").value = words;
  drawArticles();
}

function drawArticles() {
  const words = $("#articles-search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const key = COLUMNS[list.by][1];
  const rows = list.rows
    .filter((a) => { const about = COLUMNS.map(([, value]) => value(a)).join(" ").toLowerCase(); return words.every((w) => about.includes(w)); })
    .sort((a, b) => key(a).localeCompare(key(b)) * (list.down ? -1 : 1));
  const head = COLUMNS.map(([name], i) => el("th", { scope: "col", "aria-sort": i === list.by ? (list.down ? "descending" : "ascending") : null },
    el("button", { type: "button", onclick: () => { list.down = i === list.by && !list.down; list.by = i; drawArticles(); $(`#view-articles th:nth-child(${i + 1}) button`).focus(); } }, name)));
  const body = rows.slice(0, list.shown).map((a) => el("tr", {}, COLUMNS.map(([name, , text]) => el("td", { class: name === "Date" ? "day" : null },
    name === "Title" ? el("button", { type: "button", class: "link", onclick: () => openArticle(a.article_id).catch((e) => say(e.message)) }, text(a)) : text(a),
    name === "File" ? el("div", { class: "quiet" }, [a.truncated ? "breaks off" : "", a.also_in.length ? `also in ${a.also_in.length} more` : "", a.note || ""].filter(Boolean).join("; ")) : null))));
  $("#view-articles .result").replaceChildren(
    el("div", { class: "scroll" }, el("table", {}, el("caption", {}, `${rows.length} of ${list.rows.length} articles`), el("thead", {}, el("tr", {}, head)), el("tbody", {}, body))),
    rows.length > list.shown ? el("button", { type: "button", onclick: () => { list.shown += 1000; drawArticles(); } }, "Show more") : "",
    list.unread.length ? el("details", {}, el("summary", {}, `Could not be read (${list.unread.length})`), el("ul", {}, list.unread.map((u) => el("li", {}, `${u.file}: ${u.why}`)))) : "");
}

export async function showSessions() {
  const { sessions } = await get("/v1/sessions", { folder: state.folder });
  $("#view-sessions .result").replaceChildren(...(sessions.length ? sessions.filter((s) => s.turns).map((s) => {
    const place = el("div", {});
    const open = async () => {
      const kept = await get(`/v1/sessions/${encodeURIComponent(s.id)}`, { folder: state.folder });
      place.replaceChildren(exporter(() => kept.turns.map((t) => t.outcome)));
    };
    return el("div", { class: "entry" }, el("h2", {}, s.first), el("p", { class: "quiet" }, `${s.id} · ${s.turns} ${s.turns === 1 ? "turn" : "turns"}`),
      el("div", { class: "row" }, el("button", { type: "button", onclick: () => resume(s.id).catch((e) => say(e.message)) }, "Resume"),
        el("button", { type: "button", onclick: () => open().catch((e) => say(e.message)) }, "Export …"), place));
  }) : [el("p", {}, "No conversation yet.")]));
}

// Articles a month; a drag over the bars sets the dates. The fields above do the same from the keyboard.
export async function drawHistogram() {
  await loadArticles();
  const months = list.rows.map((a) => a.published).filter((p) => p && p.length >= 7).map((p) => p.slice(0, 7)).sort();
  const place = $("#histogram");
  if (months.length < 2) return place.replaceChildren();
  const number = (month) => 12 * Number(month.slice(0, 4)) + Number(month.slice(5, 7)) - 1;
  const name = (k) => `${Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, "0")}`;
  const low = number(months[0]), count = number(months.at(-1)) - low + 1;
  const heights = new Array(count).fill(0);
  for (const month of months) heights[number(month) - low] += 1;
  const most = Math.max(...heights), width = 600 / count;
  const [since, until] = [$("#since").value, $("#until").value];
  const bars = heights.map((h, i) => el("rect", {
    class: (!since || name(low + i) >= since.slice(0, 7)) && (!until || name(low + i) <= until.slice(0, 7)) ? "bar in" : "bar",
    x: i * width, width: Math.max(width - 1, 0.5), y: 50 - (46 * h) / most, height: (46 * h) / most }));
  const svg = el("svg", { viewBox: "0 0 600 66", preserveAspectRatio: "none", role: "img", "aria-label": `Dated articles by month, ${months[0]} to ${months.at(-1)}` }, bars,
    el("text", { x: 0, y: 63 }, months[0]), el("text", { x: 600, y: 63, "text-anchor": "end" }, months.at(-1)));
  const at = (event) => { const box = svg.getBoundingClientRect(); return Math.min(Math.max(Math.floor(((event.clientX - box.left) / box.width) * count), 0), count - 1); };
  let from = null;
  svg.addEventListener("pointerdown", (event) => { from = at(event); svg.setPointerCapture(event.pointerId); });
  svg.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [a, b] = [from, at(event)].sort((x, y) => x - y);
    from = null;
    $("#since").value = `${name(low + a)}-01`;
    $("#until").value = new Date(Date.UTC(Math.floor((low + b) / 12), ((low + b) % 12) + 1, 0)).toISOString().slice(0, 10);
    $("#filters").dispatchEvent(new Event("change"));
  });
  place.replaceChildren(svg);
}
