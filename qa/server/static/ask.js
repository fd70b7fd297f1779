// The conversation: a question is answered as its sentences are proven.

import { get, post, stream } from "./api.js";
import { $, el, say } from "./dom.js";
import { claim, exporter, rest, untold, whole } from "./outcome.js";
import { scope, state } from "./state.js";

let running = null;

export function setUpAsk() {
  $("#ask-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const question = $("#question").value.trim();
    if (question && !running) ask(question);
  });
  $("#new").addEventListener("click", newConversation);
}

export function newConversation() {
  running?.abort();
  state.session = null;
  $("#turns").replaceChildren();
  $("#question").focus();
}

function turn(question) {
  const searched = el("p", { class: "quiet", hidden: true });
  const answer = el("div", { class: "answer" });
  const citations = []; // grows while sentences are proven; every button looks into it
  const node = el("article", { class: "turn" }, el("h2", {}, question), searched, answer);
  return { node, answer, searched, citations };
}

function tellSearched(part, question, standalone) {
  if (standalone === question) return;
  part.searched.textContent = `Searched: ${standalone}`;
  part.searched.hidden = false;
}

async function ask(question) {
  const part = turn(question);
  const working = el("p", { class: "quiet working" }, "Searching");
  part.answer.append(working);
  $("#turns").append(part.node);
  $("#question").value = "";
  $("#ask-form button").disabled = true;
  running = new AbortController();
  say("Searching");
  let told = 0;
  const tell = {
    searched: (event) => {
      tellSearched(part, question, event.standalone_question);
      working.textContent = `Reading ${event.hits} passages`;
    },
    proven: (event) => {
      part.citations.push(...event.citations.filter((c) => part.citations.every((known) => known.n !== c.n)));
      working.before(claim(event.claim, part.citations));
      told += 1;
    },
    finished: (event) => {
      const { outcome } = event;
      part.citations.splice(0, Infinity, ...outcome.citations);
      part.answer.append(...(outcome.kind === "answer"
        ? outcome.claims.slice(told).map((c) => claim(c, part.citations)) : untold(outcome)));
      part.answer.append(...rest(outcome), exporter(() => [outcome]));
      say({ answer: `Answered in ${outcome.claims.length} sentences`, catalogue: "A list of articles" }[outcome.kind] || "No answer in the articles");
    },
    error: (event) => { throw new Error(event.error.message); },
  };
  try {
    state.session ??= (await post("/v1/sessions", { folder: state.folder })).id;
    await stream("/v1/stream", { question, session: state.session, ...scope() }, (kind, data) => tell[kind](data), running.signal);
  } catch (error) {
    if (error.name !== "AbortError") part.answer.append(el("p", { class: "error", role: "alert" }, error.message));
  } finally {
    working.remove();
    running = null;
    $("#ask-form button").disabled = false;
    part.node.scrollIntoView({ block: "nearest" });
  }
}

const firstDay = (date) => (date ? `${date}-01-01`.slice(0, 10) : "");

function lastDay(date) {
  if (!date || date.length === 10) return date || "";
  const [year, month] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month || 12, 0)).toISOString().slice(0, 10);
}

// A kept conversation is shown again, with its filters on.
export async function resume(id) {
  const session = await get(`/v1/sessions/${encodeURIComponent(id)}`, { folder: state.folder });
  state.session = session.id;
  $("#since").value = firstDay(session.since);
  $("#until").value = lastDay(session.until);
  $("#outlet").value = session.outlet || "";
  $("#filters").dispatchEvent(new Event("change"));
  $("#turns").replaceChildren(...session.turns.map(({ question, outcome }) => {
    const part = turn(question);
    tellSearched(part, question, outcome.standalone_question);
    part.answer.append(...whole(outcome), exporter(() => [outcome]));
    return part.node;
  }));
  location.hash = "ask";
}
