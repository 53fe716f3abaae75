// A scenario folder, read whole before anything runs: what is broken is said at once, with file and line.
import { readFile } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { Type } from 'typebox';
import type { Setup } from '../../model/setup/index.ts';
import { FreeText, InstantText } from '../../model/text.ts';
import { type Instant, instantOf } from '../../model/time.ts';
import { describeProblems, validate } from '../../model/validate.ts';
import { firstOf, readSetupFolder } from '../setup-folder.ts';
import { UserError } from '../user-error.ts';
import { readStep, type Step } from './steps.ts';

export type Scenario = {
  readonly name: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly setup: Setup;
  readonly steps: readonly Step[];
  /** After its end, what was put off by trouble of the ERP is still posted. */
  readonly postsAfterEnd?: boolean;
  /** The bytes of each file that a step names. */
  readonly inbound: ReadonlyMap<string, Uint8Array>;
  /** The setup of each folder that a step imports. */
  readonly imports: ReadonlyMap<string, Setup>;
  readonly expected?: unknown;
};

const About = Type.Object({
  name: Type.Optional(FreeText),
  about: Type.Optional(FreeText),
  startsAt: InstantText,
  endsAt: InstantText,
});

/** Throws `UserError` for whatever a person must mend. */
export async function readScenario(dir: string): Promise<Scenario> {
  const about = validate(About, await readJson(dir, 'scenario.json'));
  if (!about.ok) throw broken('scenario.json', describeProblems(about.problems));
  const startsAt = instantOf(about.value.startsAt);
  const endsAt = instantOf(about.value.endsAt);
  if (endsAt < startsAt) throw broken('scenario.json', 'endsAt lies before startsAt; put it after');
  const steps = readSteps(await readText(dir, 'traffic.jsonl'), startsAt, endsAt);
  return {
    name: about.value.name ?? basename(resolve(dir)),
    startsAt,
    endsAt,
    setup: await readSetup(dir),
    steps,
    inbound: await readInbound(dir, steps),
    imports: await readImports(dir, steps),
    expected: await readJson(dir, 'expected.json', { optional: true }),
  };
}

function readSteps(text: string, startsAt: Instant, endsAt: Instant): Step[] {
  const steps: Step[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const where = `traffic.jsonl:${index + 1}`;
    const read = readStep(line, index + 1);
    if (!read.ok) throw broken(where, read.message);
    const before = steps.at(-1)?.at ?? startsAt;
    if (read.step.at < before) throw broken(where, 'its time lies before the step above or before startsAt; sort them');
    if (read.step.at > endsAt) throw broken(where, 'its time lies after endsAt; move endsAt of scenario.json');
    steps.push(read.step);
  }
  return steps;
}

async function readInbound(dir: string, steps: readonly Step[]): Promise<Map<string, Uint8Array>> {
  const folder = resolve(dir, 'inbound');
  const inbound = new Map<string, Uint8Array>();
  for (const step of steps) {
    if (step.step !== 'file' || inbound.has(step.file)) continue;
    const path = resolve(folder, step.file);
    if (!path.startsWith(folder + sep))
      throw broken(`traffic.jsonl:${step.line}`, `${step.file} leads out of inbound/`);
    inbound.set(step.file, await read(path, `inbound/${step.file} (traffic.jsonl:${step.line})`));
  }
  return inbound;
}

async function readImports(dir: string, steps: readonly Step[]): Promise<Map<string, Setup>> {
  const imports = new Map<string, Setup>();
  for (const step of steps) {
    if (step.step === 'import') {
      imports.set(step.folder, await readSetup(join(dir, step.folder), ` (traffic.jsonl:${step.line})`));
    }
  }
  return imports;
}

async function readSetup(dir: string, named = ''): Promise<Setup> {
  const folder = await readSetupFolder(dir);
  if (folder.ok) return folder.setup;
  throw broken(`${dir}${named}`, firstOf(dir, folder.problems));
}

async function readJson(dir: string, file: string, { optional = false } = {}): Promise<unknown> {
  const text = await readText(dir, file, { optional });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw broken(file, `is broken JSON: ${(error as Error).message}`);
  }
}

async function readText(dir: string, file: string): Promise<string>;
async function readText(dir: string, file: string, how: { optional: boolean }): Promise<string | undefined>;
async function readText(dir: string, file: string, { optional } = { optional: false }): Promise<string | undefined> {
  try {
    return await readFile(join(dir, file), 'utf8');
  } catch (error) {
    if (optional && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw missing(error, join(dir, file));
  }
}

async function read(path: string, where: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw missing(error, where);
  }
}

function missing(error: unknown, where: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return broken(where, 'is not there; a scenario folder has scenario.json, setup files, traffic.jsonl and inbound/');
  }
  if (code === 'EACCES' || code === 'EPERM') return broken(where, 'cannot be read; make it readable for this user');
  if (code === 'EISDIR') return broken(where, 'is a folder where a file is expected');
  return error;
}

function broken(where: string, mend: string): UserError {
  return new UserError({ what: 'the scenario cannot be run', where, mend });
}
