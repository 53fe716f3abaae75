// Whoever did something, as people say it: a user by name, a key by what it is called; the key's id shows on hover.

const KEY = /^key (\S+) \((.*)\)$/s;

/** `user finance` → `finance`, `key 46c2aa (purchasing)` → `purchasing`. */
export function actorText(actor: string): string {
  return KEY.exec(actor)?.[2] ?? actor.replace(/^user /, '');
}

export function ActorName({ actor }: { readonly actor: string }) {
  return <span title={actor}>{actorText(actor)}</span>;
}
