// The server's JSON API. A token comes in the address after the sign #, which is never sent or logged.

const given = new URLSearchParams(location.hash.slice(1)).get("token");
if (given) {
  sessionStorage.setItem("token", given);
  history.replaceState(null, "", location.pathname);
}
const token = sessionStorage.getItem("token");
const headers = token ? { Authorization: `Bearer ${token}` } : {};

async function checked(response) {
  if (response.ok) return response;
  let told = `${response.status} ${response.statusText}`;
  try { told = (await response.json()).error.message; } catch { /* a reply without a body keeps its status */ }
  if (response.status === 401) told += ". Open the address that `qa serve` printed, with its token.";
  throw new Error(told);
}

const clean = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, v]) => v !== "" && v !== null && v !== undefined && v !== false));

export async function get(path, values = {}) {
  const query = new URLSearchParams(clean(values)).toString();
  return (await checked(await fetch(path + (query ? `?${query}` : ""), { headers }))).json();
}

function send(path, body, signal) {
  return fetch(path, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(clean(body)),
    signal,
  }).then(checked);
}

export const post = async (path, body) => (await send(path, body)).json();
export const postForFile = async (path, body) => (await send(path, body)).blob();

// Calls tell(kind, data) for each server-sent event.
export async function stream(path, body, tell, signal) {
  const reader = (await send(path, body, signal)).body.pipeThrough(new TextDecoderStream()).getReader();
  let kept = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    kept += value;
    const blocks = kept.split("\n\n");
    kept = blocks.pop();
    for (const block of blocks) {
      const [, kind, data] = block.match(/^event: (\w+)\ndata: (.*)$/s);
      tell(kind, JSON.parse(data));
    }
  }
}
