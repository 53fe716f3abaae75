// What is wrong in the setup files: which file, where in it, what, and what is allowed there.

import type { Setup } from '../../model/setup/index.ts';

export type SetupProblem = {
  readonly kind: 'setup';
  /** File name in the folder, such as `agreements.json`. */
  readonly file: string;
  /** `[0].lanes[2].linehaul`; '' for the file as a whole. */
  readonly path: string;
  readonly message: string;
};

export type SetupName = keyof Setup;

/** `agreements.json: [0].side is none of sell, buy` */
export function describeSetupProblem({ file, path, message }: SetupProblem): string {
  return `${file}: ${path === '' ? '' : `${path} `}${message}`;
}
