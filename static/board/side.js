// @ts-check
/** Beside the calls: who waits and the hall's media in turns, and the code to scan. */
import { language, t } from "../lib/i18n.js";
import { html, useRef, useState } from "../lib/ui.js";
import { Waiting } from "./waiting.js";

export function Side({ turn, rows, frame, playlist }) {
  const { board } = frame;
  return html`
    <aside class="side">
      ${turn && (turn.kind === "waiting"
        ? html`<${Waiting} frame=${frame} page=${turn.page} rows=${rows} />`
        : html`<${Medium} key=${turn.key} turn=${turn} at=${frame.at} playlist=${playlist} second=${frame.second} />`)}
      ${board.qr && html`<${Code} board=${board} hall=${frame.hall} at=${frame.at} second=${frame.second} />`}
    </aside>
  `;
}

/** @param {Record<string, any>} thing @param {string} lang */
const wordsOf = (thing, lang) => (lang === "en" ? thing.text_en || thing.text : thing.text) || "";

function Medium({ turn, at, playlist, second }) {
  const { kind, medium } = turn;
  const broke = () => playlist.broke(turn.key, at);
  const text = wordsOf(medium, language());
  const other = second && wordsOf(medium, second.lang);
  return html`
    <figure class=${`medium ${kind}`}>
      ${kind === "image" && html`<img class="medium-picture" src=${`/media/${medium.file}`} alt=${text} onError=${broke} />`}
      ${kind === "video" && html`<${Film} medium=${medium} text=${text} broke=${broke} ended=${() => playlist.ended(turn.key)} />`}
      ${text && html`<figcaption class="medium-text">${text}${other && other !== text && html`<span class="second" lang=${second.lang}>${other}</span>`}</figcaption>`}
    </figure>
  `;
}

/** Without sound: the loudspeakers are the calls'. A film that the browser does not start is broken. */
function Film({ medium, text, broke, ended }) {
  const started = useRef(false);
  const begin = (/** @type {any} */ film) => {
    if (!film || started.current) return;
    started.current = true;
    film.muted = true;
    Promise.resolve(film.play()).catch(broke);
  };
  return html`
    <video class="medium-picture" src=${`/media/${medium.file}`} aria-label=${text || medium.file} muted playsinline preload="auto"
      ref=${begin} onEnded=${ended} onError=${broke}></video>
  `;
}

/** A code that could not be drawn is asked for again, in ms. */
const ASKED_AGAIN = 60_000;

function Code({ board, hall, at, second }) {
  const { name, qr } = board;
  const [brokeAt, broke] = useState(-Infinity);
  if (at - brokeAt < ASKED_AGAIN) return null;
  // Another address is another picture: nothing of the old one is kept.
  const source = `/api/halls/${encodeURIComponent(hall)}/board-qr.svg?board=${name}&url=${encodeURIComponent(qr.url)}`;
  return html`
    <div class="code">
      <img class="code-picture" src=${source} alt=${qr.url} onError=${() => broke(at)} />
      <p class="code-text">${wordsOf(qr, language()) || t("board.scan")}
        ${second && html`<span class="second" lang=${second.lang}>${wordsOf(qr, second.lang) || second.t("board.scan")}</span>`}</p>
    </div>
  `;
}
