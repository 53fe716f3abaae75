// A folder of setup files, JSON or YAML (contract section 2), read as a whole: all of it is good, or nothing is used.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { SETUP_FILES, type Setup } from '../model/setup/index.ts';
import { jsonFaultPlace } from '../partners/json/fault-place.ts';
import { formProblems } from '../partners/setup/form.ts';
import { describeSetupProblem, type SetupName, type SetupProblem } from '../partners/setup/problem.ts';
import { type Known, senseProblems } from '../partners/setup/sense.ts';
import { nearest } from './suggest.ts';
import { UserError } from './user-error.ts';

export { describeSetupProblem, type SetupProblem } from '../partners/setup/problem.ts';

export type SetupFolder =
  | { readonly ok: true; readonly setup: Setup; readonly files: readonly string[] }
  | { readonly ok: false; readonly problems: readonly SetupProblem[] };

const NAMES = Object.keys(SETUP_FILES) as SetupName[];
const ENDINGS = ['json', 'yaml', 'yml'] as const;
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Other files in the folder are left alone, unless one is all but named like setup: a scenario keeps its traffic beside it. */
export async function readSetupFolder(dir: string, known?: Known): Promise<SetupFolder> {
  const listed = await filesIn(dir);
  if (!listed.ok) return listed;
  const setup: Setup = {};
  const problems: SetupProblem[] = [];
  const fileOf = new Map<SetupName, string>();
  for (const name of NAMES) {
    const [file, ...others] = ENDINGS.map((ending) => `${name}.${ending}`).filter((each) => listed.names.has(each));
    if (file === undefined) continue;
    fileOf.set(name, file);
    problems.push(...others.map((other) => problemOf(other, `says the same as ${file}; keep one of the two`)));
    const read = await readSetupFile(dir, file);
    const found = read.ok ? formProblems(name, file, read.value) : [read.problem];
    problems.push(...found);
    if (read.ok && found.length === 0) Object.assign(setup, { [name]: read.value });
  }
  problems.push(...misspelt(listed.names, fileOf));
  if (fileOf.size === 0 && problems.length === 0)
    return { ok: false, problems: [problemOf(dir, `has no setup file; it may have ${wanted()}`)] };
  // Where the partners could not be read, whom they name is not known either.
  const lookedUp = fileOf.has('partners') && setup.partners === undefined ? undefined : known;
  problems.push(...senseProblems(setup, (name) => fileOf.get(name) ?? `${name}.json`, lookedUp));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, setup, files: [...fileOf.values()] };
}

/** The same for those who can do nothing without it: throws `UserError`, `what` first. */
export async function setupIn(dir: string, what: string, known?: Known): Promise<Setup> {
  const folder = await readSetupFolder(dir, known);
  if (folder.ok) return folder.setup;
  throw new UserError({ what, where: dir, mend: firstOf(dir, folder.problems) });
}

/** The first, for a line that names the folder already, and how many more there are. */
export function firstOf(dir: string, [first, ...others]: readonly SetupProblem[]): string {
  const says = first?.file === dir ? first.message : first && describeSetupProblem(first);
  return `${says}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
}

// A file with a slip in its name would be left alone with all it says.
function misspelt(listed: ReadonlySet<string>, fileOf: ReadonlyMap<SetupName, string>): SetupProblem[] {
  const absent = NAMES.filter((name) => !fileOf.has(name));
  return [...listed].sort().flatMap((file) => {
    const ending = ENDINGS.find((each) => file.endsWith(`.${each}`));
    const stem = ending && file.slice(0, -ending.length - 1).toLowerCase();
    const meant = stem && nearest(stem, absent);
    return meant ? [problemOf(file, `is no setup file; did you mean ${meant}.${ending}?`)] : [];
  });
}

function wanted(): string {
  return NAMES.map((name) => `${name}.json`).join(', ');
}

function problemOf(file: string, message: string): SetupProblem {
  return { kind: 'setup', file, path: '', message };
}

type Listed = { ok: true; names: ReadonlySet<string> } | { ok: false; problems: SetupProblem[] };

async function filesIn(dir: string): Promise<Listed> {
  try {
    return { ok: true, names: new Set(await readdir(dir)) };
  } catch (error) {
    return { ok: false, problems: [problemOf(dir, reasonOf(error, 'it'))] };
  }
}

type ReadFile = { ok: true; value: unknown } | { ok: false; problem: SetupProblem };

async function readSetupFile(dir: string, file: string): Promise<ReadFile> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(dir, file));
  } catch (error) {
    return { ok: false, problem: problemOf(file, reasonOf(error, 'file')) };
  }
  if (bytes.length > MAX_FILE_BYTES) {
    return { ok: false, problem: problemOf(file, `has ${bytes.length} bytes; ${MAX_FILE_BYTES} are the limit`) };
  }
  const text = decoded(bytes);
  if (text === undefined) return { ok: false, problem: problemOf(file, 'is not UTF-8; save it as UTF-8') };
  return file.endsWith('.json') ? parsedJson(file, text) : parsedYaml(file, text);
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsedJson(file: string, text: string): ReadFile {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const { line, column } = jsonFaultPlace(text);
    return {
      ok: false,
      problem: problemOf(file, `is broken JSON at line ${line}, column ${column}; correct it there`),
    };
  }
}

// A YAML file can name one value many times over: the alias limit keeps a small file from becoming a huge one.
function parsedYaml(file: string, text: string): ReadFile {
  const document = parseDocument(text, { uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const at = error.linePos?.[0];
    const where = at === undefined ? '' : ` at line ${at.line}, column ${at.col}`;
    return {
      ok: false,
      problem: problemOf(
        file,
        `is broken YAML${where}: ${(error.message.split('\n')[0] ?? '').replace(/ at line .*$/, '')}`,
      ),
    };
  }
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 1_000 }) };
  } catch {
    return { ok: false, problem: problemOf(file, 'uses too many YAML aliases; write the values out') };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there; check the name',
  ENOTDIR: 'is not a folder; name the folder that holds partners.json and the others',
  EACCES: 'cannot be read; make it readable for this user',
  EPERM: 'cannot be read; make it readable for this user',
  EISDIR: 'is a folder where a file is expected',
};

function reasonOf(error: unknown, what: string): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const reason = REASONS[code];
  if (reason === undefined) throw error;
  return `${what} ${reason}`;
}
