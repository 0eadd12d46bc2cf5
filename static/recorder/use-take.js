// @ts-check
/** One take after the other: the microphone, the judgement, and what is said of it. */
import { useRef, useState } from "../lib/ui.js";
import { record } from "./microphone.js";
import { judged, RATE } from "./take.js";
import { wav } from "./wav.js";

/** @typedef {import("./phrases.js").Phrase} Phrase */
/** @typedef {{said: string, facts: Record<string, any>, tone: "good" | "bad", phrase: Phrase}} Outcome `said` is the sentence's key */

/** What getUserMedia throws, as a sentence. */
const TROUBLE = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "no_microphone", OverconstrainedError: "no_microphone" };

/** @param {ReturnType<typeof import("./use-recordings.js").useRecordings>} recordings @param {(done: Phrase) => void} onGood */
export function useTake(recordings, onGood) {
  const [doing, set] = useState(/** @type {"idle" | "opening" | "recording" | "judging"} */ ("idle"));
  const [outcome, tell] = useState(/** @type {Outcome | null} */ (null));
  const meter = useRef(/** @type {any} */ (null));
  const stop = useRef(() => {});
  const show = (/** @type {number} */ loudness) => { if (meter.current) meter.current.value = loudness; };
  const start = async (/** @type {Phrase} */ phrase) => {
    set("opening");
    tell(null);
    const found = await taken(show, (how) => { stop.current = how; set("recording"); }, () => set("judging"));
    show(0);
    const good = found.problem === null && (await recordings.keep({ ...phrase, ms: found.ms, wav: wav(found.samples, RATE) }));
    tell(outcomeOf(phrase, found, good));
    set("idle");
    if (good) onGood(phrase);
  };
  /** One button for both. @param {Phrase} phrase */
  const press = (phrase) => {
    if (doing === "idle") start(phrase);
    if (doing === "recording") stop.current();
  };
  return { doing, outcome, press, meter, forget: () => tell(null) };
}

/** @param {(loudness: number) => void} show @param {(stop: () => void) => void} begun @param {() => void} over @returns {Promise<any>} */
async function taken(show, begun, over) {
  try {
    const { stop, samples } = await record(show);
    begun(stop);
    samples.then(over, over);
    return judged(await samples);
  } catch (error) {
    console.warn(error);
    return { problem: TROUBLE[/** @type {any} */ (error).name] || "failed" };
  }
}

/** @param {Phrase} phrase @param {any} found @param {boolean} good @returns {Outcome} */
function outcomeOf(phrase, found, good) {
  const facts = { text: phrase.text, seconds: ((found.ms || 0) / 1000).toFixed(1) };
  if (good) return { said: "recorder.good", facts, tone: "good", phrase };
  return { said: `recorder.problem_${found.problem || "not_kept"}`, facts, tone: "bad", phrase };
}
