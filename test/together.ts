// Several test files in one process, each as a suite under its own name: what all of them import is loaded once, which
// takes longer than most of their tests.
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { describe } from 'node:test';

const require = createRequire(import.meta.url);

/** Defines the tests of these files, given by their whole paths. None of them may await at its top. */
export function together(files: readonly string[]): void {
  for (const file of files) {
    // Not `import`: the hooks of a file are those of its suite only while the suite is being defined.
    describe(relative(process.cwd(), file), () => void require(file));
  }
}
