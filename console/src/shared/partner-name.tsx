// A partner by its name; its id shows when one points at it, and stands alone where no name is known.

type Props = { readonly id: string; readonly name?: string | undefined };

export function PartnerName({ id, name }: Props) {
  return name === undefined ? id : <span title={id}>{name}</span>;
}
