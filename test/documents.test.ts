// What the documents say is there: the files they link to, the commands they name, the settings that containers are given.
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const rootDir = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(rootDir, path), 'utf8');
const documents = globSync(['*.md', '{docs,src,console,connectors,examples,bench,test}/**/*.md'], {
  cwd: rootDir,
}).filter((path) => !path.includes('node_modules'));
const sources = globSync('src/**/*.ts', { cwd: rootDir }).map(read).join('\n');

test('documents: every link leads to a file, and to a heading of it', () => {
  const broken = documents.flatMap((path) =>
    linksIn(read(path)).flatMap((link) => {
      const [file = '', heading] = link.split('#');
      const target = file === '' ? path : relative(rootDir, resolve(rootDir, dirname(path), decodeURI(file)));
      if (!existsSync(join(rootDir, target))) return [`${path}: ${link}`];
      return heading === undefined || headingsIn(read(target)).has(heading) ? [] : [`${path}: ${link}`];
    }),
  );
  assert.deepEqual(broken, []);
});

function linksIn(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^()\s]+)\)/g)]
    .map((match) => match[1] as string)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

function headingsIn(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => match[1] as string);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

test('documents: every command that is named is one', () => {
  const commands = new Set(
    globSync('src/cli/commands/*.ts', { cwd: rootDir }).map((path) => path.replace(/^.*\/|\.ts$/g, '')),
  );
  const named = documents.flatMap((path) =>
    [...read(path).matchAll(/(?:^|[`"(\s])(?:\.\/lading|(?<=`)lading) ([a-z][a-z-]*)/gm)].map((match) => ({
      path,
      command: match[1] as string,
    })),
  );
  assert(named.length > 50);
  assert.deepEqual(
    named.filter(({ command }) => !commands.has(command)),
    [],
  );
});

test('containers: what the hub is told there, it reads; its image has what it checks by', () => {
  const { services } = parse(read('compose.yaml')) as {
    services: Record<string, { environment: Record<string, string> }>;
  };
  const dockerfile = read('Dockerfile');
  const told = [
    ...Object.keys(services.hub?.environment ?? {}),
    ...[...dockerfile.matchAll(/\b(LADING_[A-Z]+)=/g)].map((match) => match[1] as string),
  ];
  assert(told.includes('DATABASE_URL') && told.includes('LADING_HOST'));
  assert.deepEqual(
    told.filter((name) => !sources.includes(name)),
    [],
  );
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
    (match[1] as string).split(' '),
  );
  assert.deepEqual(
    copied.filter((path) => !existsSync(join(rootDir, path))),
    [],
  );
  assert.match(dockerfile, /HEALTHCHECK[\s\S]+\/readyz/);
  assert(sources.includes("'/readyz'"));
});
