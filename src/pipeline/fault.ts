// Whose trouble an error is: the moment's, which passes, or ours, which the same input brings again.
import { isCollision, isConnectionFailure } from '../store/database.ts';
import { DatabaseProblem } from '../store/embedded/problem.ts';

/** Another try with the same input would fail again. */
export function isOurFault(error: unknown): boolean {
  return !(error instanceof DatabaseProblem) && !isCollision(error) && !isConnectionFailure(error as Error);
}

/** What may be logged of an error: never its words, for a database quotes the values it refuses. */
export function faultOf(error: unknown): { fault: string; code?: string; at: string[] } {
  if (!(error instanceof Error)) return { fault: typeof error, at: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const { code } = error as { code?: string };
  return {
    fault: error.name,
    ...(code === undefined ? {} : { code }),
    at: frames.slice(0, 5).map((line) => line.trim()),
  };
}
