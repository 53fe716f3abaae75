// Names, numbers and addresses by which a person is reached, taken out of text for those who need not see them.

export const MASK = '•••';

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const NAMED =
  'contact(?:name|person)?|driver(?:name)?|signedby|signatory|phone(?:number)?|telephone|mobile|telefax|fax|e-?mail(?:address)?|electronicmail|phnenb|mobnb|emailadr';
const JSON_VALUE = new RegExp(`("(?:${NAMED})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi');
const XML_VALUE = new RegExp(`(<(?:[\\w-]+:)?(?:${NAMED})(?:\\s[^>]*)?>)[^<]+(?=</)`, 'gi');

/** Of JSON, XML or plain text: what stands under a name that says it is a person's, and whatever is an e-mail address. */
export function withoutPersonalData(text: string): string {
  return text.replace(JSON_VALUE, `$1"${MASK}"`).replace(XML_VALUE, `$1${MASK}`).replace(EMAIL, MASK);
}
