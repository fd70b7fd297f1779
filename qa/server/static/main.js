// Start: folders, views by the address, filters, keys.

import { get } from "./api.js";
import { closeArticle, setUpArticle } from "./article.js";
import { newConversation, setUpAsk } from "./ask.js";
import { $, el, goAsk, say } from "./dom.js";
import { showOutlets } from "./lists.js";
import { filters, state } from "./state.js";
import { drawHistogram, setUpViews, showArticles, showSessions, showTimeline, showWho } from "./views.js";

const VIEWS = { ask: null, who: showWho, timeline: showTimeline, articles: showArticles, outlets: showOutlets, sessions: showSessions };
const UNFILTERED = ["articles", "outlets", "sessions"];

// The address is #VIEW or #VIEW/WHAT: a person, a topic, words of the list of articles.
function route() {
  const [asked, ...rest] = location.hash.slice(1).split("/");
  const name = asked in VIEWS ? asked : "ask";
  let what = "";
  try { what = decodeURIComponent(rest.join("/")); } catch { /* an address that was cut */ }
  for (const view of Object.keys(VIEWS)) $(`#view-${view}`).hidden = view !== name;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  $("#filters").hidden = UNFILTERED.includes(name);
  VIEWS[name]?.(what).catch((error) => say(error.message));
}

function tellFilters() {
  const { since, until, outlet, undated } = filters();
  const told = [since && `from ${since}`, until && `until ${until}`, outlet, undated && "with undated"].filter(Boolean);
  $("#filters-told").textContent = told.length ? told.join(", ") : "(none)";
  if ($("#filters").open) drawHistogram().catch((error) => say(error.message));
}

function useFolder(name) {
  const folder = state.folders.find((f) => f.name === name);
  state.folder = name;
  const { articles, first, last, undated } = folder.corpus;
  $("#corpus").textContent = `${articles} articles${first ? `, ${first} to ${last}` : ""}${undated ? `, ${undated} undated` : ""}`;
  $("#outlet").replaceChildren(el("option", { value: "" }, "all outlets"), ...folder.outlets.map((o) => el("option", {}, o)));
  $("#endpoint").hidden = !folder.endpoint;
  $("#endpoint").textContent = folder.endpoint ? `Questions and passages are sent to ${folder.endpoint}.` : "";
  closeArticle();
  newConversation();
  tellFilters();
  route();
}

const citing = () => [...document.querySelectorAll("main section:not([hidden]) .cite")].filter((b) => b.checkVisibility());

function step(by) {
  const all = citing();
  const now = all.findIndex((b) => b.getAttribute("aria-pressed") === "true");
  all[now < 0 ? (by > 0 ? 0 : all.length - 1) : (now + by + all.length) % all.length]?.click();
}

const KEYS = {
  "/": goAsk,
  "[": () => step(-1),
  "]": () => step(1),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeArticle();
  const typing = event.target.closest?.("input, select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return undefined;
  event.preventDefault();
  return KEYS[event.key]();
});

async function start() {
  setUpAsk();
  setUpViews();
  setUpArticle();
  $("#filters").addEventListener("change", tellFilters);
  $("#filters").addEventListener("toggle", tellFilters);
  $("#clear").addEventListener("click", () => {
    for (const name of ["since", "until", "outlet"]) $(`#${name}`).value = "";
    $("#undated").checked = false;
    tellFilters();
  });
  addEventListener("hashchange", route);
  state.folders = (await get("/v1/folders")).folders;
  $("#folder").replaceChildren(...state.folders.map((f) => el("option", {}, f.name)));
  $(".folder").hidden = state.folders.length < 2;
  $("#folder").addEventListener("change", (event) => useFolder(event.target.value));
  useFolder(state.folders[0].name);
}

start().catch((error) => $("#turns").replaceChildren(el("p", { class: "error", role: "alert" }, error.message)));
