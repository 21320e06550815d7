// A client with an agent and a session, and what tests do with them again and again.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from './client.js';

export const MODEL = 'scripted-model';
export const INSTRUCTIONS = 'You are a helpful assistant.';

export const BOILING_POINT = {
  name: 'get_boiling_point',
  description: 'Tells the boiling point of a liquid.',
  parameters: [
    { name: 'liquid', parameter_type: 'string', description: 'Which liquid.', required: true },
    { name: 'celsius', parameter_type: 'boolean', description: 'Whether in Celsius.', required: false, default: true },
  ],
};

/** A text that no other test says, to find its own requests by. */
export const unique = (text) => `${text} ${randomUUID()}`;

export const user = (content) => ({ role: 'user', content });

export async function scene({ config = {}, options = {} } = {}) {
  const { client, sent } = await connect(options);
  const agent = await client.agents.create({
    agent_config: { model: MODEL, instructions: INSTRUCTIONS, ...config },
  });
  const session = await client.agents.session.create(agent.agent_id, { session_name: 'a session' });
  return new Scene(client, sent, agent.agent_id, session.session_id);
}

class Scene {
  constructor(client, sent, agentId, sessionId) {
    Object.assign(this, { client, sent, agentId, sessionId });
  }

  /** The same agent and session, seen by a new client of a server that was started again. */
  async reconnected() {
    const { client, sent } = await connect();
    return new Scene(client, sent, this.agentId, this.sessionId);
  }

  /** Begins a turn and returns its open stream. */
  stream(text, options) {
    return this.client.agents.turn.create(
      this.agentId,
      this.sessionId,
      { messages: [user(text)], stream: true },
      options,
    );
  }

  /** A whole turn, streamed; returns its payloads. */
  async tell(text, options) {
    return payloads(await this.stream(text, options));
  }

  /** A whole turn in one answer. */
  ask(text, options) {
    return this.client.agents.turn.create(
      this.agentId,
      this.sessionId,
      { messages: [user(text)], stream: false },
      options,
    );
  }

  /** Answers the calls of a turn; the payloads of the stream. */
  async answer(turn, toolResponses) {
    return payloads(
      await this.client.agents.turn.resume(this.agentId, this.sessionId, turn.turn_id, {
        tool_responses: toolResponses,
        stream: true,
      }),
    );
  }

  /** Answers the calls of a turn, in one answer. */
  answerAtOnce(turn, toolResponses) {
    return this.client.agents.turn.resume(this.agentId, this.sessionId, turn.turn_id, {
      tool_responses: toolResponses,
      stream: false,
    });
  }

  session(query) {
    return this.client.agents.session.retrieve(this.agentId, this.sessionId, query);
  }

  turn(turnId) {
    return this.client.agents.turn.retrieve(this.agentId, this.sessionId, turnId);
  }

  /** How often this client has asked for a turn to be begun or resumed. */
  turnRequests() {
    return this.sent.filter((request) => request.startsWith('POST') && request.includes('/turn')).length;
  }
}

/** The payloads of a stream to its end. */
export async function payloads(stream) {
  const seen = [];
  for await (const chunk of stream) {
    assert.equal(chunk.error, undefined, `the stream ends in an error: ${JSON.stringify(chunk)}`);
    seen.push(chunk.event.payload);
  }
  return seen;
}

/** The order of a stream's events, a run of equal ones as one. */
export function order(events) {
  return events
    .map(({ event_type, step_type, delta }) => [event_type, step_type, delta?.type].filter(Boolean).join(' '))
    .filter((line, index, lines) => line !== lines[index - 1]);
}

/** The text that a stream told piece by piece. */
export const textOf = (events) =>
  events
    .filter(({ delta }) => delta?.type === 'text')
    .map(({ delta }) => delta.text)
    .join('');

/** The turn that a stream ended in. */
export function turnOf(events) {
  const last = events.at(-1);
  assert.ok(['turn_complete', 'turn_awaiting_input'].includes(last?.event_type), JSON.stringify(last));
  return last.turn;
}

/** A response to a call, as a client's tool gives it. */
export const response = (call, content) => ({ call_id: call.call_id, tool_name: call.tool_name, content });

/** What the model was shown of a conversation: role and text of each message. */
export const shown = (request) =>
  request.messages.map(({ role, content }) => [role, typeof content === 'string' ? content : (content ?? '')]);
