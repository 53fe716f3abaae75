// A file to send along: one, of the kinds and the size that the hub takes.
import { Input } from '@mantine/core';
import { useId, useState } from 'react';

export type SentFile = { readonly name: string; readonly content: string };

const KINDS = '.pdf,.png,.jpg,.jpeg,.webp,.txt,.csv';
const BYTES_AT_MOST = 5 * 1024 * 1024;

/** Its form clears it by another `key`. */
export function FileField({ onChange }: { readonly onChange: (file: File | undefined) => void }) {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  const take = (file: File | undefined) => {
    const isTooLarge = file !== undefined && file.size > BYTES_AT_MOST;
    setProblem(isTooLarge ? 'That file has more than 5 MB. Send a smaller one.' : undefined);
    onChange(isTooLarge ? undefined : file);
  };
  return (
    <Input.Wrapper
      id={id}
      label="A file, if you have one"
      description="A PDF, a picture or plain text of at most 5 MB"
      error={problem}
    >
      <input
        id={id}
        type="file"
        accept={KINDS}
        className="file-input"
        onChange={({ currentTarget }) => take(currentTarget.files?.[0])}
      />
    </Input.Wrapper>
  );
}

/** As the hub takes it. */
export async function sentFile(file: File | undefined): Promise<{ file?: SentFile }> {
  if (file === undefined) return {};
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
    reader.readAsDataURL(file);
  });
  return { file: { name: file.name, content: address.slice(address.indexOf(',') + 1) } };
}
