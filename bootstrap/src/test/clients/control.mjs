// The test's hand on what surrounds the client: the server's process and the model behind it.

const panel = process.env.PARLEY_CONTROL;
if (!panel) {
  throw new Error('PARLEY_CONTROL must name the control panel: this suite is run by OfficialClientsIT or OpenAiClientsIT');
}

async function ask(path, about = '') {
  const response = await fetch(`${panel}${path}?${encodeURIComponent(about)}`, { method: 'POST' });
  const answer = await response.text();
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}: ${answer}`);
  }
  return answer;
}

export const server = {
  /** Where the server listens; another place after each start. */
  url: () => ask('/server/url'),
  /** Ends the process as an operator does, and starts it again on the same data. */
  restart: () => ask('/server/restart'),
  /** Ends the process as a power cut does. */
  kill: () => ask('/server/kill'),
  start: () => ask('/server/start'),
};

export const gate = {
  /** Waits until the model's answer has come to the gate. */
  reached: (name) => ask('/gate/reached', name),
  open: (name) => ask('/gate/open', name),
};

export const model = {
  /** The chat requests so far whose last user message holds this text, oldest first. */
  requests: async (text) => JSON.parse(await ask('/model/requests', text)),
  /** Waits, for no more than a second, until the server has hung up on the answer to such a request. */
  abandoned: (text) => ask('/model/abandoned', text),
};
