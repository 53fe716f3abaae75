// `./lading …` as a real process in a group of its own, which can be killed at any instant and all at once.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../../lading', import.meta.url));

export type RealProcess = {
  /** SIGKILL to the whole group: nothing is let come to its end. */
  readonly kill: () => void;
  /** SIGTERM to the program. */
  readonly stop: () => void;
  readonly ended: Promise<Ending>;
  /** What it wrote so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
};
export type Ending = { readonly code: number | null; readonly by: NodeJS.Signals | null };

export function startLading(args: readonly string[], env: Readonly<Record<string, string>>): RealProcess {
  const child = spawn(LAUNCHER, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...ofTheMachine(), ...env },
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  // `close` comes after the last of its output.
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, by) => resolve({ code, by }));
  });
  const signal = (name: NodeJS.Signals, group: boolean) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(group ? -child.pid : child.pid, name);
  };
  return {
    kill: () => signal('SIGKILL', true),
    stop: () => signal('SIGTERM', false),
    ended,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
  };
}

// What this shell is set to must not reach the process: it may name a real database or a real ERP.
function ofTheMachine(): NodeJS.ProcessEnv {
  const foreign = /^(DATABASE_URL|NATS_URL|LADING_.*|ODOO_.*|NODE_TEST_CONTEXT)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
