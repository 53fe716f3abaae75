// Files that a command writes where its user said.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from './user-error.ts';

const OF_THE_PLACE = new Set(['ENOTDIR', 'EEXIST', 'EISDIR', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENAMETOOLONG']);

/** Makes the folder, too. Throws `UserError` where that cannot be written. */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!OF_THE_PLACE.has(code)) throw error;
    throw new UserError({
      what: 'cannot be written',
      where: path,
      mend: `${code}; name a place that this user may write to`,
    });
  }
}
