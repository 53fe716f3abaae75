// A sign-in provider for tests that speaks OpenID Connect as real ones do: discovery, authorization code with PKCE (S256),
// a token signed with RS256, its keys; and the ways in which a provider, or who poses as one, goes wrong.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ProviderFault = 'other-nonce' | 'over' | 'other-audience' | 'other-key' | 'error';

export type OidcProvider = {
  readonly issuer: string;
  /** Who is signed in there, and what goes wrong, from now on. */
  readonly be: (claims: Readonly<Record<string, unknown>>, fault?: ProviderFault) => void;
  readonly stop: () => Promise<void>;
};

export const CLIENT = { id: 'lading', secret: 'a secret of the two' };

type Code = { readonly nonce: string; readonly challenge: string; readonly redirectUri: string };

export async function startOidcProvider(): Promise<OidcProvider> {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, Code>();
  let claims: Readonly<Record<string, unknown>> = {};
  let fault: ProviderFault | undefined;
  let issuer = '';

  const tokenFor = (nonce: string) => {
    const now = Math.floor(Date.now() / 1_000);
    const body = {
      ...{ iss: issuer, aud: fault === 'other-audience' ? 'somebody-else' : CLIENT.id, sub: 'u-1', ...claims },
      nonce: fault === 'other-nonce' ? 'x' : nonce,
      iat: fault === 'over' ? now - 7_200 : now,
      exp: fault === 'over' ? now - 3_600 : now + 300,
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${part(body)}`;
    const { privateKey } = fault === 'other-key' ? stranger : key;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
  };

  const answers: Record<string, (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>> = {
    async '/.well-known/openid-configuration'(_request, response) {
      json(response, 200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      });
    },
    async '/keys'(_request, response) {
      json(response, 200, {
        keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }],
      });
    },
    async '/authorize'(_request, response, { searchParams: asked }) {
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('state', asked.get('state') ?? '');
      back.searchParams.set('iss', issuer);
      if (fault === 'error') {
        back.searchParams.set('error', 'access_denied');
        back.searchParams.set('error_description', 'the person said no');
      } else {
        const code = randomBytes(16).toString('hex');
        codes.set(code, {
          nonce: asked.get('nonce') ?? '',
          challenge: asked.get('code_challenge') ?? '',
          redirectUri: asked.get('redirect_uri') ?? '',
        });
        back.searchParams.set('code', code);
      }
      response.writeHead(302, { location: back.href }).end();
    },
    async '/token'(request, response) {
      const form = new URLSearchParams(await bodyOf(request));
      const code = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      const isClient = form.get('client_id') === CLIENT.id && form.get('client_secret') === CLIENT.secret;
      if (!isClient) return json(response, 401, { error: 'invalid_client' });
      if (code === undefined || proof !== code.challenge || form.get('redirect_uri') !== code.redirectUri) {
        return json(response, 400, { error: 'invalid_grant' });
      }
      json(response, 200, {
        access_token: 'unused',
        token_type: 'Bearer',
        expires_in: 300,
        id_token: tokenFor(code.nonce),
      });
    },
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const answer = answers[url.pathname];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response, url).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    be(next, goesWrong) {
      claims = next;
      fault = goesWrong;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
