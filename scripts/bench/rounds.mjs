// Measures in rounds, in each of which all contenders take turns in random order. So disturbances affect all of them equally.

const shuffle = (items) => {
  const order = [...items];
  for (let left = order.length; left > 1; left--) {
    const at = Math.floor(Math.random() * left);
    [order[at], order[left - 1]] = [order[left - 1], order[at]];
  }
  return order;
};

/**
 * Collects the results of `measure(name)` in each round, by name.
 *
 * @param {{ names: string[], rounds: number, warmUp?: number, measure: (name: string) => Promise<number>,
 *   onRound?: (round: number) => void }} options `warmUp`: the number of rounds before, which do not count;
 *   `onRound` is called before each round that counts
 */
export const takeTurns = async ({ names, rounds, warmUp = 0, measure, onRound }) => {
  const measured = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    if (round >= 0) onRound?.(round);
    for (const name of shuffle(names)) {
      const value = await measure(name);
      if (round >= 0) measured[name].push(value);
    }
  }
  return measured;
};
