// @ts-check
/**
 * What every screen that hangs in the hall has in common: it follows the news, draws once a second and on every
 * change, tells the server that it is alive and what it has shown, and fetches new pages by itself.
 */
import { Reloader } from "../board/reloader.js";
import { codeInAddress, enrol, whoAmI } from "./enrolment.js";
import { LANGUAGES, language, loadLanguage, t, translator } from "./i18n.js";
import { askedBy, boardOf, dress } from "./layout.js";
import { followNews } from "./news.js";
import { EMPTY } from "./reduce.js";
import { isWhole, narrowed } from "./zones.js";
import { draftedBy, isPreview } from "./preview.js";
import { html, render } from "./ui.js";

const REDRAW_EVERY = 1000;
const VOICE_AGAIN_AFTER = 10_000;

/** The program of a box opened this page: it is the same device, and the one that says how it sounds. */
const besideBox = () => new URLSearchParams(location.hash.slice(1)).has("box");

/** This page is to speak as well, where no box does (docs/voice.md); only then is anything of the voice fetched. */
const isToSpeak = () => new URLSearchParams(location.search).get("sound") === "1" && !besideBox() && !isPreview();

/**
 * @typedef {{lang: string, t: import("./i18n.js").Translate} | null} Second the second language, in small letters
 * @typedef {import("./reduce.js").HallState} HallState @typedef {import("./news.js").Meta} Meta
 * @typedef {import("./layout.js").Board} Board
 * @typedef {{state: HallState, whole: HallState, meta: Meta, board: Board, second: Second, at: number, hall: string}} Frame
 *   `state` is what this screen shows of the hall, `whole` all of it; `at` a clock that never jumps, in ms
 * @typedef {{view: unknown, shown?: number, dueIn?: number}} Picture
 *   `shown`: up to which call everything is drawn, left out by a page that draws only some; `dueIn`: when the picture changes by itself, in ms
 */

/**
 * @param {HTMLElement} page @param {string[]} parts files of sentences
 * @param {(frame: Frame) => Picture} picture
 */
export async function startScreen(page, parts, picture) {
  await loadLanguage(language(), parts);
  render(html`<p class="starting" role="status">${t("board.starting")}</p>`, page);
  const code = codeInAddress();
  if (code) await enrol(code, "screen");
  const { hall, device } = await whoAmI();
  render(null, page);
  new Screen(page, parts, picture, hall, isPreview() ? null : device).start();
}

class Screen {
  /** @type {HallState} */ #state = EMPTY;
  /** @type {any} */ #news;
  /** @type {any} */ #dueTimer;
  /** @type {Map<string, Second>} */ #translations = new Map();
  #asked = askedBy(location.search);
  #reloader = new Reloader(() => this.#reload());
  /** @type {any} */ #voice = null;
  #draft = draftedBy(() => this.#draw());
  /** @type {number | undefined} */ #shown;
  #page;
  #parts;
  #picture;
  #hall;
  /** @type {any} */ #device;

  /** @param {HTMLElement} page @param {string[]} parts @param {(frame: Frame) => Picture} picture
   *  @param {string} hall @param {any} device */
  constructor(page, parts, picture, hall, device) {
    this.#page = page;
    this.#parts = parts;
    this.#picture = picture;
    this.#hall = hall;
    this.#device = device;
  }

  start() {
    const onState = (/** @type {HallState} */ state) => {
      this.#state = state;
      this.#draw();
    };
    const here = () => this.#here();
    this.#news = followNews({ hall: this.#hall, device: Boolean(this.#device), here, onState });
    setInterval(() => this.#draw(), REDRAW_EVERY);
    if (isToSpeak()) this.#speak();
  }

  /** A screen without a voice is still a screen: what cannot be fetched now is tried again. */
  async #speak() {
    try {
      const { startVoice } = await import("../voice/voice.js");
      this.#voice = await startVoice({ hall: this.#hall, device: this.#device, onChange: () => this.#news.here() });
      this.#draw();
    } catch (error) {
      console.error(`no voice: ${error}`);
      setTimeout(() => this.#speak(), VOICE_AGAIN_AFTER);
    }
  }

  #reload() {
    if (this.#voice) this.#voice.whenSilent(() => location.reload());
    else location.reload();
  }

  /** What goes with every sign of life. The highest call goes with each of them: one that is lost costs two seconds.
   *  A page that speaks as well says how its sound is. */
  #here() {
    const { stale, build, epoch } = this.#news.meta();
    const proof = this.#shown === undefined ? {} : { shown: this.#shown, epoch };
    const sounding = besideBox() ? {} : { sound: this.#voice ? this.#voice.word : "none", kind: "page" };
    return { ...proof, ...sounding, stale, build };
  }

  #draw() {
    clearTimeout(this.#dueTimer);
    const meta = this.#news.meta();
    const whole = this.#draft.over(this.#state, meta.now);
    const board = boardOf(whole.hall.layout, this.#asked, this.#device && this.#device.zone);
    dress(board);
    if (!isPreview()) this.#reloader.look(meta, whole.hall.timezone);
    if (this.#voice) this.#voice.update(whole, meta);
    const state = narrowed(whole, board);
    const frame = { state, whole, meta, board, second: this.#second(board), at: performance.now(), hall: this.#hall };
    const { view, shown, dueIn = Infinity } = this.#picture(frame);
    render(view, this.#page);
    if (dueIn < REDRAW_EVERY) this.#dueTimer = setTimeout(() => this.#draw(), dueIn);
    this.#tell(board, shown);
  }

  /** @param {Board} board @param {number | undefined} shown */
  #tell(board, shown) {
    // A screen narrower than its place in the hall does not draw all that it would be vouching for.
    const vouches = isWhole(board) || (!board.lines.length && board.zones.join() === (this.#device && this.#device.zone));
    if (!vouches || document.hidden || shown === this.#shown) return;
    this.#shown = shown;
    this.#news.here();
  }

  /** `?lang=zh-CN,en` names two, and goes before the layout. @param {Board} board @returns {Second} */
  #second(board) {
    const [, asked] = (new URLSearchParams(location.search).get("lang") || "").split(",");
    const lang = asked || board.second;
    if (!lang || !LANGUAGES.includes(lang) || lang === language()) return null;
    if (!this.#translations.has(lang)) this.#load(lang);
    return this.#translations.get(lang) || null;
  }

  /** @param {string} lang */
  async #load(lang) {
    this.#translations.set(lang, null);
    try {
      this.#translations.set(lang, { lang, t: await translator(lang, this.#parts) });
      this.#draw();
    } catch {
      this.#translations.delete(lang); // the next picture asks again
    }
  }
}
