// Loaded before the server: notes each call of a tool once the server has read it, whatever way it came.
import fs from 'node:fs';

const parse = JSON.parse;
JSON.parse = (text, reviver) => {
  const value = parse(text, reviver);
  if (value?.method === 'tools/call') {
    fs.appendFileSync(process.env.CALLS, `${value.params?.name}\n`);
  }
  return value;
};
