// The few forms that a page is written in. Every text is escaped here and nowhere else.

/** HTML that was made here: a text becomes one only by `text`. */
export type Html = { readonly html: string };

export const raw = (html: string): Html => ({ html });

export function text(value: string | number | undefined): Html {
  return raw(escaped(String(value ?? '')));
}

export function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function unescaped(value: string): string {
  return value.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}

export function join(parts: readonly Html[]): Html {
  return raw(parts.map(({ html }) => html).join(''));
}

/** An element without attributes, or with a class. */
export function element(name: string, content: Html, className?: string): Html {
  const attributes = className === undefined ? '' : ` class="${escaped(className)}"`;
  return raw(`<${name}${attributes}>${content.html}</${name}>`);
}

export function section(title: string, ...content: readonly Html[]): Html {
  return element('section', join([element('h2', text(title)), ...content]));
}

export type Column = { readonly label: string; readonly className?: string };

/** Nothing where there are no rows. On a phone each cell is shown with its column's label. */
export function table(columns: readonly Column[], rows: readonly (readonly Html[])[]): Html {
  if (rows.length === 0) return raw('');
  const classOf = ({ className }: Column) => (className === undefined ? '' : ` class="${className}"`);
  const head = columns.map((column) => `<th scope="col"${classOf(column)}>${escaped(column.label)}</th>`).join('');
  const body = rows.map((cells) => {
    const each = cells.map((cell, index) => {
      const column = columns[index] ?? { label: '' };
      return `<td data-label="${escaped(column.label)}"${classOf(column)}><div>${cell.html}</div></td>`;
    });
    return `<tr>${each.join('')}</tr>`;
  });
  return raw(`<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`);
}

/** Names with what they are; those without a value are left out. */
export function definitions(entries: readonly (readonly [string, Html | string | undefined])[]): Html {
  const shown = entries.filter(([, value]) => value !== undefined && value !== '');
  const each = shown.map(
    ([name, value]) => `<dt>${escaped(name)}</dt><dd>${typeof value === 'string' ? escaped(value) : value?.html}</dd>`,
  );
  return raw(each.length === 0 ? '' : `<dl>${each.join('')}</dl>`);
}

export function steps(lines: readonly string[]): Html {
  return lines.length === 0 ? raw('') : element('ul', join(lines.map((line) => element('li', text(line)))), 'steps');
}

export function folded(summary: string, content: Html, className?: string): Html {
  return element('details', join([element('summary', text(summary)), content]), className);
}

/** Terms as they were imported, key by key. */
export function terms(value: unknown): Html {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) return text(value.join(', '));
    return element('ul', join(value.map((item) => element('li', terms(item)))));
  }
  if (typeof value !== 'object' || value === null) return text(String(value));
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.every(([, inner]) => typeof inner !== 'object')) {
    return text(entries.map(([key, inner]) => `${key} ${inner}`).join(', '));
  }
  return definitions(entries.map(([key, inner]) => [key, terms(inner)]));
}
