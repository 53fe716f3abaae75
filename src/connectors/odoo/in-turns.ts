// Many small questions, a few at a time: enough to keep an Odoo with several workers busy, too few to crowd one out.

const AT_ONCE = 4;

/** Runs `act` on every item, `AT_ONCE` under way together. The first failure is thrown, and no further one is begun. */
export async function inTurns<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  async function takeNext(): Promise<void> {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await act(item);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, takeNext));
}
