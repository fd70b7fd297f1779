// What the page knows: the folder, the conversation, the filters.

import { $ } from "./dom.js";

export const state = { folder: null, folders: [], session: null, speakers: false };

export const filters = () => ({
  since: $("#since").value,
  until: $("#until").value,
  outlet: $("#outlet").value,
  undated: $("#undated").checked,
});

export const scope = () => ({ folder: state.folder, ...filters() });
