// @ts-check
/** @typedef {{lines: string[], secondary: string[]}} Chosen */

/**
 * Tick or untick a line; a window serves a line or helps it, never both.
 * @param {Chosen} chosen
 * @param {string} letter
 * @param {"lines" | "secondary"} kind
 * @returns {Chosen}
 */
export function toggled(chosen, letter, kind) {
  const had = chosen[kind].includes(letter);
  const without = {
    lines: chosen.lines.filter((one) => one !== letter),
    secondary: chosen.secondary.filter((one) => one !== letter),
  };
  return had ? without : { ...without, [kind]: [...without[kind], letter] };
}
