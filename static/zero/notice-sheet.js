// @ts-check
import { hallDate, hallDay, hallTime, nameOf } from "../lib/format.js";
import { language, refusalText, t } from "../lib/i18n.js";
import { html, useEffect, useRef } from "../lib/ui.js";
import { NoticeSlip } from "./notice-slip.js";
import { legalTime } from "./service-card.js";
import { useReading } from "./use-reading.js";

/**
 * The one-time notice: everything that is missing, at once, on one sheet of A4. Printing that is the
 * browser's; the same on a ticket printer is a print job of its own.
 * @param {{hall: string, id: string, onClose: () => void}} props
 */
export function NoticeSheet({ hall, id, onClose }) {
  const { found, error, again } = useReading(hall, `/consultations/${id}/notice`);
  useEscape(onClose);
  return html`
    <main class="notice-page">
      <div class="notice-tools">
        <button type="button" class="button" onClick=${onClose}>${t("zero.notice_back")} <kbd>Esc</kbd></button>
        <div class="notice-prints">
          <${NoticeSlip} hall=${hall} id=${id} ready=${Boolean(found)} />
          <${PrintButton} ready=${Boolean(found)} />
        </div>
      </div>
      ${!found && error && html`<div class="notice bad" role="alert"><p>${refusalText({ error })}</p>
        <button type="button" class="button" onClick=${again}>${t("staff.try_again")}</button></div>`}
      ${!found && !error && html`<p role="status">${t("staff.loading")}</p>`}
      ${found && html`<${Sheet} notice=${found} base=${`/api/halls/${encodeURIComponent(hall)}/consultations/${id}`} />`}
    </main>`;
}

/** @param {() => void} onClose */
function useEscape(onClose) {
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const onKey = (/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") latest.current(); };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** Has the focus as soon as there is something to print: Enter prints. @param {{ready: boolean}} props */
function PrintButton({ ready }) {
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useEffect(() => { if (ready && button.current) button.current.focus(); }, [ready]);
  return html`<button type="button" ref=${button} class="button primary" disabled=${!ready} onClick=${() => window.print()}>${t("zero.print")} <kbd aria-hidden="true">Enter</kbd></button>`;
}

/** @param {{notice: any, base: string}} props */
function Sheet({ notice, base }) {
  const { hall, at, number, services } = notice;
  const zone = hall.timezone;
  const day = t("zero.notice_date", { year: hallDay(at, zone).slice(0, 4), date: hallDate(at, zone), time: hallTime(at, zone) });
  return html`
    <article class="a4" aria-labelledby="notice-title">
      <header>
        <p class="a4-hall">${nameOf(hall)}</p>
        <h2 id="notice-title">${t("zero.notice_heading")}</h2>
        <p class="a4-when"><span>${day}</span>${number && html`<span>${t("zero.notice_number")} <b class="number">${number}</b></span>`}</p>
      </header>
      <p>${t("zero.notice_intro")}</p>
      ${services.map((/** @type {any} */ service) => html`<${Service} key=${service.code} service=${service} base=${base} />`)}
      <footer><p>${t("zero.notice_foot")}</p></footer>
    </article>`;
}

/** @param {{service: any, base: string}} props */
function Service({ service, base }) {
  const lacking = service.papers.filter((/** @type {any} */ paper) => service.missing.includes(paper.code));
  const fee = language() === "en" && service.fee_en ? service.fee_en : service.fee;
  const rows = [["zero.fee", fee], ["zero.place", service.place], ["zero.time", legalTime(service.legal_days)]].filter(([, text]) => text);
  return html`
    <section class="a4-service" data-code=${service.code}>
      <div>
        <h3>${nameOf(service)} <small>${service.code}</small></h3>
        ${lacking.length === 0 && html`<p>${t("zero.notice_complete")}</p>`}
        ${lacking.length > 0 && html`<p class="a4-lacking">${t("zero.notice_lacking")}</p>`}
        <ul>
          ${lacking.map((/** @type {any} */ paper) => html`
            <li key=${paper.code} data-paper=${paper.code}><i class="box" aria-hidden="true"></i><b>${nameOf(paper)}</b>
              ${paper.copies > 0 && html` ${t("zero.copies_long", { n: paper.copies })}`}</li>`)}
        </ul>
        <dl>${rows.map(([label, text]) => html`<div key=${label}><dt>${t(label)}</dt><dd>${text}</dd></div>`)}</dl>
        ${service.guide_url && html`<p class="a4-url">${t("zero.guide")} <span>${service.guide_url}</span></p>`}
      </div>
      ${service.guide_url && html`<img class="a4-code" alt=${t("zero.guide_code", { name: nameOf(service) })}
        src=${`${base}/guide.svg?service=${encodeURIComponent(service.code)}`} />`}
    </section>`;
}
