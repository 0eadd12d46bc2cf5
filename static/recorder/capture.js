// @ts-check
/** Runs beside the page, in the browser's sound: hands on what the microphone hears, as it is. */

const LENGTH = 1024;

// @ts-ignore: a class of the worklet's own world
class Capture extends AudioWorkletProcessor {
  #block = new Float32Array(LENGTH);
  #filled = 0;

  /** @param {Float32Array[][]} inputs */
  process([[channel]]) {
    if (!channel) return true;
    this.#block.set(channel, this.#filled);
    this.#filled += channel.length;
    if (this.#filled === LENGTH) {
      // @ts-ignore
      this.port.postMessage(this.#block);
      this.#filled = 0;
    }
    return true;
  }
}

// @ts-ignore
registerProcessor("capture", Capture);
