// Files that the user names on the command line.
import { readFile } from 'node:fs/promises';
import { UserError } from './user-error.ts';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file; check the name',
  ENOTDIR: 'there is no such file; check the name',
  EACCES: 'make it readable for this user',
  EPERM: 'make it readable for this user',
  EISDIR: 'it is a folder; name a file',
};

/** The bytes of a file that the user named. Throws `UserError` when it cannot be read. */
export async function readInputFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (!reason) throw error;
    throw new UserError({ what: 'cannot read file', where: path, mend: reason });
  }
}
