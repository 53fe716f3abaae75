// Days and amounts as MT messages write them.

/** `YYMMDD` → `YYYY-MM-DD`; `undefined` where there is no such day. Years from 80 on are those of the last century. */
export function dayFrom(digits: string): string | undefined {
  const [, yy = '', month = '', day = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(digits) ?? [];
  if (yy === '') return undefined;
  const text = `${Number(yy) < 80 ? '20' : '19'}${yy}-${month}-${day}`;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text ? undefined : text;
}

/** `15d`: digits with one comma, which may end them: `4200,` is 4200. `undefined` where it is none. */
export function amountFrom(digits: string): string | undefined {
  const [, whole, part = ''] = /^(\d{1,15}),(\d{0,5})$/.exec(digits) ?? [];
  if (whole === undefined) return undefined;
  const bare = whole.replace(/^0+(?=\d)/, '');
  return part === '' ? bare : `${bare}.${part}`;
}
