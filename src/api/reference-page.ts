// The reference page: the OpenAPI document as plain HTML, made here. No script, nothing from elsewhere; every detail opens
// by keyboard, and it reads on a phone and in the dark.

import { createHash } from 'node:crypto';

type Json = { readonly [key: string]: unknown };
type Operation = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Json };
  readonly responses?: { readonly [status: string]: { readonly description?: string; readonly content?: Json } };
};
type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Json;
};
type Document = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  readonly components?: { readonly schemas?: { readonly [name: string]: Json } };
};

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d8dbe0, #3a3f47); --soft: light-dark(#f4f5f7, #22262c); --accent: light-dark(#0a5a9c, #7fc1ff); }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: light-dark(#1b1e23, #e6e8eb); background: light-dark(#fff, #16191d); }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
a { color: var(--accent); } code, pre { font: .875rem/1.45 ui-monospace, monospace; }
code { overflow-wrap: anywhere; } pre { background: var(--soft); padding: .75rem; overflow-x: auto; border-radius: .375rem; }
details { border: 1px solid var(--line); border-radius: .375rem; margin: .5rem 0; padding: 0 .75rem; }
summary { cursor: pointer; padding: .6rem 0; } summary:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
details[open] { padding-bottom: .75rem; } .method { display: inline-block; min-width: 3.6rem; font-weight: 600; color: var(--accent); }
.about { display: block; color: light-dark(#565d68, #a6adb8); } nav ul { columns: 14rem; padding-left: 1.2rem; }
dt { margin-top: .4rem; } dd { margin: 0 0 0 1rem; }
`;

/** For the header of the page: only its own style may be used, and nothing else may run or load. */
export const REFERENCE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

export function referencePage(document: Document): string {
  const { info, tags = [], paths, components } = document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(({ name, description }) => {
    const inside = operations.filter(({ operation }) => operation.tags?.includes(name));
    return inside.length === 0
      ? ''
      : `<h2 id="${attribute(name)}">${text(name)}</h2><p>${prose(description)}</p>${inside.map(operationHtml).join('')}`;
  });
  const schemas = Object.entries(components?.schemas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(info.title)} API ${text(info.version)}</title><style>${STYLE}</style></head><body>
<h1>${text(info.title)} API <small>${text(info.version)}</small></h1>
<p>${prose(info.description)}</p><p><a href="/v1/openapi.json">The OpenAPI 3.1 document</a></p>
<nav aria-label="Sections"><ul>${tags.map(({ name }) => `<li><a href="#${attribute(name)}">${text(name)}</a></li>`).join('')}<li><a href="#schemas">Schemas</a></li></ul></nav>
<main>${sections.join('')}<h2 id="schemas">Schemas</h2>${schemas.map(schemaHtml).join('')}</main></body></html>
`;
}

function operationHtml({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const { summary, description, parameters = [], requestBody, responses = {} } = operation;
  const given = parameters.map(
    ({ name, in: where, required, description: about, schema }) =>
      `<dt><code>${text(name)}</code> ${text(where)}${required ? ', required' : ''} <code>${shape(schema)}</code></dt><dd>${prose(about)}</dd>`,
  );
  const answers = Object.entries(responses).map(
    ([status, { description: about, content }]) =>
      `<dt><strong>${text(status)}</strong> ${prose(about)}</dt>${contentHtml(content)}`,
  );
  return `<details id="${attribute(operation.operationId ?? `${method} ${path}`)}"><summary><span class="method">${text(method.toUpperCase())}</span> <code>${text(path)}</code><span class="about">${text(summary ?? '')}</span></summary>
${description === undefined ? '' : `<p>${prose(description)}</p>`}${given.length === 0 ? '' : `<h3>Parameters</h3><dl>${given.join('')}</dl>`}${requestBody?.content === undefined ? '' : `<h3>Body</h3><dl>${contentHtml(requestBody.content)}</dl>`}<h3>Answers</h3><dl>${answers.join('')}</dl></details>`;
}

function contentHtml(content: Json | undefined): string {
  return Object.entries(content ?? {})
    .map(([type, media]) => `<dd>${text(type)}: <code>${shape((media as { schema?: Json }).schema)}</code></dd>`)
    .join('');
}

function schemaHtml([name, schema]: [string, Json]): string {
  return `<details id="schema-${attribute(name)}"><summary><code>${text(name)}</code><span class="about">${text(String(schema.description ?? ''))}</span></summary><pre>${text(JSON.stringify(schema, null, 2))}</pre></details>`;
}

/** A schema in a few signs, with links to what it names. */
function shape(schema: Json | undefined): string {
  if (schema === undefined) return 'bytes';
  const { $ref, type, items, enum: allowed, anyOf, properties } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1) ?? '';
    return `<a href="#schema-${attribute(name)}">${text(name)}</a>`;
  }
  if (Array.isArray(allowed)) return allowed.map((value) => text(JSON.stringify(value))).join(' | ');
  if (Array.isArray(anyOf)) return anyOf.map((part) => shape(part as Json)).join(' | ');
  if (type === 'array') return `[${shape(items as Json)}]`;
  if (properties !== undefined) {
    const required = new Set((schema.required as string[] | undefined) ?? []);
    const parts = Object.entries(properties as Json).map(
      ([key, inner]) => `${text(key)}${required.has(key) ? '' : '?'}: ${shape(inner as Json)}`,
    );
    return `{ ${parts.join(', ')} }`;
  }
  return text(typeof type === 'string' ? type : 'any');
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(value: string): string {
  return value.replace(/[^A-Za-z0-9_-]/g, '-');
}

function prose(value = ''): string {
  return text(value)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll('\n\n', '<br>');
}
