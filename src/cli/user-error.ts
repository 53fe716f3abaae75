// What a person did wrong, or must mend, as one line: what: where: how to mend.
//
// Any error that carries these three fields counts, so rooms below need not know the command line
// (see `DatabaseProblem` in src/store/embedded/problem.ts). Everything else that is thrown is a bug.

export class UserError extends Error {
  readonly what: string;
  readonly where: string;
  readonly mend: string;

  constructor(problem: { what: string; where: string; mend: string }) {
    super(`${problem.what}: ${problem.where}: ${problem.mend}`);
    this.name = 'UserError';
    this.what = problem.what;
    this.where = problem.where;
    this.mend = problem.mend;
  }
}

/** The line to print for an error that a person can mend; nothing for a bug. */
export function userErrorLine(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { what, where, mend } = error as Partial<UserError>;
  if (typeof what !== 'string' || typeof where !== 'string' || typeof mend !== 'string') return undefined;
  return [what, where, mend].map(onOneLine).join(': ');
}

function onOneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
}
