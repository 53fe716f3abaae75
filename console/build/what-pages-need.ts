// Writes dist/needs.json: the files of each page by its address, so that the hub can name them with the page itself
// (src/api/routes/console.ts) and none waits until another was read.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

type Chunk = {
  readonly fileName: string;
  readonly moduleIds: readonly string[];
  readonly imports: readonly string[];
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> };
};

const PAGE = /\/src\/pages\/[^/]+\/page\.ts$/;
const DECLARED = /path: '([^']+)'((?:(?!path: ')[\s\S])*?)import\('([^']+)'\)/g;
const DRESSED = /\/src\/mantine\/dressed\.tsx$/;
const MANTINE = /\/node_modules\/@mantine\/core\//;
/** Named by the page itself. */
const ANYWAY = /^assets\/(index|early|rolldown-runtime)-/;

export function whatPagesNeed(): Plugin {
  return {
    name: 'what-pages-need',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk') as unknown as Chunk[];
        const named = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
        const of = (module: string) =>
          filesOf(
            chunks.find(({ moduleIds }) => moduleIds.includes(module)),
            named,
          );
        const ids = [...this.getModuleIds()];
        const dressed = ids.filter((id) => DRESSED.test(id));
        const needs = ids
          .filter((id) => PAGE.test(id))
          .flatMap(viewsOf)
          .map(({ path, view, isPlain }) => {
            if (isPlain) refuseMantine(path, of(view), named);
            const files = [view, ...(isPlain ? [] : dressed)].flatMap(of).filter((file) => !ANYWAY.test(file));
            return [path, [...new Set(files)]];
          });
        const source = `${JSON.stringify(Object.fromEntries(needs), undefined, 1)}\n`;
        this.emitFile({ type: 'asset', fileName: 'needs.json', source });
      },
    },
  };
}

type View = { readonly path: string; readonly view: string; readonly isPlain: boolean };

function viewsOf(page: string): View[] {
  const declared = [...readFileSync(page, 'utf8').matchAll(DECLARED)];
  if (declared.length === 0) throw new Error(`${page} names no page`);
  return declared.map(([, path = '', between = '', view = '']) => ({
    path,
    view: resolve(dirname(page), view),
    isPlain: between.includes('isPlain: true'),
  }));
}

// Drawn outside its theme, the first of its controls would throw.
function refuseMantine(path: string, files: readonly string[], named: ReadonlyMap<string, Chunk>): void {
  const used = files.flatMap((file) => named.get(file)?.moduleIds ?? []).find((id) => MANTINE.test(id));
  if (used !== undefined) throw new Error(`${path} says isPlain, and imports Mantine: ${used}`);
}

function filesOf(chunk: Chunk | undefined, named: ReadonlyMap<string, Chunk>, seen = new Set<string>()): string[] {
  if (chunk === undefined || seen.has(chunk.fileName)) return [];
  seen.add(chunk.fileName);
  const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
  const others = chunk.imports.flatMap((name) => filesOf(named.get(name), named, seen));
  return [...new Set([chunk.fileName, ...styles, ...others])];
}
