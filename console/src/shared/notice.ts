// What came of something, said in a corner of the page. What shows it is loaded when there is first something to say.

type Notice = {
  readonly color: 'teal' | 'red';
  readonly title?: string | undefined;
  readonly message: string | undefined;
  /** How long it stays, in milliseconds. */
  readonly autoClose?: number;
};

export function notify(notice: Notice): void {
  void import('@mantine/notifications').then(({ notifications }) => notifications.show(notice));
}
