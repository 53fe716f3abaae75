// The page that gives each dependency its reason, and the launcher, agree with package.json.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

type Package = {
  engines: { node: string };
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { engines, dependencies, optionalDependencies, devDependencies } = JSON.parse(read('package.json')) as Package;

test('dependencies: the page and package.json name the same packages, section by section', () => {
  const [, running = '', embedded = '', developing = ''] = read('docs/dependencies.md').split('\n## ');
  assert.deepEqual(namesIn(running), Object.keys(dependencies).sort());
  assert.deepEqual(namesIn(embedded), Object.keys(optionalDependencies).sort());
  assert.deepEqual(namesIn(developing), Object.keys(devDependencies).sort());
});

function namesIn(section: string): string[] {
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] as string).sort();
}

test('dependencies: every version is exact', () => {
  const versions = Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies });
  assert.deepEqual(
    versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
    [],
  );
});

test('dependencies: the launcher asks for the Node.js that package.json asks for', () => {
  const launcher = read('lading');
  const major = /^NODE_MAJOR=(\d+)/m.exec(launcher)?.[1];
  assert.equal(engines.node, `>=${major}`);
  assert.equal(/^NODE_VERSION=(\d+)\./m.exec(launcher)?.[1], major);
});
