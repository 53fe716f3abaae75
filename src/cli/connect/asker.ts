// Plain questions to a person at a terminal. What is asked goes to stderr, so that stdout keeps results only.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export type Asker = {
  /** The answer, or `usual` to an empty one. */
  readonly ask: (question: string, usual?: string) => Promise<string>;
  /** Like `ask`, without showing what is typed. */
  readonly askSecret: (question: string) => Promise<string>;
  readonly confirm: (question: string) => Promise<boolean>;
};

/** `undefined` where nobody can answer: no terminal, or `--json`. */
export function askerAt(signal: AbortSignal, isWanted: boolean): Asker | undefined {
  if (!isWanted || process.stdin.isTTY !== true || process.stderr.isTTY !== true) return undefined;
  const ask = async (question: string, usual = '') => {
    const shown = usual === '' ? `${question}: ` : `${question} [${usual}]: `;
    return (await answerTo(shown, process.stderr, signal)).trim() || usual;
  };
  return {
    ask,
    askSecret: async (question) => {
      process.stderr.write(`${question}: `);
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      const answer = await answerTo('', nowhere, signal);
      process.stderr.write('\n');
      return answer.trim();
    },
    confirm: async (question) => /^y(es)?$/i.test(await ask(`${question} (y/n)`, 'n')),
  };
}

async function answerTo(question: string, output: NodeJS.WritableStream, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await lines.question(question, { signal });
  } finally {
    lines.close();
  }
}
