// Rounds in which all take turns, each time in another order: what disturbs the machine disturbs them alike.

const shuffled = (items) => {
  const order = [...items];
  for (let left = order.length; left > 1; left--) {
    const at = Math.floor(Math.random() * left);
    [order[at], order[left - 1]] = [order[left - 1], order[at]];
  }
  return order;
};

/**
 * What `measure(name)` resolves to in each of so many rounds, by name.
 *
 * @param {{ names: string[], rounds: number, warmUp?: number, measure: (name: string) => Promise<number>,
 *   onRound?: (round: number) => void }} options `warmUp` rounds before do not count; `onRound` is told each that does
 */
export const takeTurns = async ({ names, rounds, warmUp = 0, measure, onRound }) => {
  const measured = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    if (round >= 0) onRound?.(round);
    for (const name of shuffled(names)) {
      const value = await measure(name);
      if (round >= 0) measured[name].push(value);
    }
  }
  return measured;
};
