// @ts-check
/**
 * Move everybody who waits in a line, a portion an order, until nobody is left. Whoever comes meanwhile
 * is moved as well.
 * @param {(portion: number) => Promise<{moved: string[], left: number} | null>} order null: it did not work
 * @param {(moved: number, left: number) => void} onProgress
 * @returns {Promise<{moved: number, whole: boolean}>}
 */
export async function moveAll(order, onProgress) {
  let moved = 0;
  for (let portion = 1; ; portion += 1) {
    const answer = await order(portion);
    if (!answer) return { moved, whole: false };
    moved += answer.moved.length;
    onProgress(moved, answer.left);
    // A portion that moved nobody would go on for ever.
    if (answer.left === 0 || answer.moved.length === 0) return { moved, whole: answer.left === 0 };
  }
}
