// Signing in at the company's own provider, by OpenID Connect: the code flow with PKCE, state and nonce (OpenID Connect Core
// 1.0 section 3.1, RFC 7636). Who a person is the provider says; which role that makes, the table of the setup.
import { isBound, isRole, type Role } from './roles.ts';

export type OidcSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** On the button. */
  readonly name: string;
  /** Claim with the person's groups or roles. */
  readonly roleClaim: string;
  /** Value of that claim → role. Where several fit, the first of this table counts. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Claim with the partner that a `partner` or `customer` belongs to. */
  readonly partnerClaim: string;
};

/** What must come back unchanged; kept by the browser meanwhile. */
export type OidcTrip = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly to: string;
};

export type OidcPerson = {
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  readonly partner?: string;
};

export type OidcOutcome =
  | { readonly kind: 'known'; readonly person: OidcPerson }
  /** The provider vouches for nobody, or for somebody who has no role here. */
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'unavailable'; readonly detail: string };

export type OidcDoor = {
  /** Where the browser is sent, and what it must bring back. `redirectUri` is ours. */
  readonly begin: (redirectUri: string, to: string) => Promise<{ address: string; trip: OidcTrip } | Unavailable>;
  /** `address`: as the browser came back, with the code in it. */
  readonly finish: (address: URL, trip: OidcTrip) => Promise<OidcOutcome>;
};
type Unavailable = Extract<OidcOutcome, { kind: 'unavailable' }>;

const TIMEOUT_SECONDS = 10;

export function openOidc(settings: OidcSettings): OidcDoor {
  let known: ReturnType<typeof discover> | undefined;
  const provider = () => {
    known ??= discover(settings);
    // A provider that was away is asked again by whoever comes next.
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
  return {
    async begin(redirectUri, to) {
      try {
        const { client, config } = await provider();
        const trip = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          verifier: client.randomPKCECodeVerifier(),
          to,
        };
        const address = client.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: 'openid profile email',
          state: trip.state,
          nonce: trip.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(trip.verifier),
          code_challenge_method: 'S256',
        });
        return { address: address.href, trip };
      } catch (error) {
        return unavailable(settings, error);
      }
    },
    async finish(address, trip) {
      let found: Awaited<ReturnType<typeof discover>>;
      try {
        found = await provider();
      } catch (error) {
        return unavailable(settings, error);
      }
      try {
        const tokens = await found.client.authorizationCodeGrant(found.config, address, {
          pkceCodeVerifier: trip.verifier,
          expectedState: trip.state,
          expectedNonce: trip.nonce,
          idTokenExpected: true,
        });
        return personFrom(tokens.claims() ?? {}, settings);
      } catch (error) {
        return { kind: 'refused', detail: `${settings.name} did not vouch for the sign-in: ${reasonOf(error)}` };
      }
    },
  };
}

// Loaded when somebody signs in this way, and not before.
async function discover({ issuer, clientId, clientSecret }: OidcSettings) {
  const client = await import('openid-client');
  const server = new URL(issuer);
  // Without TLS only on this machine, where nobody stands in between.
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(server.hostname);
  const config = await client.discovery(server, clientId, clientSecret, client.ClientSecretPost(clientSecret), {
    timeout: TIMEOUT_SECONDS,
    ...(isHere ? { execute: [client.allowInsecureRequests] } : {}),
  });
  // Signatures are checked although the token comes straight from the provider: a proxy may stand in between.
  client.enableNonRepudiationChecks(config);
  return { client, config };
}

type Claims = Readonly<Record<string, unknown>>;

/** Who the claims of a proven token stand for. */
export function personFrom(claims: Claims, settings: Omit<OidcSettings, 'clientSecret'>): OidcOutcome {
  const refused = (detail: string): OidcOutcome => ({ kind: 'refused', detail });
  const said = textOf(claims.preferred_username) ?? textOf(claims.email) ?? textOf(claims.sub);
  const name = said
    ?.toLowerCase()
    .replace(/[^a-z0-9._@-]/g, '-')
    .slice(0, 100);
  if (name === undefined || !/^[a-z0-9]/.test(name)) return refused('the provider gives no user name');
  const held = new Set([pathIn(claims, settings.roleClaim)].flat().filter((value) => typeof value === 'string'));
  const [, role] = [...settings.roles].find(([value]) => held.has(value)) ?? [];
  if (role === undefined || !isRole(role)) {
    return refused(`${name} has none of the groups that give a role here (claim ${settings.roleClaim})`);
  }
  const partner = textOf(pathIn(claims, settings.partnerClaim));
  if (isBound(role) && partner === undefined) {
    return refused(`${name} has role ${role} and no partner (claim ${settings.partnerClaim})`);
  }
  const displayName = textOf(claims.name) ?? name;
  return { kind: 'known', person: { name, displayName, role, ...(isBound(role) && partner ? { partner } : {}) } };
}

/** `realm_access.roles` leads into an object. */
function pathIn(claims: Claims, path: string): unknown {
  if (path in claims) return claims[path];
  return path.split('.').reduce<unknown>((value, part) => (value as Claims | undefined)?.[part], claims);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function unavailable({ name, issuer }: OidcSettings, error: unknown): Unavailable {
  return { kind: 'unavailable', detail: `${name} cannot be reached at ${issuer}: ${reasonOf(error)}` };
}

function reasonOf(error: unknown): string {
  const {
    error_description: said,
    message,
    cause,
  } = error as {
    error_description?: string;
    message?: string;
    cause?: { message?: string };
  };
  return said ?? cause?.message ?? message ?? String(error);
}

export type OidcEnvironment = Readonly<Record<string, string | undefined>>;
export type OidcFault = { readonly what: string; readonly where: string; readonly mend: string };

/** From `OIDC_…`; `undefined` where no provider is named. */
export function oidcSettingsFrom(env: OidcEnvironment): OidcSettings | OidcFault | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_ROLES: table } = env;
  if (!issuer) return undefined;
  if (!URL.canParse(issuer)) {
    return { what: 'not an address', where: `OIDC_ISSUER=${issuer}`, mend: 'give one like https://login.example.com' };
  }
  if (!clientId || !clientSecret || !table) {
    const missing = Object.entries({ OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_ROLES: table });
    const names = missing.flatMap(([name, value]) => (value ? [] : [name])).join(' and ');
    return { what: 'the sign-in provider is only named in part', where: 'environment', mend: `set ${names} too` };
  }
  const pairs = table.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  const wrong = pairs.find(([value, role]) => !value || role === undefined || !isRole(role));
  if (wrong !== undefined) {
    const mend = 'give pairs like billing-team=finance,ops=operations';
    return { what: 'not a role', where: `OIDC_ROLES: ${wrong.join('=')}`, mend };
  }
  return {
    issuer,
    clientId,
    clientSecret,
    name: env.OIDC_NAME || new URL(issuer).hostname,
    roleClaim: env.OIDC_ROLE_CLAIM || 'groups',
    roles: new Map(pairs as [string, Role][]),
    partnerClaim: env.OIDC_PARTNER_CLAIM || 'lading_partner',
  };
}
