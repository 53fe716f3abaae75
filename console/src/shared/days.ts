// Days as people mean them, in their own zone, and as the hub takes them: instants.

/** `2026-11-04` → the first instant of that day here; undefined where it is no day. */
export function startOfDay(day: string | undefined): string | undefined {
  return instantOf(day, 0);
}

/** The first instant after that day. */
export function endOfDay(day: string | undefined): string | undefined {
  return instantOf(day, 1);
}

function instantOf(day: string | undefined, daysLater: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? [];
  if (year === undefined) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(date) + daysLater).toISOString();
}

const MINUTES = { day: 1_440, hour: 60 };

/** `2 h 5 min`, `3 d 4 h`: the two largest units. */
export function durationText(minutes: number): string {
  const whole = Math.round(Math.abs(minutes));
  const days = Math.floor(whole / MINUTES.day);
  const hours = Math.floor((whole % MINUTES.day) / MINUTES.hour);
  const rest = whole % MINUTES.hour;
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return rest > 0 ? `${hours} h ${rest} min` : `${hours} h`;
  return `${rest} min`;
}

let day: Intl.DateTimeFormat | undefined;

/** `2026-11-04` → `Nov 4, 2026`: a calendar day is the same day everywhere. */
export function dayText(date: string): string {
  day ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
  return day.format(new Date(`${date}T00:00:00Z`));
}
