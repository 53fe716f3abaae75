// What is behind an address: an Odoo, or what else, in words that say how to mend it. Pure.
import type { OdooError } from '../doors/failure.ts';
import type { Answer } from '../doors/wire.ts';
import type { Finding } from './finding.ts';

type Trouble = { readonly what: string; readonly mend: string };

const NO_ODOO: Trouble = {
  what: 'something answers there, but it is no Odoo',
  mend: 'give the address at which Odoo itself is opened in a browser, without /web or /odoo',
};

const NOT_REACHED: readonly (readonly [codes: RegExp, trouble: Trouble])[] = [
  [/^(ENOTFOUND|EAI_)/, { what: 'there is no such host', mend: 'correct the name in the address' }],
  [/^ECONNREFUSED/, { what: 'nothing listens there', mend: 'correct host and port, or start Odoo' }],
  [
    /^(UND_ERR_CONNECT|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)/,
    { what: 'no connection comes about', mend: 'correct the address, or let this machine through the firewall' },
  ],
  [
    /CERT|SIGNATURE|ISSUER|ALTNAME/,
    {
      what: 'its certificate is not to be trusted',
      mend: 'use the name the certificate is for, renew it, or name its authority by NODE_EXTRA_CA_CERTS',
    },
  ],
];

const SPEAKS_HTTP: Trouble = { what: 'it does not speak https', mend: 'write http:// in place of https://' };
const SPEAKS_HTTPS: Trouble = { what: 'it does not speak http', mend: 'write https:// in place of http://' };

/** An address that cannot be one; `undefined` when it can. */
export function addressFault(url: string): Finding | undefined {
  if (/^https?:\/\/[^/\s]+/.test(url) && URL.canParse(url)) return undefined;
  return troubleAt(url, { what: 'not an address', mend: 'give one like https://erp.example.com' });
}

/** Why a question to this address had no answer. */
export function notReached(url: string, error: OdooError): Finding {
  const { failure } = error;
  const code = 'code' in failure ? failure.code : failure.kind;
  const known = NOT_REACHED.find(([codes]) => codes.test(code))?.[1];
  if (known !== undefined) return troubleAt(`${url} (${code})`, known);
  if (/^(HPE_|HTTPParser|ECONNRESET|UND_ERR_SOCKET|EPROTO|ERR_SSL|EPIPE)/.test(code)) {
    return troubleAt(`${url} (${code})`, url.startsWith('https:') ? SPEAKS_HTTP : SPEAKS_HTTPS);
  }
  return troubleAt(`${url} (${code})`, { what: 'it does not answer', mend: 'see whether Odoo is up and try again' });
}

/** What kind of server gave this answer, when it is not an Odoo's. */
export function notOdoo(url: string, { status, location }: Answer): Finding {
  const target = location !== undefined && URL.canParse(location, url) ? new URL(location, url) : undefined;
  if (status >= 300 && status < 400 && target !== undefined && target.origin !== new URL(url).origin) {
    return troubleAt(url, { what: 'it points elsewhere', mend: `give ${target.origin} as the address` });
  }
  // So say the common web servers when http comes to their https port.
  if (status === 400 && url.startsWith('http:')) return troubleAt(`${url} (HTTP 400)`, SPEAKS_HTTPS);
  if (status >= 500) {
    return troubleAt(`${url} (HTTP ${status})`, {
      what: 'what stands before Odoo cannot reach it',
      mend: 'start Odoo, or mend its proxy',
    });
  }
  return troubleAt(`${url} (HTTP ${status})`, NO_ODOO);
}

function troubleAt(where: string, { what, mend }: Trouble): Finding {
  return { check: 'address', state: 'missing', what, where, mend };
}
