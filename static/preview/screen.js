// @ts-check
/** The screen that the draft makes: the real page in a frame, told the draft instead of the hall's layout. */
import { windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useEffect, useRef, useState } from "../lib/ui.js";

const SIZES = { landscape: [1920, 1080], portrait: [1080, 1920], small: [800, 480] };

/** @param {{draft: any, name: string, state: any}} props */
export function Screen({ draft, name, state }) {
  const [size, setSize] = useState(/** @type {keyof typeof SIZES} */ ("landscape"));
  const [page, setPage] = useState("board");
  const [sample, setSample] = useState(true);
  const lang = new URLSearchParams(location.search).get("lang") || "";
  const source = `/${page}?preview=1&board=${name}${lang && `&lang=${lang}`}`;
  return html`
    <section class="stage" aria-label=${t("preview.screen")}>
      <div class="row">
        <${Select} label=${t("preview.size")} value=${size} take=${setSize} options=${Object.keys(SIZES).map((one) => [one, t(`preview.size_${one}`)])} />
        <${Select} label=${t("preview.page")} value=${page} take=${setPage} options=${pages(state)} />
        <label class="tick"><input type="checkbox" name="sample" checked=${sample} onChange=${() => setSample(!sample)} /><span>${t("preview.sample")}</span></label>
      </div>
      <${Frame} key=${source} source=${source} size=${SIZES[size]} draft=${{ layout: draft, sample }} />
    </section>
  `;
}

/** @param {any} state @returns {[string, string][]} */
function pages(state) {
  const windows = Object.values(state.windows).map((/** @type {any} */ one) => /** @type {[string, string]} */ ([`window/${one.code}`, windowName(one)]));
  return [["board", t("preview.page_board")], ["window/zero", t("preview.page_zero")], ...windows];
}

/** @param {{label: string, value: string, take: (value: any) => void, options: [string, string][]}} props */
function Select({ label, value, take, options }) {
  return html`
    <select class="choice" aria-label=${label} onChange=${(/** @type {any} */ event) => take(event.target.value)}>
      ${options.map(([one, text]) => html`<option key=${one} value=${one} selected=${one === value}>${text}</option>`)}
    </select>
  `;
}

/** @param {{source: string, size: number[], draft: any}} props */
function Frame({ source, size: [width, height], draft }) {
  const frame = useRef(/** @type {any} */ (null));
  const room = useRef(/** @type {any} */ (null));
  const [share, fit] = useState(0.4);
  const latest = useRef(draft);
  latest.current = draft;
  const tell = () => frame.current && frame.current.contentWindow.postMessage({ draft: latest.current }, location.origin);
  useEffect(tell, [JSON.stringify(draft)]);
  useEffect(() => {
    const answer = (/** @type {MessageEvent} */ message) => {
      if (message.origin === location.origin && frame.current && message.source === frame.current.contentWindow && message.data.ready) tell();
    };
    const measure = () => room.current && fit(Math.min(room.current.clientWidth / width, room.current.clientHeight / height, 1));
    measure();
    window.addEventListener("message", answer);
    window.addEventListener("resize", measure);
    return () => {
      window.removeEventListener("message", answer);
      window.removeEventListener("resize", measure);
    };
  }, [width, height]);
  return html`
    <div class="room" ref=${room}>
      <div class="screen" style=${{ width: `${width * share}px`, height: `${height * share}px` }}>
        <iframe ref=${frame} src=${source} title=${t("preview.screen")} tabindex="-1"
          style=${{ width: `${width}px`, height: `${height}px`, transform: `scale(${share})` }}></iframe>
      </div>
    </div>
  `;
}
