// A sentence of the hub's in which commands stand between back quotes, as the page writes them.

export function InWords({ text }: { readonly text: string }) {
  return text.split('`').map((part, at) => {
    if (at % 2 === 0) return part;
    return (
      // Parts have an order and keep it.
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <code key={at} className="mono">
        {part}
      </code>
    );
  });
}
