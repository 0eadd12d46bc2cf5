// @ts-check
import { order } from "../lib/orders.js";

/**
 * How a press of this page goes out.
 * @param {{method: "POST", path: string, body: any}} request
 * @param {(unconfirmed: boolean) => void} onUnconfirmed
 */
export function send({ method, path, body }, onUnconfirmed) {
  return order(method, path, body, { onUnconfirmed });
}
