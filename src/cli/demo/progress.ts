// How far the sample week was played: kept in the data folder, so that a second start goes on where the first was stopped.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addDays, type Instant, isLocalDate, type LocalDate, localDateIn } from '../../model/time.ts';

export type Progress = {
  /** The Monday that the week begins with. */
  readonly firstDay: LocalDate;
  /** Steps taken wholly; a step that was cut off is taken again, and the hub knows the double. */
  readonly taken: number;
};

export type ProgressFile = {
  readonly read: () => Progress | undefined;
  readonly write: (progress: Progress) => void;
  readonly forget: () => void;
};

export function progressFile(demoDir: string): ProgressFile {
  const file = join(demoDir, 'progress.json');
  return {
    read: () => parse(readIfThere(file)),
    write: (progress) => {
      mkdirSync(dirname(file), { recursive: true });
      // A kill between the two leaves the old file or the new one, never half of one.
      writeFileSync(`${file}.new`, JSON.stringify(progress));
      renameSync(`${file}.new`, file);
    },
    forget: () => rmSync(file, { force: true }),
  };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parse(text: string): Progress | undefined {
  try {
    const { firstDay, taken } = JSON.parse(text) as Partial<Progress>;
    if (typeof firstDay !== 'string' || !isLocalDate(firstDay) || !Number.isSafeInteger(taken)) return undefined;
    return { firstDay, taken: Number(taken) };
  } catch {
    return undefined;
  }
}

/** The Monday of the last week that is wholly over, with what its loads bring after it. */
export function lastWholeWeek(now: Instant): LocalDate {
  const today = localDateIn('UTC', now);
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(today, -sinceMonday - 14);
}

/** `Tue 3 Mar 14:20` on the desk's clock. */
export function deskTime(at: Instant): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'America/Chicago',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(at)
    .replace(',', '');
}
